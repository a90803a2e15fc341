"""What nobody holds any more: since when, and whom to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.kernel.text import sort_key
from tavolo.registry.choices import DelegationTheme, OfficeTitle, OrganisationKind
from tavolo.registry.models import (
    Delegation,
    DiscontinuedOffice,
    OfficeHolding,
    Organisation,
    OrganisationUnit,
    Participation,
)
from tavolo.registry.queries.asking import Ask, whom_to_ask
from tavolo.registry.queries.merged import bearers, known_as
from tavolo.registry.titles import matter_words, open_office_words

EXPECTED = DelegationTheme.EQUAL_OPPORTUNITIES


@dataclass(frozen=True)
class Thing:
    """An office or a delegated matter of an organisation, or of a unit of it."""

    organisation: int
    unit: int | None
    title: str = ""
    theme: str = ""
    # What tells one office or matter outside the vocabulary from another.
    told: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:
        if self.theme:
            return matter_words(self.theme, self.told[0])
        return open_office_words(self.title, *self.told)


@dataclass(frozen=True)
class Vacant:
    """An office (`title`) or a matter (`theme`) that nobody holds, in words.

    `since` is the first day without anybody, `ended` how the end was stated; where nobody was ever
    named (`never`) both are None.
    """

    organisation: Organisation
    thing: Thing
    words: str
    ask: Ask
    unit: OrganisationUnit | None = None
    since: date | None = None
    ended: PartialDate | None = None

    @property
    def never(self) -> bool:
        """Whether nobody was ever named."""
        return self.since is None

    @property
    def title(self) -> str:
        return self.thing.title

    @property
    def theme(self) -> str:
        return self.thing.theme


@dataclass
class _Held:
    """All the times that a thing was held."""

    rows: list[OfficeHolding | Delegation] = field(default_factory=list)

    def last(self) -> OfficeHolding | Delegation:
        return max(self.rows, key=lambda row: row.valid_until or date.max)


def vacancies(
    network: Network,
    *,
    on: date,
    known_at: datetime | None = None,
    actor: Actor = ANONYMOUS,
) -> list[Vacant]:
    """What those who take part in a network on a day have nobody for, by organisation, the longest first.

    Offices and delegations that were held and are held no more, unless they are discontinued; of
    municipalities also the delegation to equal opportunities where nobody ever had it. Offices of
    units that are no more are not asked for. Whom to ask is told as far as the actor may see it.
    The same number of queries for one organisation and for 5,000.
    """
    rows = Participation.objects.on(on).filter(network=network).select_related("organisation")
    organisations = {row.organisation_id: row.organisation for row in rows}
    return _vacancies(organisations, network, on, known_at, actor)


def vacancies_of(
    organisation: Organisation,
    *,
    on: date,
    known_at: datetime | None = None,
    actor: Actor = ANONYMOUS,
) -> list[Vacant]:
    """The same of one organisation, wherever it takes part; its steward's secretariat is asked last."""
    asked = {organisation.pk: organisation}
    return _vacancies(asked, organisation.steward, on, known_at, actor)


def not_to_be_filled(organisation: Organisation) -> list[DiscontinuedOffice]:
    """What of an organisation is not to be filled, as it is known now; the last to be given up first."""
    known = DiscontinuedOffice.objects.filter(organisation=organisation).known()
    return list(known.select_related("organisation__steward").order_by("-valid_from", "id"))


def _vacancies(
    organisations: dict[int, Organisation],
    network: Network,
    on: date,
    known_at: datetime | None,
    actor: Actor,
) -> list[Vacant]:
    known = known_as(organisations.values(), known_at=known_at)
    things = _things(known, on, known_at)
    never = _never_named(organisations.values(), things)
    open_ones = _open(things, known, on, known_at)
    lacking = {thing.organisation for thing in [*open_ones, *never]}
    ask = whom_to_ask([organisations[pk] for pk in lacking], network, on, known_at, actor)
    found = [
        *(_vacant(organisations, thing, ask, last) for thing, last in open_ones.items()),
        *(_vacant(organisations, thing, ask, None) for thing in never),
    ]
    return sorted(found, key=_place)


def vacant_among(
    organisation: Organisation,
    held: Iterable[OfficeHolding | Delegation],
    discontinued: Iterable[DiscontinuedOffice],
    *,
    ask: Ask,
    known: Mapping[int, frozenset[int]],
    on: date,
) -> list[Vacant]:
    """What one organisation has nobody for on a day, from rows that were read already (see `vacancies`)."""
    asked_by = bearers(known)
    things = _things_among(held, asked_by, on)
    given_up = _given_up(sorted(discontinued, key=_since), asked_by)
    open_ones = _open_among(things, given_up, on)
    mine, whom = {organisation.pk: organisation}, {organisation.pk: ask}
    found = [
        *(_vacant(mine, thing, whom, last) for thing, last in open_ones.items()),
        *(_vacant(mine, thing, whom, None) for thing in _never_named([organisation], things)),
    ]
    return sorted(found, key=_place)


def _since(row: DiscontinuedOffice) -> tuple[date, int]:
    return row.valid_from or date.min, row.pk


def _things(
    known: Mapping[int, frozenset[int]], on: date, known_at: datetime | None
) -> dict[Thing, _Held]:
    """Everything that had been held by that day, by what it is."""
    asked_by = bearers(known)
    here = {row for rows in known.values() for row in rows}
    offices = OfficeHolding.objects.known(known_at).filter(organisation__in=here)
    delegations = Delegation.objects.known(known_at).filter(organisation__in=here)
    rows: list[OfficeHolding | Delegation] = [*offices.select_related("unit")]
    rows += delegations.select_related("unit")
    return _things_among(rows, asked_by, on)


def _things_among(
    rows: Iterable[OfficeHolding | Delegation], asked_by: Mapping[int, list[int]], on: date
) -> dict[Thing, _Held]:
    found: dict[Thing, _Held] = {}
    for row in rows:
        if row.valid_from is not None and row.valid_from > on:
            continue
        if row.unit is not None and on not in Period(row.unit.valid_from, row.unit.valid_until):
            continue
        for asked in asked_by[row.organisation_id]:
            found.setdefault(_thing(row, asked), _Held()).rows.append(row)
    return found


def _thing(row: OfficeHolding | Delegation, organisation: int) -> Thing:
    if isinstance(row, Delegation):
        told = (row.words, "") if row.theme == DelegationTheme.OTHER else ("", "")
        return Thing(organisation, row.unit_id, theme=row.theme, told=told)
    told = (row.title_feminine, row.title_masculine)
    return Thing(
        *(organisation, row.unit_id, row.title, ""),
        told=told if row.title == OfficeTitle.OTHER else ("", ""),
    )


def _open(
    things: Mapping[Thing, _Held],
    known: Mapping[int, frozenset[int]],
    on: date,
    known_at: datetime | None,
) -> dict[Thing, OfficeHolding | Delegation]:
    """Those that nobody holds on the day, with who held them last; not what was discontinued since."""
    given_up = _discontinued(known, on, known_at)
    return _open_among(things, given_up, on)


def _open_among(
    things: Mapping[Thing, _Held], given_up: Mapping[tuple[int, str, str], date], on: date
) -> dict[Thing, OfficeHolding | Delegation]:
    ended = {
        thing: held.last()
        for thing, held in things.items()
        if not any(on in row.period for row in held.rows)
    }
    return {thing: last for thing, last in ended.items() if not _is_given_up(thing, last, given_up)}


def _discontinued(
    known: Mapping[int, frozenset[int]], on: date, known_at: datetime | None
) -> dict[tuple[int, str, str], date]:
    """By organisation, office and matter, since when it is not to be filled."""
    here = {row for rows in known.values() for row in rows}
    rows = DiscontinuedOffice.objects.on(on, known_at=known_at).filter(organisation__in=here)
    return _given_up(rows.order_by("valid_from", "id"), bearers(known))


def _given_up(
    rows: Iterable[DiscontinuedOffice], asked_by: Mapping[int, list[int]]
) -> dict[tuple[int, str, str], date]:
    return {
        (asked, row.title, row.theme): row.valid_from or date.min
        for row in rows
        for asked in asked_by[row.organisation_id]
    }


def _is_given_up(
    thing: Thing,
    last: OfficeHolding | Delegation,
    given_up: Mapping[tuple[int, str, str], date],
) -> bool:
    # Who held it again after it was given up took it up again.
    since = given_up.get((thing.organisation, thing.title, thing.theme))
    return since is not None and (
        last.valid_until is None or last.valid_from is None or last.valid_from <= since
    )


def _never_named(
    organisations: Iterable[Organisation], things: Mapping[Thing, _Held]
) -> list[Thing]:
    named = {thing.organisation for thing in things if thing.theme == EXPECTED}
    return [
        Thing(one.pk, None, theme=EXPECTED)
        for one in organisations
        if one.kind == OrganisationKind.MUNICIPALITY and one.pk not in named
    ]


def _vacant(
    organisations: Mapping[int, Organisation],
    thing: Thing,
    ask: Mapping[int, Ask],
    last: OfficeHolding | Delegation | None,
) -> Vacant:
    return Vacant(
        organisation=organisations[thing.organisation],
        thing=thing,
        words=thing.words,
        ask=ask[thing.organisation],
        unit=last.unit if last else None,
        since=last.valid_until if last else None,
        ended=last.ended if last else None,
    )


def _place(one: Vacant) -> tuple[str, int, bool, date, str]:
    organisation = one.organisation
    return (
        organisation.sort_key,
        organisation.pk,
        one.never,
        one.since or date.max,
        sort_key(one.words),
    )
