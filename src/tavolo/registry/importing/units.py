"""What rows of units would make and change."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Fault, Given, Plan, Planned
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.text import minted_code, search_key
from tavolo.registry.importing.persons import Organisations
from tavolo.registry.importing.places import Places
from tavolo.registry.importing.words import Wrong
from tavolo.registry.queries.imported_units import (
    State,
    taken_codes,
    unit_subject,
    units_of,
)
from tavolo.registry.queries.traits import Entry
from tavolo.registry.rules import RESERVED_WORDS

NO_NAME = gettext_noop("A name is needed.")
NO_KIND = gettext_noop("Say what it is: once for the file, or in each row.")
CODE_LENGTH = 60


class Units:
    """A unit is told apart by its organisation and its name; what is empty says nothing."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.rows, self.context = rows, context
        self.organisations = Organisations(context)
        self.places = Places(rows, context)
        self.taken = taken_codes() | set(RESERVED_WORDS)
        self.made: dict[tuple[str, str], str] = {}

    def plan(self) -> Plan:
        faults: list[tuple[int, Fault]] = []
        found: list[tuple[Given, Entry]] = []
        for row in self.rows:
            try:
                found.append((row, self.organisations.find(row)))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        there = units_of({entry.code for _row, entry in found})
        changes = []
        for row, entry in found:
            try:
                changes.append(self._planned(row, entry, there))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        return Plan(changes, faults)

    def _planned(self, row: Given, entry: Entry, there: Mapping[tuple[str, str], State]) -> Planned:
        key = search_key(row.values["name"])
        if not key:
            raise Wrong(NO_NAME, "name")
        said = self._said(row)
        label = f"{row.values['name']}, {entry.name}"
        before = there.get((entry.code, key))
        if before is not None:
            after = {**before, **{name: value for name, value in said.items() if value}}
            return Planned(row.number, unit_subject(before["code"]), label, before, after)
        if not said["kind"]:
            raise Wrong(NO_KIND, "kind")
        code = self._code(entry, key, row.values["name"])
        new = {"code": code, "organisation": entry.code, "name": row.values["name"], **said}
        return Planned(row.number, unit_subject(code), label, None, new)

    def _said(self, row: Given) -> dict[str, Any]:
        told = row.values
        place = self.places.find(row)
        began = PartialDate.parse(told["since"]) if told.get("since") else None
        first = began.first_day() if began else None
        return {
            "kind": told.get("kind") or self.context.options.get("kind") or "",
            "municipality": str(place.uid) if place else None,
            "place": place.name if place else None,
            "began": str(began) if began else None,
            "valid_from": first.isoformat() if first else None,
            "source": told.get("source") or "",
        }

    def _code(self, entry: Entry, key: str, name: str) -> str:
        code = self.made.get((entry.code, key))
        if code is None:
            code = self.made[entry.code, key] = minted_code(name, self.taken, length=CODE_LENGTH)
            self.taken.add(code)
        return code
