"""Who sits where, kept by hand beside the product: plain rows, and a copy of them for every instant."""

from bisect import bisect_right
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
Line = tuple[str, str, str, str, tuple[tuple[str, str], ...]]


@dataclass
class Sitting:
    """A seat: `town` is the ISTAT code of its holder's municipality, "" without one."""

    body: str
    holder: str
    category: str
    role: str
    town: str
    first: date | None
    last: date | None


@dataclass
class Sending:
    """Whom the seat under this key sends."""

    seat: object
    who: str
    kind: str
    first: date | None
    last: date | None


Spell = Sitting | Sending


@dataclass
class Page:
    """What is held to be true at one instant."""

    sittings: dict[object, Sitting] = field(default_factory=dict)
    sendings: dict[object, Sending] = field(default_factory=dict)

    def lines(self, body: str, day: date) -> list[Line]:
        """Who sits there on a day: category, holder, role, town, and whom they send."""
        return sorted(
            (one.category, one.holder, one.role, one.town, self._sent(key, day))
            for key, one in self.sittings.items()
            if one.body == body and holds(one, day)
        )

    def _sent(self, seat: object, day: date) -> tuple[tuple[str, str], ...]:
        sent = (one for one in self.sendings.values() if one.seat == seat and holds(one, day))
        return tuple(sorted((one.who, one.kind) for one in sent))


def holds(one: Spell, day: date) -> bool:
    return (one.first is None or one.first <= day) and (one.last is None or day <= one.last)


def days_of(page: Page) -> list[date]:
    """Every day on which something begins or ends, with the one before and the one after."""
    spells: list[Spell] = [*page.sittings.values(), *page.sendings.values()]
    turns = {day for one in spells for day in (one.first, one.last) if day}
    return sorted({day + step * DAY for day in turns for step in (-1, 0, 1)})


class MinuteBook:
    """What was entered, act by act."""

    def __init__(self) -> None:
        self.now = Page()
        self.instants: list[datetime] = []
        self.pages: list[Page] = []

    def known(self, at: datetime) -> Page:
        """What was held to be true on that instant."""
        found = bisect_right(self.instants, at)
        return self.pages[found - 1] if found else Page()

    def close(self, at: datetime) -> None:
        """An act is done: this is what is known from then on."""
        self.instants.append(at)
        self.pages.append(deepcopy(self.now))

    def ends(self, key: object, last: date) -> None:
        self.now.sittings[key].last = last
        self._cut(self.now.sendings, last, {key})

    def takes_role(self, key: object, new: object, role: str, first: date) -> None:
        before = self.now.sittings[key]
        self.now.sittings[new] = replace(before, role=role, first=first)
        before.last = first - DAY
        for name, one in list(self.now.sendings.items()):
            if one.seat != key or (one.last is not None and one.last < first):
                continue
            if one.first is not None and one.first >= first:
                one.seat = new
            else:
                self.now.sendings[new, name] = replace(one, seat=new, first=first)
                one.last = first - DAY

    def withdraws(self, key: object) -> None:
        del self.now.sittings[key]
        for name in [name for name, one in self.now.sendings.items() if one.seat == key]:
            del self.now.sendings[name]

    def ends_all(self, body: str, last: date) -> None:
        keys = {key for key, one in self.now.sittings.items() if one.body == body}
        self._cut(self.now.sendings, last, keys)
        for key in keys:
            one = self.now.sittings[key]
            if one.first is not None and one.first > last:
                del self.now.sittings[key]
            elif one.last is None or one.last > last:
                one.last = last

    @staticmethod
    def _cut(sendings: dict[object, Sending], last: date, seats: set[object]) -> None:
        for name, one in list(sendings.items()):
            if one.seat not in seats or (one.last is not None and one.last <= last):
                continue
            if one.first is not None and one.first > last:
                del sendings[name]
            else:
                one.last = last
