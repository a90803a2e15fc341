"""What an import of areas and memberships writes, and how it is taken back, row by row as it was.

Runs inside the transaction of the import engine, which has asked who may and keeps every state.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.search.actions import note_change
from tavolo.territory import rules
from tavolo.territory.actions.memberships import (
    lock_areas,
    lock_municipalities,
    refuse_clashes,
)
from tavolo.territory.facts import AreaCreated, AreaMembersChanged, AreaMembersCorrected
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit

State = Mapping[str, Any]
Key = tuple[str, str]
CHUNK = 500
AREA, MEMBER = "area:", "member:"


def write_memberships(changes: Sequence[Planned], context: Context) -> None:
    """Make the areas and write the memberships that were planned.

    One journal entry and one fact for each area. Refuses with NotAllowed, and with InTwoAreas what
    came about since it was planned.
    """
    _require(context)
    made = [change.after for change in changes if change.subject.startswith(AREA)]
    wanted = [change for change in changes if change.subject.startswith(MEMBER)]
    areas = _made(made) | _areas_of(change.after for change in wanted)
    rows = _Rows([change.after for change in wanted], areas)
    rows.lock()
    rows.create([change.after for change in wanted if change.before is None])
    rows.update([change.after for change in wanted if change.before is not None])
    rows.refuse_clashes()
    _tell(areas, wanted, context)


def restore_memberships(before: Mapping[str, State | None], context: Context) -> None:
    """Bring memberships back first, then take away the areas that were made."""
    _require(context)
    states = {subject: state for subject, state in before.items() if subject.startswith(MEMBER)}
    keys = [_member_key(subject) for subject in states]
    areas = _areas_of({"kind": kind, "area": code} for kind, code, *_rest in keys)
    kept = [state for state in states.values() if state is not None]
    gone = [_member_key(subject) for subject, state in states.items() if state is None]
    rows = _Rows([{"municipality": town, "unit": unit} for _k, _c, town, unit, _d in keys], areas)
    rows.lock()
    rows.delete(gone)
    known = rows.there(kept)
    rows.update([state for state in kept if _state_key(state) in known])
    rows.create([state for state in kept if _state_key(state) not in known])
    rows.refuse_clashes()
    for area in areas.values():
        _record("territory.area_members_restored", area, context, {})
        announce(AreaMembersCorrected(area=area.uid), network=context.network)
    _restore_areas({s: state for s, state in before.items() if s.startswith(AREA)}, context)


def _require(context: Context) -> None:
    network = context.network.uid if context.network else None
    if not rules.may_edit_districts(context.actor, network):
        raise NotAllowed


def _made(states: Sequence[State]) -> dict[Key, Area]:
    parents = Area.objects.in_bulk(
        [UUID(state["parent"]) for state in states if state["parent"]], field_name="uid"
    )
    rows = [
        Area(
            kind=state["kind"],
            code=state["code"],
            name=state["name"],
            title=state["title"],
            parent=parents[UUID(state["parent"])] if state["parent"] else None,
        )
        for state in states
    ]
    for row in rows:
        row.fold()
    Area.objects.bulk_create(rows)
    return {(row.kind, row.code): row for row in rows}


def _areas_of(states: Iterable[State]) -> dict[Key, Area]:
    keys = {(state["kind"], state["area"]) for state in states}
    rows = Area.objects.filter(
        kind__in={kind for kind, _code in keys}, code__in={code for _kind, code in keys}
    )
    return {(row.kind, row.code): row for row in rows if (row.kind, row.code) in keys}


class _Rows:
    """The memberships of some areas and municipalities, written by their states."""

    def __init__(self, states: Sequence[State], areas: Mapping[Key, Area]) -> None:
        towns = Municipality.objects.filter(uid__in={state["municipality"] for state in states})
        units = SubMunicipalUnit.objects.filter(
            uid__in={state["unit"] for state in states if state["unit"]}
        )
        self.areas = areas
        self.towns = {str(uid): pk for uid, pk in towns.values_list("uid", "pk")}
        self.units = {str(uid): pk for uid, pk in units.values_list("uid", "pk")}

    def lock(self) -> None:
        lock_areas([area.pk for area in self.areas.values()])
        lock_municipalities(list(self.towns.values()))

    def create(self, states: Sequence[State]) -> None:
        AreaMembership.objects.bulk_create(
            (
                AreaMembership(
                    area=self.areas[state["kind"], state["area"]],
                    municipality_id=self.towns[state["municipality"]],
                    unit_id=self.units[state["unit"]] if state["unit"] else None,
                    valid_from=_day(state["valid_from"]),
                    **_values(state),
                )
                for state in states
            ),
            batch_size=CHUNK,
        )

    def update(self, states: Sequence[State]) -> None:
        wanted = {_state_key(state): state for state in states}
        rows = [(row, wanted[key]) for key, row in self._by_key(wanted)]
        for row, state in rows:
            for name, value in _values(state).items():
                setattr(row, name, value)
        AreaMembership.objects.bulk_update(
            [row for row, _state in rows],
            ["valid_until", "source", "demonstration"],
            batch_size=CHUNK,
        )

    def delete(self, keys: Collection[tuple[Any, ...]]) -> None:
        gone = [row.pk for _key, row in self._by_key(set(keys))]
        for start in range(0, len(gone), CHUNK):
            AreaMembership.objects.filter(pk__in=gone[start : start + CHUNK]).delete()

    def there(self, states: Sequence[State]) -> set[tuple[Any, ...]]:
        return {key for key, _row in self._by_key({_state_key(state) for state in states})}

    def _by_key(
        self, wanted: Collection[tuple[Any, ...]]
    ) -> Iterable[tuple[tuple[Any, ...], AreaMembership]]:
        if not wanted:
            return
        rows = AreaMembership.objects.filter(area__in=self.areas.values())
        for row in rows.select_related("area", "municipality", "unit"):
            unit = str(row.unit.uid) if row.unit else None
            town, begins = str(row.municipality.uid), _said(row.valid_from)
            key = (row.area.kind, row.area.code, town, unit, begins)
            if key in wanted:
                yield key, row

    def refuse_clashes(self) -> None:
        mine = [area.pk for area in self.areas.values()]
        for kind in sorted({kind for kind, _code in self.areas}):
            refuse_clashes(kind, list(self.towns.values()), mine=mine)


def _restore_areas(before: Mapping[str, State | None], context: Context) -> None:
    """Areas that were made go; who has members, changes or areas within it since is protected."""
    gone = Q(pk__in=[])
    for subject, state in before.items():
        _area, kind, code = subject.split(":")
        if state is None:
            gone |= Q(kind=kind, code=code)
        else:
            _as_it_was(kind, code, state)
    for area in Area.objects.filter(gone).order_by("pk"):
        _record("territory.area_taken_back", area, context, {"code": area.code})
        note_change(area)
    Area.objects.filter(gone).delete()


def _as_it_was(kind: str, code: str, state: State) -> None:
    known = {
        str(row.uid): row
        for row in Area.objects.filter(
            uid__in=[uid for uid in (state["parent"], state["successor"]) if uid]
        )
    }
    row = Area.objects.get(kind=kind, code=code)
    for name in ("name", "title", "short", "longitude", "latitude", "boundary_year", "version"):
        setattr(row, name, state[name])
    row.parent, row.successor = known.get(state["parent"]), known.get(state["successor"])
    row.save()
    note_change(row)


def _tell(areas: Mapping[Key, Area], wanted: Sequence[Planned], context: Context) -> None:
    days: dict[Key, set[str]] = defaultdict(set)
    for change in wanted:
        days[change.after["kind"], change.after["area"]].update(_changed_on(change))
    for key, area in areas.items():
        if key not in days:
            announce(AreaCreated(area=area.uid, kind=area.kind), network=context.network)
            note_change(area)
        first = _day(min(days[key], default="") or None)
        _record("territory.area_members_imported", area, context, {"from": first})
        announce(AreaMembersChanged(area=area.uid, day=first), network=context.network)


def _changed_on(change: Planned) -> Iterable[str]:
    if change.before is None:
        yield change.after["valid_from"] or ""
    elif change.before["valid_until"] != change.after["valid_until"]:
        yield min(change.before["valid_until"] or "9", change.after["valid_until"] or "9")


def _record(action: str, area: Area, context: Context, values: Mapping[str, Any]) -> None:
    record(action=action, actor=context.actor, subject=area, network=context.network, values=values)


def _values(state: State) -> dict[str, Any]:
    return {
        "valid_until": _day(state["valid_until"]),
        "source": state["source"],
        "demonstration": state["demonstration"],
    }


def _state_key(state: State) -> tuple[Any, ...]:
    return tuple(state[name] for name in ("kind", "area", "municipality", "unit", "valid_from"))


def _member_key(subject: str) -> tuple[Any, ...]:
    _member, kind, code, town, unit, begins = subject.split(":")
    return kind, code, town, unit or None, begins or None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
