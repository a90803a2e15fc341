"""What rows of seats and of delegates would make: nothing that is there is changed by them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Fault, Given, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.kernel.text import search_key
from tavolo.people.models import Person
from tavolo.registry.importing.persons import Organisations
from tavolo.registry.importing.words import Wrong
from tavolo.registry.models import Organisation
from tavolo.registry.queries.imported_persons import digest_of, persons_of
from tavolo.registry.queries.traits import Entry
from tavolo.tables.actions.seats import category_of
from tavolo.tables.choices import Basis, DelegateKind, SeatRole
from tavolo.tables.importing.words import NOT_THERE, OTHERWISE, Bodies, days, inside, spell_of
from tavolo.tables.queries.imported import (
    Bearer,
    State,
    delegate_states,
    delegate_subject,
    delegates_in,
    person_subject,
    seat_states,
    seat_subject,
    seated_persons,
    seats_in,
)

NO_HOLDER = gettext_noop("It is not said who holds the seat.")
TWO_HOLDERS = gettext_noop("An organisation holds the seat, or a person: not both.")
SITS = gettext_noop("They already have a seat here in that time.")
NO_SEAT = gettext_noop("%(name)s has no such seat there in that time.")
NO_NAME = gettext_noop("A name is needed.")
SEVERAL_PERSONS = gettext_noop("Several persons with this name sit there: enter her on its page.")
SENT = gettext_noop("This person is already sent to this seat in that time.")
EFFECTIVE = gettext_noop("The seat already has an effective delegate in that time.")
FILLS_ITSELF = gettext_noop("Whoever holds the office sits there: no effective delegate is named.")

Spells = list[tuple[str, Period]]


@dataclass(frozen=True)
class Who:
    """The person of a row; None where she is made, by the row that says so first."""

    given_name: str
    family_name: str
    bearer: Bearer
    person: Person | None

    @property
    def uid(self) -> str | None:
        return str(self.person.uid) if self.person else None

    def planned(self, number: int) -> Planned:
        said = {"given_name": self.given_name, "family_name": self.family_name, "version": 1}
        label = f"{self.given_name} {self.family_name}"
        return Planned(number, person_subject(self.bearer), label, None, {"persons": [said]})


class Rows:
    """What both lists look up: bodies, organisations, and who sits or is sent there."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.rows, self.context = rows, context
        self.bodies = Bodies(context)
        self.organisations = Organisations(context)
        self.known = seated_persons(context.network)
        self.first: dict[Bearer, int] = {}

    def holder(self, row: Given) -> Entry | None:
        told = row.values
        if not (told.get("organisation") or told.get("tax_code")):
            return None
        return self.organisations.named(Given(row.number, {"organisation": "", **_filled(told)}))

    def who(self, row: Given, code: str) -> Who:
        """Refuses with Wrong."""
        names = [
            " ".join((row.values.get(key) or "").split()) for key in ("given_name", "family_name")
        ]
        for key, name in zip(("given_name", "family_name"), names, strict=True):
            if not search_key(name):
                raise Wrong(NO_NAME, key)
        bearer = (code, digest_of(*names))
        found = list(self.known.get(bearer, {}).values())
        if len(found) > 1:
            raise Wrong(SEVERAL_PERSONS, "family_name")
        return Who(names[0], names[1], bearer, found[0] if found else None)

    def made_by(self, who: Who, number: int) -> Iterator[Planned]:
        """The person herself, once in the list."""
        if who.person is None and self.first.setdefault(who.bearer, number) == number:
            yield who.planned(number)


class SeatRows(Rows):
    """A seat is told apart by body, holder, office and first day."""

    def plan(self) -> Plan:
        faults: list[tuple[int, Fault]] = []
        there = seats_in(self.context.network)
        self.spells: dict[tuple[Any, ...], Spells] = defaultdict(list)
        for seat in there:
            if seat["superseded_at"] is None:
                self.spells[_holding(seat)].append((seat["subject"], _period(seat)))
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
        entry, told = self.holder(row), row.values
        named = bool(told.get("given_name") or told.get("family_name"))
        if entry and named:
            raise Wrong(TWO_HOLDERS, "organisation")
        if not entry and not named:
            raise Wrong(NO_HOLDER, "organisation")
        who = self.who(row, "") if named else None
        if not entry and (told.get("title") or told.get("theme")):
            raise Wrong(NO_HOLDER, "organisation")
        said = self._said(row, body.code, entry, who)
        holder = (said["organisation"], who.bearer[1] if who else "")
        office = (said["title"], said["theme"])
        subject = seat_subject(body.code, holder, office, said["began"])
        before = states.get(subject)
        label = f"{entry.name if entry else _named(told)}, {body.name}"
        held = _open(before)
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
                told = (one["subject"], one["digest"], one["kind"], _period(one))
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
        held = _open(before)
        if before is not None and held:
            if (held["ended"] or "") != (told.get("until") or ""):
                raise Wrong(OTHERWISE)
            yield Planned(row.number, subject, label, before, before)
            return
        self._refuse_beside(seat["uid"], (subject, who.bearer[1], kind, period))
        yield from self.made_by(who, row.number)
        said = {
            "body": body.code,
            "seat": seat["uid"],
            "person": who.uid,
            "bearer": list(who.bearer),
            "kind": kind,
            "began": began,
            "ended": told.get("until") or "",
            **{key: told.get(key) or "" for key in ("act", "source")},
            **days(period),
        }
        yield Planned(row.number, subject, label, before, {**(before or {}), "told": said})

    def _seat(
        self, body: str, entry: Entry, office: tuple[str, str], told: Mapping[str, Any]
    ) -> tuple[dict[str, Any], Period]:
        """The seat in whose time she is sent. Refuses with Wrong."""
        asked = spell_of(told)
        for seat in reversed(self.seats[body, entry.code, *office]):
            own = _period(seat)
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


def _named(told: Mapping[str, Any]) -> str:
    names = (told.get("given_name"), told.get("family_name"))
    return " ".join(name for name in names if name)


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value is not None}


def _open(state: State | None) -> Mapping[str, Any] | None:
    rows = state["rows"] if state else ()
    return next((row for row in rows if row["superseded_at"] is None), None)


def _holding(seat: Mapping[str, Any]) -> tuple[Any, ...]:
    names = (seat["person__given_name"] or "", seat["person__family_name"] or "")
    digest = digest_of(*names) if seat["person_id"] else ""
    code = seat["organisation__code"] or ""
    return (seat["body__code"], code, digest, seat["title"], seat["theme"])


def _period(row: Mapping[str, Any]) -> Period:
    ends = (row["valid_from"], row["valid_until"])
    first, last = (date.fromisoformat(day) if day else None for day in ends)
    return Period(first, last)
