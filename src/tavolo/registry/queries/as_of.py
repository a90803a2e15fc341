"""What was known of an organisation on a day, as it is known now or as it was known on an instant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.choices import NameKind
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.queries.today import NAMES_IN_ORDER, Today
from tavolo.registry.queries.together import Asked, together

P = TypeVar("P", Seat, Contact)

# What comes with a row of what stands beside it.
OF_AREA = ("id", "kind", "code", "name", "title", "short", "sort_key")
OF_UNIT = ("id", "uid", "code", "name", "sort_key")
OF_ORGANISATION = ("id", "uid", "code", "name", "sort_key", "kind", "merged_into_id")
TOWN = {
    "municipality": ("id", "istat_code", "name", "sort_key", "province_id"),
    "municipality__province": OF_AREA,
}
BOTH = {"organisation": OF_ORGANISATION, "successor": OF_ORGANISATION}


@dataclass(frozen=True)
class AsOf:
    """An organisation as of `on`. `names`: all that it bears or bore, with days; `other_names`: beside `name`.

    `exists`: it bore a name on that day; where it did not, `name` is the one in the register.
    `predecessors` and `successors` are all that had come in by then, with both organisations.
    """

    organisation: Organisation
    on: date
    known_at: datetime | None
    exists: bool
    name: str
    official_name: str
    short_name: str
    names: Sequence[OrganisationName]
    other_names: Sequence[OrganisationName]
    kind: str
    legal_form: str
    is_administration: bool | None
    standing_source: str
    seats: Sequence[Seat]
    identifiers: Sequence[Identifier]
    contacts: Sequence[Contact]
    units: Sequence[OrganisationUnit]
    served: Sequence[ServedTerritory]
    predecessors: Sequence[OrganisationSuccession]
    successors: Sequence[OrganisationSuccession]


def organisation_as_of(
    organisation: Organisation, *, on: date, known_at: datetime | None = None, actor: Actor
) -> AsOf:
    """What holds of an organisation on the day; one query.

    With `known_at`, what was held to be true on that instant: later corrections and changes are not
    in it. Units have one time only. Whoever may not edit it sees what is public of it alone.
    """
    read = _read(organisation, on, known_at)
    names, today = sorted(read.names, key=_latest_first), read.today(on)
    main, standing = today.main_name(), today.standing()
    bare = not names
    edits = rules.may_edit_organisation(actor, organisation.steward.uid)
    return AsOf(
        organisation=organisation,
        on=on,
        known_at=known_at,
        exists=bare or main is not None,
        name=main.name if main else organisation.name,
        official_name=_name(today, NameKind.OFFICIAL),
        short_name=_name(today, NameKind.SHORT),
        names=names,
        other_names=[name for name in names if main is None or name.uid != main.uid],
        kind=standing.kind if standing else organisation.kind,
        legal_form=standing.legal_form if standing else "",
        is_administration=standing.is_administration if standing else None,
        standing_source=standing.source if standing else "",
        seats=_seen(today.seats, all_of_them=edits),
        identifiers=today.identifiers,
        contacts=_seen(today.contacts, all_of_them=edits),
        units=[unit for unit in sorted(read.units, key=_in_order) if on in unit.period],
        served=sorted(read.served, key=_by_place),
        predecessors=sorted(read.predecessors, key=lambda row: _in_order(row.organisation)),
        successors=sorted(read.successors, key=lambda row: _in_order(row.successor)),
    )


def followed(organisation: Organisation) -> Organisation:
    """The organisation itself, or what it was merged into, to the end of the pointers."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def names_of(
    organisation: Organisation, *, known_at: datetime | None = None
) -> Iterable[OrganisationName]:
    """All its names with their days, the last to begin first; short ones and former ones too."""
    rows = OrganisationName.objects.known(known_at).filter(organisation=organisation)
    return sorted(rows, key=_latest_first)


def current_names(organisations: Iterable[Organisation], *, on: date) -> dict[int, str]:
    """By which name each of them goes on the day, by primary key; one query.

    Who bore none on that day goes by the name in the register.
    """
    found: dict[int, list[OrganisationName]] = {row.pk: [] for row in organisations}
    names = {row.pk: row.name for row in organisations}
    for name in OrganisationName.objects.on(on).filter(organisation__in=found):
        found[name.organisation_id].append(name)
    said = {pk: Today(names=rows).main_name() for pk, rows in found.items()}
    return {pk: main.name if main else names[pk] for pk, main in said.items()}


def units_of(organisation: Organisation, *, on: date) -> Iterable[OrganisationUnit]:
    """Its units on the day, in their order, each with what it is a part of."""
    rows = OrganisationUnit.objects.filter(organisation=organisation).select_related("parent")
    return [unit for unit in rows.order_by("sort_key", "id") if on in unit.period]


@dataclass(frozen=True)
class _Read:
    """The rows of all its tables; names of every time, units too."""

    names: list[OrganisationName]
    standings: list[Standing]
    seats: list[Seat]
    identifiers: list[Identifier]
    contacts: list[Contact]
    served: list[ServedTerritory]
    predecessors: list[OrganisationSuccession]
    successors: list[OrganisationSuccession]
    units: list[OrganisationUnit]

    def today(self, on: date) -> Today:
        held = [name for name in self.names if on in name.period]
        return Today(held, self.standings, self.seats, self.identifiers, self.contacts)


def _read(organisation: Organisation, on: date, known_at: datetime | None) -> _Read:
    """Everything that is known of one organisation, by one query."""

    def held(model: type[OrganisationFact], **of: Organisation) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.on(on, known_at=known_at)  # type: ignore[attr-defined]
        return rows.filter(**(of or {"organisation": organisation}))

    names = OrganisationName.objects.known(known_at).filter(organisation=organisation)
    units = OrganisationUnit.objects.filter(organisation=organisation)
    found = together(
        Asked(names),
        Asked(held(Standing)),
        Asked(held(Seat), TOWN),
        Asked(held(Identifier)),
        Asked(held(Contact), {"unit": OF_UNIT}),
        Asked(held(ServedTerritory), {**TOWN, "area": OF_AREA}),
        Asked(held(OrganisationSuccession, successor=organisation), BOTH),
        Asked(held(OrganisationSuccession), BOTH),
        Asked(units, {"parent": OF_UNIT}),
    )
    return _Read(*found)


def _name(today: Today, kind: NameKind) -> str:
    found = today.name(kind)
    return found.name if found else ""


def _seen(rows: Iterable[P], *, all_of_them: bool) -> list[P]:
    return [row for row in rows if all_of_them or row.public]


def _in_order(row: Organisation | OrganisationUnit) -> tuple[str, int]:
    return row.sort_key, row.pk


def _by_place(row: ServedTerritory) -> tuple[str, str, int]:
    """Municipalities, then areas, each in their order."""
    area, town = row.area, row.municipality
    return area.sort_key if area else "", town.sort_key if town else "", row.pk


def _latest_first(name: OrganisationName) -> tuple[int, int, int]:
    first = name.valid_from or date.min
    return -first.toordinal(), NAMES_IN_ORDER.index(NameKind(name.kind)), name.pk
