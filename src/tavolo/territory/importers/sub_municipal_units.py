"""Municipi, quartieri and other parts of municipalities, as a spreadsheet."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports import values
from tavolo.imports.plugs import Context, Fault, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.actions.imported_tables import restore_units, write_units
from tavolo.territory.importing.columns import LAST_DAY, MUNICIPALITY, SOURCE, VALID_FROM
from tavolo.territory.importing.towns import (
    Towns,
    Wrong,
    day_before,
    day_of,
    period_of,
    within_life,
)
from tavolo.territory.models import Municipality, SubMunicipalUnit
from tavolo.territory.queries.editing import territory_ever
from tavolo.territory.queries.imported import unit_state, unit_states, unit_subject

OTHERWISE_THEN = gettext_noop(
    "%(name)s already has a part with the code %(code)s in that time, from another day on."
)


@dataclass(frozen=True)
class Wanted:
    """What a row says of a part of `town`."""

    row: Given
    town: Municipality
    period: Period


class SubMunicipalUnits:
    """A part is told apart by its municipality, its code and the day on which it begins."""

    key = "sub_municipal_units"
    slug = "parti-di-comuni"
    label: Sentence = _("Parts of municipalities")
    help: Sentence = _(
        "A row for each municipio, quartiere or other part that has a name of its own."
    )
    fields: Sequence[Field] = (
        *MUNICIPALITY,
        Field(
            "code",
            _("Code of the part"),
            values.text(20),
            required=True,
            aliases=("codice",),
            example="1",
        ),
        Field(
            "name",
            _("Name of the part"),
            values.text(),
            required=True,
            aliases=("nome", "denominazione della parte"),
            example="Municipio 1",
        ),
        Field(
            "term",
            _("What it is called"),
            values.text(60),
            aliases=("tipo", "termine"),
            example="Municipio",
            help=_("Municipio, quartiere, circoscrizione: as the municipality says."),
        ),
        VALID_FROM,
        LAST_DAY,
        SOURCE,
    )
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return rules.may_edit_districts(actor, network.uid if network else None)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        towns = Towns(rows, context.network, context.actor)
        faults: list[tuple[int, Fault]] = []
        wanted: list[Wanted] = []
        for row in rows:
            try:
                said = period_of(row)
                town = towns.find(row, said, context.on)
                wanted.append(Wanted(row, town, within_life(town, said)))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        there = _there(wanted)
        changes = []
        for one in wanted:
            try:
                changes.append(_planned(one, there))
            except Wrong as wrong:
                faults.append((one.row.number, wrong.fault))
        return Plan(changes, faults)

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_units(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:  # noqa: ARG002  the contract's
        return unit_states(subjects)

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_units(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        ends = day_of(state["valid_until"])
        return {
            "name": state["name"],
            "term": state["term"],
            "valid_from": state["valid_from"],
            "last_day": ends and day_before(ends).isoformat(),
            "source": state["source"],
        }

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        rows = SubMunicipalUnit.objects.select_related("municipality")
        if context.network is not None:
            rows = rows.filter(municipality__in=territory_ever(context.network))
        for row in rows.order_by("municipality__sort_key", "municipality_id", "sort_key", "id"):
            yield {
                "istat_code": row.municipality.istat_code,
                "municipality": row.municipality.name,
                "code": row.code,
                **self.told(unit_state(row)),
            }


def _there(wanted: Sequence[Wanted]) -> dict[tuple[int, str], list[SubMunicipalUnit]]:
    """What those municipalities have of parts, by municipality and code; one query."""
    found: dict[tuple[int, str], list[SubMunicipalUnit]] = defaultdict(list)
    rows = SubMunicipalUnit.objects.filter(municipality__in={one.town.pk for one in wanted})
    for row in rows.select_related("municipality"):
        found[row.municipality_id, row.code].append(row)
    return found


def _planned(one: Wanted, there: Mapping[tuple[int, str], Sequence[SubMunicipalUnit]]) -> Planned:
    said, code = one.row.values, one.row.values["code"]
    label = f"{said['name']} ({one.town.name})"
    known = [row for row in there.get((one.town.pk, code), ()) if row.period.overlaps(one.period)]
    if not known:
        row = SubMunicipalUnit(
            municipality=one.town,
            code=code,
            name=said["name"],
            term=said.get("term") or "",
            valid_from=one.period.valid_from,
            valid_until=one.period.valid_until,
            source=said.get("source") or "",
        )
        made = {key: value for key, value in unit_state(row).items() if key != "uid"}
        return Planned(
            one.row.number, unit_subject(one.town.uid, code, row.valid_from), label, None, made
        )
    begins = one.period.valid_from
    if len(known) > 1 or (said.get("valid_from") and known[0].valid_from != begins):
        raise Wrong(OTHERWISE_THEN, "valid_from", name=one.town.name, code=code)
    before = unit_state(known[0])
    after = {**before, **{name: said[name] for name in ("name", "term", "source") if said[name]}}
    if said.get("last_day") and one.period.valid_until:
        after["valid_until"] = one.period.valid_until.isoformat()
    subject = unit_subject(one.town.uid, code, known[0].valid_from)
    return Planned(one.row.number, subject, label, before, after)


import_kinds.add(SubMunicipalUnits())
