"""Parts of organisations without legal personality, as a spreadsheet."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Context, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.actions.imported_units import restore_units, write_units
from tavolo.registry.choices import UnitKind
from tavolo.registry.importing.columns import MUNICIPALITY, SOURCE
from tavolo.registry.importing.persons import ORGANISATION, ORGANISATION_TAX_CODE
from tavolo.registry.importing.units import Units
from tavolo.registry.importing.words import WordOf, choices_of
from tavolo.registry.models import OrganisationUnit
from tavolo.registry.queries.imported_units import unit_states

KIND = Field(
    "kind",
    _("Kind"),
    WordOf(
        UnitKind,
        (
            ("comitato", UnitKind.ORGAN),
            ("settore", UnitKind.OFFICE),
            ("polizia locale", UnitKind.CORPS),
            ("centro", UnitKind.SERVICE),
            ("sede", UnitKind.BRANCH),
        ),
    ),
    aliases=("tipo",),
    choices=choices_of(UnitKind),
)


class UnitList:
    """A unit is told apart by its organisation and its name."""

    key = "units"
    slug = "unita"
    label: Sentence = _("Units of organisations")
    help: Sentence = _(
        "A row for each organ, office, corps, service or local branch that has no legal personality"
        " of its own: the local police of a municipality, the centre of a foundation."
    )
    fields: Sequence[Field] = (
        ORGANISATION,
        ORGANISATION_TAX_CODE,
        Field(
            "name",
            _("Name of the unit"),
            values.text(),
            required=True,
            aliases=("nome", "unita", "ufficio", "denominazione unita"),
            example="Polizia Locale",
        ),
        KIND,
        *MUNICIPALITY,
        Field("since", _("Since"), values.day_known_in_part, aliases=("dal", "inizio")),
        SOURCE,
    )
    options: Sequence[Field] = (
        Field(
            "kind",
            KIND.label,
            KIND.read,
            help=_("For all rows that do not say it."),
            choices=KIND.choices,
        ),
    )

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is not None and rules.may_edit_organisation(actor, network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        return Units(rows, context).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_units(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:  # noqa: ARG002  the contract's
        return unit_states(subjects)

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_units(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        return {
            "name": state["name"],
            "kind": state["kind"],
            "municipality": state["place"],
            "since": state["began"],
            "source": state["source"],
        }

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """The units that are there on the day, of the organisations that the network keeps."""
        rows = OrganisationUnit.objects.filter(
            organisation__steward=context.network, valid_until__isnull=True
        )
        related = rows.select_related("organisation", "municipality")
        for row in related.order_by("organisation__sort_key", "sort_key", "pk"):
            yield {
                "organisation": row.organisation.code,
                "name": row.name,
                "kind": row.kind,
                "istat_code": row.municipality.istat_code if row.municipality else None,
                "municipality": row.municipality.name if row.municipality else None,
                "since": str(row.began) if row.began else None,
                "source": row.source or None,
            }


import_kinds.add(UnitList())
