"""What an import of units writes, and how it is taken back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record_all
from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce_all
from tavolo.registry import rules
from tavolo.registry.facts import OrganisationEdited
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.registry.queries.imported import State, among
from tavolo.registry.queries.imported_units import UNIT
from tavolo.search.actions import note_changes
from tavolo.territory.models import Municipality

CHUNK = 500
WRITTEN = (
    *("kind", "municipality", "began", "valid_from", "source", "version"),
    *("sort_key", "search_key"),
)


def write_units(changes: Sequence[Planned], context: Context) -> None:
    """Enter and change units; a journal entry for each, a fact and notes for the index. Refuses with NotAllowed."""
    _require(context)
    new = [change.after for change in changes if change.before is None]
    changed = {c.after["code"]: c.after for c in changes if c.before is not None}
    codes = {state["organisation"] for state in new}
    organisations = {row.code: row for row in among(Organisation.objects.all(), "code", codes)}
    towns = _towns([*new, *changed.values()])
    made = [_filled(_made(state, organisations), state, towns) for state in new]
    OrganisationUnit.objects.bulk_create(made, batch_size=CHUNK)
    rows = _rows(changed)
    for row in rows:
        _filled(row, changed[row.code], towns).version += 1
    OrganisationUnit.objects.bulk_update(rows, WRITTEN, batch_size=CHUNK)
    _tell("registry.unit_added", made, context)
    _tell("registry.unit_edited", rows, context)


def restore_units(before: Mapping[str, State | None], context: Context) -> None:
    """Bring units back to what they were; what speaks of one that was made protects it."""
    _require(context)
    codes = {subject.removeprefix(UNIT): state for subject, state in before.items()}
    rows = _rows(codes)
    kept = [(row, state) for row in rows if (state := codes[row.code]) is not None]
    towns = _towns([state for _row, state in kept])
    for row, state in kept:
        _filled(row, state, towns).version = state["version"]
    OrganisationUnit.objects.bulk_update([row for row, _s in kept], WRITTEN, batch_size=CHUNK)
    gone = [row for row in rows if codes[row.code] is None]
    _tell("registry.unit_restored", [row for row, _state in kept], context)
    _tell("registry.unit_taken_back", gone, context)
    OrganisationUnit.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _require(context: Context) -> None:
    network = context.network
    if network is None or not rules.may_edit_organisation(context.actor, network.uid):
        raise NotAllowed


def _rows(codes: Collection[str]) -> list[OrganisationUnit]:
    if not codes:
        return []
    rows = among(OrganisationUnit.objects.select_related("organisation"), "code", codes)
    return [row for row in rows if row.code in codes]


def _made(state: State, organisations: Mapping[str, Organisation]) -> OrganisationUnit:
    return OrganisationUnit(
        organisation=organisations[state["organisation"]],
        code=state["code"],
        name=state["name"],
        created_at=clock.now(),
    )


def _filled(
    row: OrganisationUnit, state: State, towns: Mapping[str, Municipality]
) -> OrganisationUnit:
    row.kind, row.source = state["kind"], state["source"]
    row.municipality = towns.get(state["municipality"])
    row.began = PartialDate.parse(state["began"]) if state["began"] else None
    row.valid_from = date.fromisoformat(state["valid_from"]) if state["valid_from"] else None
    row.fold()
    return row


def _towns(states: Iterable[State]) -> dict[str, Municipality]:
    uids = {state["municipality"] for state in states} - {None}
    return {str(town.uid): town for town in Municipality.objects.filter(uid__in=uids)}


def _tell(action: str, rows: Sequence[OrganisationUnit], context: Context) -> None:
    told: list[tuple[OrganisationUnit, Mapping[str, Any]]] = [
        (row, {"organisation": str(row.organisation.uid), "name": row.name, "kind": row.kind})
        for row in rows
    ]
    record_all(action=action, actor=context.actor, network=context.network, told=told)
    touched = {row.organisation_id: row.organisation for row in rows}
    facts = (OrganisationEdited(row.uid) for row in touched.values())
    announce_all(facts, network=context.network)
    note_changes([*rows, *touched.values()])
