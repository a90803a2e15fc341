"""What rows of delegates would make: nothing that is there is changed by them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Fault, Given, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.registry.importing.words import Wrong
from tavolo.registry.queries.imported_persons import persons_of
from tavolo.registry.queries.traits import Entry
from tavolo.tables.choices import DelegateKind
from tavolo.tables.importing.finding import NO_HOLDER, Rows, Who, open_row, period_of_row
from tavolo.tables.importing.words import OTHERWISE, days, inside, spell_of
from tavolo.tables.queries.imported import (
    State,
    delegate_states,
    delegate_subject,
    delegates_in,
    seats_in,
)

NO_SEAT = gettext_noop("%(name)s has no such seat there in that time.")
SENT = gettext_noop("This person is already sent to this seat in that time.")
EFFECTIVE = gettext_noop("The seat already has an effective delegate in that time.")
FILLS_ITSELF = gettext_noop("Whoever holds the office sits there: no effective delegate is named.")


class DelegateRows(Rows):
    """A delegate is told apart by seat, name, kind and first day."""

    def plan(self) -> Plan:
        faults: list[tuple[int, Fault]] = []
        self.seats: dict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for seat in seats_in(self.context.network):
            if seat["superseded_at"] is None and seat["organisation__code"]:
                key = (seat["body__code"], seat["organisation__code"], seat["title"], seat["theme"])
                self.seats[key].append(seat)
        there = delegates_in(self.context.network)
        self.sent: dict[str, list[tuple[str, str, str, Period]]] = defaultdict(list)
        for one in there:
            if one["superseded_at"] is None:
                told = (one["subject"], one["digest"], one["kind"], period_of_row(one))
                self.sent[one["seat"]].append(told)
        states = delegate_states({one["subject"] for one in there}, self.context.network)
        found = self._found(faults)
        for bearer, persons in persons_of({entry.code for _row, entry in found}).items():
            self.known[bearer] = {**self.known.get(bearer, {}), **persons}
        changes: list[Planned] = []
        for row, entry in found:
            try:
                changes += list(self._changes(row, entry, states))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        return Plan(changes, faults)

    def _found(self, faults: list[tuple[int, Fault]]) -> list[tuple[Given, Entry]]:
        found = []
        for row in self.rows:
            try:
                entry = self.holder(row)
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
                continue
            if entry is None:
                faults.append((row.number, Fault(NO_HOLDER, field="organisation")))
            else:
                found.append((row, entry))
        return found

    def _changes(self, row: Given, entry: Entry, states: Mapping[str, State]) -> Iterator[Planned]:
        body, told = self.bodies.find(row.values["body"]), row.values
        who = self.who(row, entry.code)
        kind = told.get("kind") or DelegateKind.EFFECTIVE.value
        office = (told.get("title") or "", told.get("theme") or "")
        if any(office) and kind == DelegateKind.EFFECTIVE:
            raise Wrong(FILLS_ITSELF, "kind")
        seat, period = self._seat(body.code, entry, office, told)
        began = told.get("since") or ""
        subject = delegate_subject(seat["uid"], who.bearer[1], kind, began)
        before = states.get(subject)
        label = f"{who.given_name} {who.family_name}, {entry.name}, {body.name}"
        held = open_row(before)
        if before is not None and held:
            if (held["ended"] or "") != (told.get("until") or ""):
                raise Wrong(OTHERWISE)
            yield Planned(row.number, subject, label, before, before)
            return
        self._refuse_beside(seat["uid"], (subject, who.bearer[1], kind, period))
        yield from self.made_by(who, row.number)
        said = _said(row, body.code, seat["uid"], who, kind) | days(period)
        yield Planned(row.number, subject, label, before, {**(before or {}), "told": said})

    def _seat(
        self, body: str, entry: Entry, office: tuple[str, str], told: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Period]:
        """The seat in whose time she is sent. Refuses with Wrong."""
        asked = spell_of(told)
        for seat in reversed(self.seats[body, entry.code, *office]):
            own = period_of_row(seat)
            period = Period(asked.valid_from or own.valid_from, asked.valid_until)
            if inside(period, own):
                return seat, period
        raise Wrong(NO_SEAT, "organisation", name=entry.name)

    def _refuse_beside(self, seat: str, new: tuple[str, str, str, Period]) -> None:
        subject, digest, kind, period = new
        for other, name, other_kind, spell in self.sent[seat]:
            if other == subject or not spell.overlaps(period):
                continue
            if name == digest:
                raise Wrong(SENT, "family_name")
            if kind == other_kind == DelegateKind.EFFECTIVE:
                raise Wrong(EFFECTIVE, "since")
        self.sent[seat].append(new)


def _said(row: Given, body: str, seat: str, who: Who, kind: str) -> dict[str, Any]:
    told = row.values
    return {
        "body": body,
        "seat": seat,
        "person": who.uid,
        "bearer": list(who.bearer),
        "kind": kind,
        "began": told.get("since") or "",
        "ended": told.get("until") or "",
        **{key: told.get(key) or "" for key in ("act", "source")},
    }
