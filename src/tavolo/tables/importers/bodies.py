"""Bodies of ten years as a spreadsheet, with the regulation that an act adopted."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports.plugs import Context, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.tables import rules
from tavolo.tables.actions.imported_bodies import restore_bodies, write_bodies
from tavolo.tables.importing.bodies import BodyRows
from tavolo.tables.importing.columns import OF_BODIES
from tavolo.tables.models import Body, BodyName, BodyRegulation, BodyTerritory
from tavolo.tables.queries.imported import body_states, regulation_states


class BodyList:
    """What is there is left as it is; its regulation is adopted where it has none."""

    key = "bodies"
    slug = "tavoli"
    label: Sentence = _("Tables and groups")
    help: Sentence = _(
        "A row for each table, coordination, group or commission, those that ended too. Import these"
        " first, then who has a seat there, then whom they send."
    )
    fields: Sequence[Field] = OF_BODIES
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is not None and rules.may_run_bodies(actor, network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        return BodyRows(rows, context).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_bodies(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        return {
            **body_states(subjects, context.network),
            **regulation_states(subjects, context.network),
        }

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_bodies(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        if "told" in state:
            said = state["told"]
            if "preset" in said:
                said = {
                    "regulation": said["preset"],
                    "regulation_since": said["since"],
                    "regulation_act": said["act"],
                }
            return {key: said[key] or None for key in _keys() & set(said)}
        if "body" in state:
            return {key: state["body"][key] or None for key in _keys() & set(state["body"])}
        last = state["rows"][-1]
        return {"regulation": last["preset"] or None, "regulation_act": last["act"]}

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """The bodies of the network with names, place and regulation, those that ended too."""
        ours: dict[str, Any] = {"body__network": context.network}
        official = _first(BodyName.objects.known().filter(kind="official", **ours))
        places = _first(BodyTerritory.objects.known().filter(municipality__isnull=False, **ours))
        regulations = _first(BodyRegulation.objects.known().exclude(preset="").filter(**ours))
        rows = Body.objects.filter(network=context.network).select_related("parent", "promoter")
        for row in rows.order_by("parent__sort_key", "number", "sort_key", "pk"):
            name, rule = official.get(row.pk), regulations.get(row.pk)
            town = places[row.pk].municipality if row.pk in places else None
            yield {
                **{key: getattr(row, key) or None for key in _PLAIN},
                **{key: str(getattr(row, key) or "") or None for key in _DATES},
                "official_name": name.name if name and name.name != row.name else None,
                "parent": row.parent.code if row.parent else None,
                "promoter": row.promoter.code if row.promoter else None,
                "istat_code": town.istat_code if town else None,
                "municipality": town.name if town else None,
                "regulation": rule.preset if rule else None,
                "regulation_since": str(rule.valid_from) if rule else None,
                "regulation_act": rule.act if rule else None,
            }


_PLAIN = (
    *("code", "name", "kind", "number", "level", "theme", "on_impulse_of"),
    *("founding_kind", "founding_act", "end_act", "source"),
)
_DATES = ("established", "started", "ended")


def _keys() -> set[str]:
    """What a body says of itself in a column; the others are rows beside it."""
    rules_of = {"regulation", "regulation_since", "regulation_act"}
    return {field.key for field in OF_BODIES} - {"municipality", "parent", "promoter"} | rules_of


def _first(rows: Any) -> dict[int, Any]:
    """One a body: what began last."""
    return {row.body_id: row for row in rows.order_by("valid_from", "pk")}


import_kinds.add(BodyList())
