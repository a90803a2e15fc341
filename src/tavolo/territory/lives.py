"""Which of the periods of codes and names are one municipality: pure functions, without database.

The rule is told in docs/decisions/0026-one-municipality-through-codes.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

Ending = tuple[str, date]  # a code and the day on which it is no more


@dataclass(frozen=True, order=True)
class Spell:
    """A code, a name, a province and a region that a municipality had; `ends` is exclusive.

    `name` is written as in the source; `region` is "" where the source names none; `short` are the
    letters of the province.
    """

    code: str
    begins: date
    name: str
    province: str
    region: str = ""
    ends: date | None = None
    short: str = ""

    def __contains__(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True)
class Life:
    """All spells of one municipality by day; `owner` is its primary key where it is there already."""

    spells: tuple[Spell, ...]
    owner: int | None = None

    @property
    def begins(self) -> date:
        return self.spells[0].begins

    @property
    def ends(self) -> date | None:
        return self.spells[-1].ends


@dataclass(frozen=True)
class Bearing:
    """That the municipality with that primary key is known to have borne a code until a day."""

    owner: int
    code: str
    until: date | None


def joined(spells: Iterable[Spell], *same: str) -> list[Spell]:
    """Neighbours in time that agree in those fields made one; the spells are in order of days."""
    whole: list[Spell] = []
    alike = attrgetter(*same)
    for spell in spells:
        if whole and whole[-1].ends == spell.begins and alike(whole[-1]) == alike(spell):
            whole[-1] = replace(whole[-1], ends=spell.ends)
        else:
            whole.append(spell)
    return whole


def lives_of(
    spells: Iterable[Spell],
    *,
    suppressed: Collection[Ending] = (),
    known: Iterable[Bearing] = (),
) -> list[Life]:
    """The spells put together to lives, each with the municipality that is there already.

    `suppressed`: codes of which the source says that their municipality came to its end that day.
    No code may be borne twice on a day. What is known to be two municipalities stays two.
    """
    ordered = sorted(spells)
    chains = _Chains(joined(ordered, "code", "name"), known)
    chains.link_on_days(suppressed)
    chains.link_over_gaps()
    return chains.lives(ordered)


class _Chains:
    """Periods of one code and name, each with the one before it in the same life."""

    def __init__(self, periods: Sequence[Spell], known: Iterable[Bearing]) -> None:
        self.periods = periods
        self.of_code: dict[str, list[Spell]] = defaultdict(list)
        for period in periods:
            self.of_code[period.code].append(period)
        self.next: dict[Spell, Spell] = {}
        self.previous: dict[Spell, Spell] = {}
        self.owner = self._owners(known)

    def _owners(self, known: Iterable[Bearing]) -> dict[Spell, int]:
        owner: dict[Spell, int] = {}
        for bearing in known:
            found = self._borne(bearing)
            if found is not None:
                owner.setdefault(found, bearing.owner)
        return owner

    def _borne(self, bearing: Bearing) -> Spell | None:
        periods = self.of_code.get(bearing.code, [])
        if bearing.until is None:
            return periods[-1] if periods else None
        eve = bearing.until - timedelta(days=1)
        return next((period for period in periods if eve in period), None)

    def link_on_days(self, suppressed: Collection[Ending]) -> None:
        """A municipality that goes on under another code, or under another name, the same day."""
        ending, beginning = (_by_day(self.periods, edge) for edge in ("ends", "begins"))
        for day in sorted(ending.keys() & beginning.keys()):
            before, after = ending[day], beginning[day]
            for old, new in _moves(before, after, suppressed):
                self._link(old, new)
            at = {period.code: period for period in after}
            for old in before:
                if old.code in at and (old.code, day) not in suppressed:
                    self._link(old, at[old.code])

    def link_over_gaps(self) -> None:
        """A code that comes again: its municipality founded anew, where that was no more."""
        pairs = (pair for periods in self.of_code.values() for pair in pairwise(periods))
        for old, new in sorted(pairs, key=lambda pair: pair[1].begins):
            last = self._last(old)
            if last.ends is not None and last.ends < new.begins:
                self._link(last, new)

    def _last(self, period: Spell) -> Spell:
        while period in self.next:
            period = self.next[period]
        return period

    def _first(self, period: Spell) -> Spell:
        while period in self.previous:
            period = self.previous[period]
        return period

    def _link(self, old: Spell, new: Spell) -> None:
        """Make one life of two, unless one of them goes on or came from elsewhere."""
        if old in self.next or new in self.previous:
            return
        ours, theirs = self._owner_of(old), self._owner_of(new)
        if ours is None or theirs is None or ours == theirs:
            self.next[old], self.previous[new] = new, old

    def _owner_of(self, period: Spell) -> int | None:
        found: Spell | None = self._first(period)
        while found is not None:
            if found in self.owner:
                return self.owner[found]
            found = self.next.get(found)
        return None

    def lives(self, spells: Iterable[Spell]) -> list[Life]:
        """Each life with its spells as they were given, by its first day and code."""
        parts: dict[Spell, list[Spell]] = defaultdict(list)
        for spell in spells:
            holder = next(p for p in self.of_code[spell.code] if spell.begins in p)
            parts[self._first(holder)].append(spell)
        whole = [
            Life(
                tuple(sorted(mine, key=lambda spell: spell.begins)),
                self._owner_of(first),
            )
            for first, mine in parts.items()
        ]
        return sorted(whole, key=lambda life: (life.begins, life.spells[0].code))


def _by_day(periods: Iterable[Spell], edge: str) -> Mapping[date, list[Spell]]:
    days: dict[date, list[Spell]] = defaultdict(list)
    for period in periods:
        day = getattr(period, edge)
        if day is not None:
            days[day].append(period)
    return days


def _moves(
    before: Iterable[Spell], after: Iterable[Spell], suppressed: Collection[Ending]
) -> Iterable[tuple[Spell, Spell]]:
    """A name that ends under one code and begins under another; only where there is one of each."""
    gone, come = _by_name(before), _by_name(after)
    for name in gone.keys() & come.keys():
        (old, *twins), (new, *others) = gone[name], come[name]
        lone = not twins and not others and old.code != new.code
        if lone and (old.code, old.ends) not in suppressed:
            yield old, new


def _by_name(periods: Iterable[Spell]) -> dict[str, list[Spell]]:
    ordered = sorted(periods, key=attrgetter("name"))
    return {name: list(group) for name, group in groupby(ordered, key=attrgetter("name"))}
