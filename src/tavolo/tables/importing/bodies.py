"""What rows of bodies would make: each with its names, its place and the regulation that an act adopted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Fault, Given, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.kernel.text import minted_code, search_key
from tavolo.registry.importing.persons import Organisations
from tavolo.registry.importing.places import Places
from tavolo.registry.importing.words import Wrong
from tavolo.tables.importing.words import (
    NOT_THERE,
    OTHERWISE,
    UNKNOWN_BODY,
    Bodies,
    days,
    spell_of,
)
from tavolo.tables.models import Body
from tavolo.tables.queries.imported import State, body_states, body_subject, regulation_states
from tavolo.tables.queries.imported import regulation_subject as ruled
from tavolo.tables.rules import RESERVED_WORDS

NO_NAME = gettext_noop("A name is needed.")
NO_ACT = gettext_noop("A regulation needs its act and its first day.")
IN_A_CIRCLE = gettext_noop("A body cannot be part of itself.")
NUMBER_TAKEN = gettext_noop("Another group there already has this number.")
CODE_LENGTH = 60
WORDS = ("official_name", "level", "theme", "on_impulse_of", "founding_kind", "founding_act")
MORE = ("established", "started", "ended", "end_act", "source")


class BodyRows:
    """A body is told apart by its code, or by its name beside those of the same parent."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.rows, self.context = rows, context
        self.bodies = Bodies(context)
        self.organisations = Organisations(context)
        self.places = Places(rows, context)
        self.taken = set(Body.objects.values_list("code", flat=True)) | set(RESERVED_WORDS)
        self.made: dict[str, Given] = {}
        self.codes: dict[int, str] = {}
        self.spells: dict[str, Period] = {}
        self.numbers: dict[tuple[str, int], str] = {
            (body.parent.code, body.number): body.code
            for body in self.bodies.by_code.values()
            if body.parent and body.number and body.valid_until is None
        }

    def plan(self) -> Plan:
        """Names first: a row may be part of one that stands after it."""
        faults: list[tuple[int, Fault]] = []
        good: list[Given] = []
        for row in self.rows:
            try:
                self._called(row)
                good.append(row)
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        there = body_states({body_subject(code) for code in self.codes.values()}, self._network)
        rules = regulation_states({ruled(code) for code in self.codes.values()}, self._network)
        changes: list[Planned] = []
        for row in good:
            try:
                changes += list(self._changes(row, there, rules))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        return Plan(changes, faults)

    @property
    def _network(self) -> Any:
        return self.context.network

    def _called(self, row: Given) -> None:
        """Give the row the code of what is there, or of what it makes."""
        told, name = row.values, row.values["name"]
        if not search_key(name):
            raise Wrong(NO_NAME, "name")
        if told.get("code"):
            self.codes[row.number] = self.bodies.find(told["code"], "code").code
            return
        parent = search_key(told.get("parent") or "")
        found = [
            body
            for body in self.bodies.by_name.get(search_key(name), {}).values()
            if not parent or (body.parent and self._is_called(body.parent, told["parent"]))
        ]
        if found:
            self.codes[row.number] = self.bodies.find(found[0].code).code
            return
        known = f"{parent}\n{search_key(name)}"
        code = next((c for c, other in self.made.items() if _key(other) == known), "")
        if not code:
            code = minted_code(name, self.taken, length=CODE_LENGTH)
            self.taken.add(code)
            self.made[code] = row
        self.codes[row.number] = code

    def _is_called(self, body: Body, said: str) -> bool:
        return said == body.code or body.code in self.bodies.by_name.get(search_key(said), {})

    def _changes(
        self, row: Given, there: Mapping[str, State], rules: Mapping[str, State]
    ) -> Iterator[Planned]:
        code = self.codes[row.number]
        subject = body_subject(code)
        before = there.get(subject)
        if before is not None:
            period = self.bodies.by_code[code].period
            yield Planned(row.number, subject, row.values["name"], before, before)
        else:
            said = self._said(row, code)
            period = self.spells[code]
            yield Planned(row.number, subject, row.values["name"], None, {"told": said})
        if row.values.get("regulation"):
            yield self._regulation(row, code, period, rules.get(ruled(code)))

    def _said(self, row: Given, code: str) -> dict[str, Any]:
        told = row.values
        parent = self._parent(row)
        period = self._spell(row, parent)
        self.spells[code] = period
        place = self.places.find(row)
        self._number(parent, told.get("number"), code, period)
        return {
            "code": code,
            "name": " ".join(told["name"].split()),
            "kind": told["kind"],
            "parent": parent,
            "number": told.get("number"),
            "promoter": self._promoter(row),
            "municipality": str(place.uid) if place else None,
            **{key: told.get(key) or "" for key in (*WORDS, *MORE)},
            **days(period),
        }

    def _parent(self, row: Given) -> str:
        """The code of the body that this one is part of: one that is there, or one of the list."""
        said = row.values.get("parent")
        if not said:
            return ""
        try:
            return self.bodies.find(said, "parent").code
        except Wrong as wrong:
            if wrong.fault.message != UNKNOWN_BODY:
                raise
        key = search_key(said)
        made = (c for c, other in self.made.items() if search_key(other.values["name"]) == key)
        code = next(made, "")
        if not code:
            raise Wrong(UNKNOWN_BODY, "parent", name=said)
        self._refuse_circle(row, code)
        return code

    def _refuse_circle(self, row: Given, code: str) -> None:
        seen = {self.codes[row.number]}
        while code:
            if code in seen:
                raise Wrong(IN_A_CIRCLE, "parent")
            seen.add(code)
            above = search_key(self.made[code].values.get("parent") or "")
            made = (c for c, o in self.made.items() if search_key(o.values["name"]) == above)
            code = next(made, "") if above else ""

    def _spell(self, row: Given, parent: str) -> Period:
        told = row.values
        first = told.get("established") or told.get("started")
        period = spell_of({"since": first, "until": told.get("ended")})
        above = self.bodies.by_code.get(parent)
        if period.valid_from is None and above is not None:
            return Period(above.valid_from, period.valid_until)
        if period.valid_from is None and parent in self.made:
            return Period(self._spell(self.made[parent], "").valid_from, period.valid_until)
        return period

    def _number(self, parent: str, number: int | None, code: str, period: Period) -> None:
        if not (parent and number and period.valid_until is None):
            return
        if self.numbers.setdefault((parent, number), code) != code:
            raise Wrong(NUMBER_TAKEN, "number")

    def _promoter(self, row: Given) -> str:
        said = row.values.get("promoter")
        if not said:
            return ""
        try:
            return self.organisations.named(Given(row.number, {"organisation": said})).code
        except Wrong as wrong:
            raise Wrong(wrong.fault.message, "promoter", **wrong.fault.values) from wrong

    def _regulation(self, row: Given, code: str, body: Period, before: State | None) -> Planned:
        told = row.values
        since, act = told.get("regulation_since"), told.get("regulation_act")
        if not since or not act:
            raise Wrong(NO_ACT, "regulation")
        said = {"body": code, "preset": told["regulation"], "since": since, "act": act}
        if date.fromisoformat(since) not in body:
            raise Wrong(NOT_THERE, "regulation_since")
        label = f"{told['name']}, {since}"
        if before is None:
            after: State = {"told": said | {"until": days(body)["valid_until"]}}
            return Planned(row.number, ruled(code), label, None, after)
        same = (
            each["superseded_at"] is None
            and (each["preset"], each["valid_from"]) == (told["regulation"], since)
            for each in before["rows"]
        )
        if not any(same):
            raise Wrong(OTHERWISE, "regulation")
        return Planned(row.number, ruled(code), label, before, before)


def _key(row: Given) -> str:
    return f"{search_key(row.values.get('parent') or '')}\n{search_key(row.values['name'])}"
