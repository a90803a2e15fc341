"""A plain record of who speaks for whom: changed in place, as in a notebook, and knowing of one time only.

What was known on an instant is found by writing the notebook anew from its log up to there. It shares
nothing with the code that is proved: neither rows nor queries nor superseding.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

DAY = timedelta(days=1)
HEADS = ("mayor", "president", "director")
GROUNDS = ("representation", "delegation", "legal_representative", "head")
CAPACITIES = ("delegate", "substitute", "legal_representative")

Said = tuple[str, str, str]  # on what ground, as what, who


@dataclass
class Span:
    """That `who` is something for an organisation, from the first day to the last, both included."""

    what: str
    org: str
    who: str
    name: str
    first: date | None = None
    last: date | None = None
    on: object = None
    network: bool = False

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def reaches(self, day: date) -> bool:
        return self.last is None or self.last > day


@dataclass
class Notebook:
    spans: dict[object, Span] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def enter(self, key: object, span: Span) -> None:
        self.spans[key] = deepcopy(span)

    def end(self, key: object, last: date) -> None:
        self._close([key], last)

    def end_all(self, org: str, last: date) -> None:
        held = [
            key
            for key, one in self.spans.items()
            if one.org == org and one.last is None and one.holds(last)
            if one.what == "office" or (one.what == "delegation" and one.on is None)
        ]
        self._close(held, last)

    def _close(self, keys: list[object], last: date) -> None:
        for key in keys:
            self.spans[key].last = last
        for key in keys:
            if self.spans[key].what == "office":
                self._close_what_rests(key, last)

    def _close_what_rests(self, key: object, last: date) -> None:
        for one in self.spans.values():
            if one.on == key and one.reaches(last):
                one.last = last
        office = self.spans[key]
        if self._goes_on(office, last):
            return
        for one in self.spans.values():
            if (one.what, one.org, one.who) == ("representation", office.org, office.who):
                began_after = one.first is not None and one.first >= (office.first or date.min)
                rests = office.first is None or began_after
                if one.last is None and rests and one.holds(last):
                    one.last = last

    def _goes_on(self, office: Span, last: date) -> bool:
        return any(
            one is not office
            and (one.what, one.org, one.who) == ("office", office.org, office.who)
            and one.holds(last + DAY)
            for one in self.spans.values()
        )

    def change(self, key: object, new: object, since: date, **values: Any) -> None:
        old = self.spans[key]
        then = deepcopy(old)
        then.first = since
        for name, value in values.items():
            setattr(then, name, value)
        self.spans[new] = then
        if old.what == "office" and then.who == old.who:
            for resting in [one for one in self.spans.values() if one.on == key]:
                if resting.last is None or resting.last >= since:
                    going_on = deepcopy(resting)
                    going_on.on, going_on.first = new, since
                    self.spans[("carried", next(self.numbers))] = going_on
        self._close([key], since - DAY)

    def correct(self, key: object, **values: Any) -> None:
        one = self.spans[key]
        was = deepcopy(one)
        for name, value in values.items():
            setattr(one, name, value)
        for resting in self.spans.values():
            if resting.on != key:
                continue
            resting.who = one.who
            if resting.first == was.first:
                resting.first = one.first
            if resting.last == was.last:
                resting.last = one.last

    def withdraw(self, key: object) -> None:
        del self.spans[key]
        for resting in [name for name, one in self.spans.items() if one.on == key]:
            del self.spans[resting]

    def merge(self, org: str, into: str) -> None:
        self.same[org] = into

    def are(self, org: str) -> set[str]:
        """The organisations that turned out to be this one, itself among them."""
        found = {org}
        while more := {one for one, into in self.same.items() if into in found} - found:
            found |= more
        return found

    def on(self, day: date) -> "Page":
        """What holds on a day."""
        page = Page(self)
        for key, one in self.spans.items():
            if one.holds(day):
                page.spans.setdefault(one.org, {})[key] = one
        return page


@dataclass
class Page:
    """What holds on one day, by organisation."""

    notebook: Notebook
    spans: dict[str, dict[object, Span]] = field(default_factory=dict)

    def held(self, org: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """Who is in office: as what, who, with which delegations; in the order of the alphabet."""
        now = self._here(org)
        offices = {key: one for key, one in now.items() if one.what == "office"}
        themes: dict[object, list[str]] = {key: [] for key in offices}
        alone: list[str] = []
        for one in now.values():
            if one.what == "delegation":
                themes.get(one.on, alone).append(one.name)
        return sorted(
            (one.name, one.who, tuple(sorted(themes[key]))) for key, one in offices.items()
        )

    def speaking(self, org: str, theme: str) -> list[Said]:
        """Who speaks for it, who counts first in front."""
        found = []
        for one in self._here(org).values():
            if one.what == "representation":
                legal = one.name == "legal_representative"
                found.append((GROUNDS[2] if legal else GROUNDS[0], one))
            elif one.what == "delegation" and one.name == theme:
                found.append((GROUNDS[1], one))
        for name in self.notebook.are(org):
            found += [(GROUNDS[3], head) for head in _heads([*self.spans.get(name, {}).values()])]
        found.sort(key=_place)
        return [(ground, one.name, one.who) for ground, one in found]

    def _here(self, org: str) -> dict[object, Span]:
        return {
            key: one
            for name in self.notebook.are(org)
            for key, one in self.spans.get(name, {}).items()
        }


def _heads(now: list[Span]) -> list[Span]:
    for title in HEADS:
        heads = [one for one in now if one.what == "office" and one.name == title]
        if heads:
            return heads
    return []


def _place(told: tuple[str, Span]) -> tuple[int, bool, int, str]:
    ground, one = told
    capacity = CAPACITIES.index(one.name) if one.what == "representation" else 0
    return (GROUNDS.index(ground), not one.network, capacity, one.who)


@dataclass
class Log:
    """Everything that was written, with its instant; the notebook as it stands now."""

    now: Notebook = field(default_factory=Notebook)
    lines: list[tuple[datetime, str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def write(self, at: datetime, act: str, *told: Any, **values: Any) -> None:
        self.lines.append((at, act, told, values))
        _act(self.now, act)(*told, **values)

    def as_known(self, instants: list[datetime]) -> Iterator[tuple[datetime, Notebook]]:
        """The notebook as it stood on each of the instants, the earliest first."""
        notebook, lines = Notebook(), iter([*self.lines])
        waiting = next(lines, None)
        for at in sorted(instants):
            while waiting is not None and waiting[0] <= at:
                _act(notebook, waiting[1])(*waiting[2], **waiting[3])
                waiting = next(lines, None)
            yield at, notebook


def _act(notebook: Notebook, name: str) -> Callable[..., None]:
    return getattr(notebook, name)  # type: ignore[no-any-return]
