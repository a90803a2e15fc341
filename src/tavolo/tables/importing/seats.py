"""What rows of seats would make: nothing that is there is changed by them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Fault, Given, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.registry.importing.words import Wrong
from tavolo.registry.models import Organisation
from tavolo.registry.queries.imported_persons import digest_of
from tavolo.registry.queries.traits import Entry
from tavolo.tables.actions.seats import category_of
from tavolo.tables.choices import Basis, SeatRole
from tavolo.tables.importing.finding import (
    NO_HOLDER,
    Rows,
    Who,
    named,
    open_row,
    period_of_row,
)
from tavolo.tables.importing.words import NOT_THERE, OTHERWISE, days, inside, spell_of
from tavolo.tables.queries.imported import State, seat_states, seat_subject, seats_in

TWO_HOLDERS = gettext_noop("An organisation holds the seat, or a person: not both.")
SITS = gettext_noop("They already have a seat here in that time.")

Spells = list[tuple[str, Period]]


class SeatRows(Rows):
    """A seat is told apart by body, holder, office and first day."""

    def plan(self) -> Plan:
        faults: list[tuple[int, Fault]] = []
        there = seats_in(self.context.network)
        self.spells: dict[tuple[Any, ...], Spells] = defaultdict(list)
        for seat in there:
            if seat["superseded_at"] is None:
                self.spells[_holding(seat)].append((seat["subject"], period_of_row(seat)))
        states = seat_states({seat["subject"] for seat in there}, self.context.network)
        codes = {row.code: row for row in Organisation.objects.all()} if self.rows else {}
        self.kinds: Mapping[str, Organisation] = codes
        changes: list[Planned] = []
        for row in self.rows:
            try:
                changes += list(self._changes(row, states))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        return Plan(changes, faults)

    def _changes(self, row: Given, states: Mapping[str, State]) -> Iterator[Planned]:
        body = self.bodies.find(row.values["body"])
        told = row.values
        entry, who = self._held_by(row)
        said = self._said(row, body.code, entry, who)
        holder = (said["organisation"], who.bearer[1] if who else "")
        office = (said["title"], said["theme"])
        subject = seat_subject(body.code, holder, office, said["began"])
        before = states.get(subject)
        label = f"{entry.name if entry else named(told)}, {body.name}"
        held = open_row(before)
        if before is not None and held:
            if any(held[key] != said[key] for key in ("role", "valid_until")):
                raise Wrong(OTHERWISE)
            yield Planned(row.number, subject, label, before, before)
            return
        period = spell_of(told)
        period = Period(period.valid_from or body.valid_from, period.valid_until)
        if not inside(period, body.period):
            raise Wrong(NOT_THERE, "since")
        self._refuse_twice((body.code, *holder, *office), subject, period)
        if who:
            yield from self.made_by(who, row.number)
        after = {**(before or {}), "told": said | days(period)}
        yield Planned(row.number, subject, label, before, after)

    def _held_by(self, row: Given) -> tuple[Entry | None, Who | None]:
        """An organisation, perhaps an office of it, or a person: one of them. Refuses with Wrong."""
        entry, told = self.holder(row), row.values
        person = bool(told.get("given_name") or told.get("family_name"))
        office = bool(told.get("title") or told.get("theme"))
        if entry and person:
            raise Wrong(TWO_HOLDERS, "organisation")
        if not entry and (office or not person):
            raise Wrong(NO_HOLDER, "organisation")
        return entry, self.who(row, "") if person else None

    def _refuse_twice(self, key: tuple[Any, ...], subject: str, period: Period) -> None:
        for other, spell in self.spells[key]:
            if other != subject and spell.overlaps(period):
                raise Wrong(SITS)
        self.spells[key].append((subject, period))

    def _said(self, row: Given, body: str, entry: Entry | None, who: Who | None) -> dict[str, Any]:
        told = row.values
        organisation = self.kinds[entry.code] if entry else None
        texts = ("title", "theme", "act", "end_reason", "end_act", "source")
        return {
            "body": body,
            "organisation": entry.code if entry else "",
            "person": who.uid if who else None,
            "bearer": list(who.bearer) if who else None,
            "role": told.get("role") or SeatRole.MEMBER.value,
            "category": told.get("category") or category_of(organisation).value,
            "basis": told.get("basis") or Basis.ADHESION.value,
            "began": told.get("since") or "",
            "ended": told.get("until") or "",
            **{key: told.get(key) or "" for key in texts},
            **days(spell_of(told)),
        }


def _holding(seat: Mapping[str, Any]) -> tuple[Any, ...]:
    names = (seat["person__given_name"] or "", seat["person__family_name"] or "")
    digest = digest_of(*names) if seat["person_id"] else ""
    code = seat["organisation__code"] or ""
    return (seat["body__code"], code, digest, seat["title"], seat["theme"])
