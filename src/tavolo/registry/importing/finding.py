"""Which organisation a row means: one that is there, one that a row before makes, or a new one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Given, Likely
from tavolo.kernel.text import minted_code, search_key
from tavolo.registry.choices import IdentifierScheme
from tavolo.registry.importing.places import Places
from tavolo.registry.importing.words import Wrong
from tavolo.registry.likeness import (
    NEAR_BY_DOMAIN,
    Alike,
    Likeness,
    Reason,
    Traits,
    domains_of,
)
from tavolo.registry.queries.imported import ORGANISATION, organisation_subject
from tavolo.registry.queries.traits import Entry, Numbered, Register
from tavolo.registry.rules import RESERVED_WORDS
from tavolo.territory.models import Municipality

UNKNOWN_ORGANISATION = gettext_noop("There is no organisation with the code %(code)s.")
NUMBERS_OF_TWO = gettext_noop("These numbers belong to two organisations: %(one)s and %(other)s.")
NUMBER_TAKEN = gettext_noop("%(name)s has this number: it cannot be another organisation.")
ROW_LEFT_OUT = gettext_noop("Row %(row)s, which says the same, has faults or is not decided.")
NO_NAME = gettext_noop("A name is needed.")

WHY = {
    Reason.NUMBER: _("It has the same number, under another name."),
    Reason.NAME: _("Its name is nearly the same, and so is where it is."),
    Reason.DOMAIN: _("It has the same website or e-mail domain."),
}
ALIKE_IN_FILE = _("A row before looks like the same organisation.")
NUMBERS = {
    "tax_code": IdentifierScheme.TAX_CODE,
    "vat": IdentifierScheme.VAT,
    "ipa": IdentifierScheme.IPA,
    "runts": IdentifierScheme.RUNTS,
}
ADDRESSES = ("website", "email", "certified_email")
ROW = "row:"
CODE_LENGTH, MOST_ASKED = 60, 5


@dataclass(frozen=True)
class Wanted:
    """What a row says, with its municipality looked up."""

    number: int
    values: Mapping[str, Any]
    place: Municipality | None
    numbers: frozenset[Numbered]

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.name, self.values.get("official_name"))))

    @cached_property
    def identity(self) -> tuple[str, int | None]:
        return search_key(self.name), self.place.pk if self.place else None

    @cached_property
    def traits(self) -> Traits:
        return Traits(
            f"{ROW}{self.number}",
            self.names,
            self.place.pk if self.place else None,
            self.place.name if self.place else "",
            frozenset(f"{scheme}:{number}" for scheme, number in self.numbers),
            domains_of(str(self.values[key]) for key in ADDRESSES if self.values.get(key)),
        )


@dataclass(frozen=True)
class Meant:
    """The organisation of a row: `entry` where it is there, else the code under which it is made."""

    wanted: Wanted
    code: str
    entry: Entry | None = None


class Finder:
    """One look at rows and register; the number of queries does not depend on that of the rows."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.context = context
        self.places = Places(rows, context)
        self.register = Register([context.network.pk] if context.network else [])
        self.taken = set(self.register.by_code) | set(RESERVED_WORDS)
        self.numbers = {row.number for row in rows}
        self.new_by_number: dict[Numbered, str] = {}
        self.new_by_name: dict[tuple[str, int | None], str] = {}
        self.asked: list[Likely] = []
        self.made: dict[str, Wanted] = {}

    def read(self, row: Given) -> Wanted:
        """The row with its place and numbers. Refuses with Wrong."""
        if not search_key(row.values["name"]):
            raise Wrong(NO_NAME, "name")
        numbers = frozenset(
            (scheme.value, row.values[key])
            for key, scheme in NUMBERS.items()
            if row.values.get(key)
        )
        return Wanted(row.number, row.values, self.places.find(row), numbers)

    def among(self, wanted: Sequence[Wanted]) -> None:
        """Make ready to compare these rows with the register and with each other."""
        traits = [*self.register.traits(), *(one.traits for one in wanted)]
        self.likeness = Likeness(traits)
        self.by_row = {one.traits.key: one for one in wanted}

    def find(self, wanted: Wanted) -> Meant | None:
        """What the row means; None where a row before says it, or somebody has to be asked.

        Asked row by row, in their order. Refuses with Wrong.
        """
        meant = self._find(wanted)
        if meant is not None and meant.entry is not None:
            for number in wanted.numbers:
                if meant.entry not in self.register.by_number[number]:
                    self.register.by_number[number].append(meant.entry)
        return meant

    def _find(self, wanted: Wanted) -> Meant | None:
        decision = self.context.decisions.get(wanted.number, "")
        if decision.startswith(ROW):
            if int(decision.removeprefix(ROW)) not in self.numbers:
                raise Wrong(ROW_LEFT_OUT, row=decision.removeprefix(ROW))
            return None
        if decision.startswith(ORGANISATION):
            return self._coded(wanted, decision.removeprefix(ORGANISATION))
        if wanted.values.get("code"):
            return self._coded(wanted, wanted.values["code"])
        return self._told_apart(wanted, decided=bool(decision))

    def _coded(self, wanted: Wanted, code: str) -> Meant:
        entry = self.register.by_code.get(code)
        if entry is None:
            raise Wrong(UNKNOWN_ORGANISATION, "code", code=code)
        numbered = self._numbered(wanted)
        if numbered not in (None, entry):
            raise Wrong(NUMBER_TAKEN, name=numbered.name)
        return Meant(wanted, entry.code, entry)

    def _told_apart(self, wanted: Wanted, *, decided: bool) -> Meant | None:
        """By its numbers, by its whole name and its place, by what is like it; else it is new."""
        entry = self._numbered(wanted)
        if entry is not None:
            if decided:
                raise Wrong(NUMBER_TAKEN, name=entry.name)
            if self._is_called(wanted, entry):
                return Meant(wanted, entry.code, entry)
            self._ask(wanted, [Alike(entry.code, Reason.NUMBER, 1.0)])
            return None
        code = self._made_before(wanted)
        if code:
            return Meant(wanted, code)
        if not decided:
            same = self._same_name(wanted)
            if same is not None:
                return Meant(wanted, same.code, same)
            alike = self._alike(wanted)
            if alike:
                self._ask(wanted, alike)
                return None
        return self._new(wanted)

    def _numbered(self, wanted: Wanted) -> Entry | None:
        found = {e.code: e for n in sorted(wanted.numbers) for e in self.register.by_number[n]}
        if len(found) > 1:
            one, other, *_rest = found.values()
            raise Wrong(NUMBERS_OF_TWO, one=one.name, other=other.name)
        return next(iter(found.values()), None)

    def _is_called(self, wanted: Wanted, entry: Entry) -> bool:
        """Whether a number and a name that is near enough say the same; a body’s office bears its number."""
        return self.likeness.score(wanted.traits.key, entry.code) >= NEAR_BY_DOMAIN

    def _made_before(self, wanted: Wanted) -> str:
        """The code under which a row before makes the same: by a number, or by name and place."""
        by_number = (self.new_by_number.get(number) for number in sorted(wanted.numbers))
        code = next(filter(None, by_number), "") or self.new_by_name.get(wanted.identity, "")
        return "" if code and _differ(wanted.numbers, self.made[code].numbers) else code

    def _same_name(self, wanted: Wanted) -> Entry | None:
        """Whoever has this whole name in this municipality, and no other tax code."""
        found = self.register.by_name[wanted.identity] if wanted.place else []
        fitting = [entry for entry in found if not _differ(wanted.numbers, entry.numbers)]
        return fitting[0] if len(found) == len(fitting) == 1 else None

    def _alike(self, wanted: Wanted) -> list[Alike]:
        """Who is there, or stands in a row before, that it may be; another tax code makes it another."""
        found = []
        for alike in self.likeness.like(wanted.traits.key):
            other = self.by_row.get(alike.key)
            numbers = other.numbers if other else self.register.living[alike.key].numbers
            before = other is None or self.new_by_name.get(other.identity) in self.made
            if before and not _differ(wanted.numbers, numbers):
                found.append(alike)
        return found[:MOST_ASKED]

    def _ask(self, wanted: Wanted, alike: Sequence[Alike]) -> None:
        self.asked += self._questions(wanted, alike)

    def _questions(self, wanted: Wanted, alike: Sequence[Alike]) -> Iterator[Likely]:
        for one in alike:
            other = self.by_row.get(one.key)
            if other is None:
                entry = self.register.living[one.key]
                subject, label = (
                    organisation_subject(entry.code),
                    _called(entry.name, entry.place_name),
                )
                yield Likely(wanted.number, subject, label, WHY[one.reason])
            else:
                place = other.place.name if other.place else ""
                label = _called(other.name, place)
                yield Likely(wanted.number, one.key, label, ALIKE_IN_FILE)

    def _new(self, wanted: Wanted) -> Meant:
        code = minted_code(wanted.name, self.taken, length=CODE_LENGTH)
        self.taken.add(code)
        self.made[code] = wanted
        self.new_by_name.setdefault(wanted.identity, code)
        for number in wanted.numbers:
            self.new_by_number.setdefault(number, code)
        return Meant(wanted, code)


def _differ(one: frozenset[Numbered], other: frozenset[Numbered] | set[Numbered]) -> bool:
    """Whether both bear a number of one register, of which each has one, and it is not the same."""
    mine, theirs = _by_scheme(one), _by_scheme(other)
    return any(mine[scheme].isdisjoint(theirs[scheme]) for scheme in set(mine) & set(theirs))


def _by_scheme(numbers: frozenset[Numbered] | set[Numbered]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for scheme, number in numbers:
        if scheme != IdentifierScheme.VAT:
            found[scheme].add(number)
    return found


def _called(name: str, place: str) -> str:
    return f"{name} ({place})" if place else name
