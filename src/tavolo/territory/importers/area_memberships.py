"""Who belongs to which district, as a spreadsheet: a row for each municipality and time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import (
    CellFault,
    Context,
    Field,
    Given,
    Plan,
    Planned,
    State,
    import_kinds,
)
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import load_folder
from tavolo.kernel.text import search_key
from tavolo.territory import rules
from tavolo.territory.actions.imported import restore_memberships, write_memberships
from tavolo.territory.importing.columns import LAST_DAY, MUNICIPALITY, SOURCE, VALID_FROM
from tavolo.territory.importing.memberships import Memberships
from tavolo.territory.importing.towns import day_before, day_of
from tavolo.territory.models import Area, AreaMembership
from tavolo.territory.plugs import area_kinds, districts
from tavolo.territory.queries.editing import territory_ever
from tavolo.territory.queries.imported import area_states, membership_states

MOST_PAGES = 10

# The columns name the kinds, and plugs of districts are looked for after those of imports.
load_folder("tavolo.territory.districts")


class KindOfDistrict:
    """The key of a kind of district, by its key, its word in addresses or what it is called."""

    def __call__(self, said: str) -> str:
        for kind in districts():
            if search_key(said) in self._names(kind.key):
                return kind.key
        words = ", ".join(kind.slug for kind in districts())
        raise CellFault(gettext_noop("“%(said)s” is none of: %(words)s."), said=said, words=words)

    def written(self, value: Any) -> str:
        return area_kinds.get(str(value)).slug

    @staticmethod
    def _names(key: str) -> set[str]:
        kind = area_kinds.get(key)
        said = [kind.key, kind.slug]
        for language in {get_language() or "it", "it", "en"}:
            with override(language):
                said += [str(kind.label), str(kind.plural)]
        return {search_key(one) for one in said}


def kind_field(explained: Sentence = "") -> Field:
    return Field(
        "kind",
        _("Kind of area"),
        KindOfDistrict(),
        aliases=("tipo", "tipo di area"),
        example="distretto-socio-sanitario",
        help=explained,
        choices=tuple((kind.slug, kind.label) for kind in districts()),
    )


COLUMNS: Sequence[Field] = (
    Field(
        "area_code",
        _("Code of the area"),
        values.text(40),
        aliases=("codice", "codice distretto", "codice ambito"),
        example="pianura-est",
        help=_("As it stands in the address of its page. Without it the name decides."),
    ),
    Field(
        "area_name",
        _("Name of the area"),
        values.text(),
        aliases=("area", "distretto", "ambito", "zona", "unione"),
        example="Pianura Est",
    ),
    *MUNICIPALITY,
    Field(
        "unit",
        _("Code of the part of the municipality"),
        values.text(20),
        aliases=("municipio", "quartiere"),
        help=_("Only where an area holds a part of a municipality and not the whole."),
    ),
    VALID_FROM,
    LAST_DAY,
    SOURCE,
    Field(
        "demonstration",
        _("Demonstration"),
        values.yes_no,
        help=_("Yes, where the assignment comes from no official file."),
    ),
)


class AreaMemberships:
    """Rows tell areas by code or name and municipalities likewise; what is not there yet is made.

    From its first day on a municipality is taken out of the other area of a kind that partitions.
    """

    key = "area_memberships"
    slug = "distretti"
    label: Sentence = _("Districts and their municipalities")
    help: Sentence = _(
        "A row for each municipality: the area, the municipality, from which day. A municipality that"
        " lies in another area of the same kind leaves it on that day."
    )

    fields: Sequence[Field] = (*COLUMNS, kind_field())
    options: Sequence[Field] = (
        kind_field(_("For all rows that do not say it themselves.")),
        Field(
            "valid_from",
            _("From"),
            values.day,
            help=_("For all rows without a day of their own. Empty: since ever."),
        ),
    )

    def may(self, actor: Actor, network: Network | None) -> bool:
        return rules.may_edit_districts(actor, network.uid if network else None)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        return Memberships(rows, context).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_memberships(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:  # noqa: ARG002  the contract's
        return area_states(subjects) | membership_states(subjects)

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_memberships(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        if "area" not in state:
            return {"area_code": state["code"], "area_name": state["name"], "kind": state["kind"]}
        ends = day_of(state["valid_until"])
        return {
            "valid_from": state["valid_from"],
            "last_day": ends and day_before(ends).isoformat(),
            "source": state["source"],
            "demonstration": state["demonstration"],
        }

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """Every membership at every time, of one kind where an option says so; a network's own."""
        kind = context.options.get("kind")
        kinds = [kind] if kind else [one.key for one in districts()]
        rows = AreaMembership.objects.filter(area__kind__in=kinds)
        if context.network is not None:
            rows = rows.filter(municipality__in=territory_ever(context.network))
        related = rows.select_related("area", "municipality", "unit")
        for row in related.order_by(
            "area__kind", "area__sort_key", "area_id", "municipality__sort_key", "id"
        ).iterator(chunk_size=500):
            yield {
                "area_code": row.area.code,
                "area_name": row.area.name,
                "istat_code": row.municipality.istat_code,
                "municipality": row.municipality.name,
                "unit": row.unit.code if row.unit else None,
                "valid_from": row.valid_from and row.valid_from.isoformat(),
                "last_day": row.valid_until and day_before(row.valid_until).isoformat(),
                "source": row.source or None,
                "kind": row.area.kind,
                "demonstration": row.demonstration,
            }

    def pages(
        self,
        subjects: Collection[str],
        context: Context,  # noqa: ARG002  the contract's
    ) -> Sequence[tuple[Sentence, str]]:
        """The areas that the subjects are, or whose members they are."""
        keys = {tuple(subject.split(":")[1:3]) for subject in subjects}
        wanted = Q(pk__in=[])
        for kind, code in keys:
            wanted |= Q(kind=kind, code=code)
        found = Area.objects.filter(wanted).order_by("kind", "sort_key", "id")[:MOST_PAGES]
        return [
            (
                area.title,
                reverse("territory:area", args=[area_kinds.get(area.kind).slug, area.code]),
            )
            for area in found
        ]


import_kinds.add(AreaMemberships())
