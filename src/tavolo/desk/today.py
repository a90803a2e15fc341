"""What falls due, gathered from every room: sorted, grouped in words, chosen and paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.network import one_rule_book
from tavolo.kernel.plugs import Due, DueSource, due_sources
from tavolo.kernel.text import sort_key

AHEAD = timedelta(days=30)
WEEK = timedelta(days=7)
PAGE = 50


@dataclass(frozen=True)
class Thing:
    """Something due, and the source that told it."""

    source: DueSource
    due: Due


@dataclass(frozen=True)
class Group:
    """Things that are due together; `count` of them on all pages, `things` on this one."""

    key: str
    label: Sentence
    count: int
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: the things of one network, of one source; "" and None are all."""

    kind: str = ""
    network: UUID | None = None

    def __contains__(self, thing: Thing) -> bool:
        return (not self.kind or thing.source.slug == self.kind) and (
            self.network is None or thing.due.network == self.network
        )


LABELS: dict[str, Sentence] = {
    "overdue": _("Term passed"),
    "today": _("Today"),
    "week": _("In the next seven days"),
    "later": _("Later"),
    "open": _("Without a term"),
}


def things_due(actor: Actor, *, on: date) -> list[Thing]:
    """All that waits for the actor until thirty days from then, the oldest first."""
    with one_rule_book():
        found = [
            Thing(source, due)
            for source in _sources()
            for due in source.due(actor, on=on, until=on + AHEAD)
        ]
    return sorted(found, key=_place)


def things_owed(organisations: Sequence[UUID], *, actor: Actor, on: date) -> list[Thing]:
    """All that those organisations owe and the actor may see, the oldest first."""
    found = [
        Thing(source, due)
        for source in _sources()
        for due in source.owed(organisations, actor=actor, on=on)
    ]
    return sorted(found, key=_place)


def grouped(things: Sequence[Thing], *, on: date, page: int = 1) -> list[Group]:
    """By when they are due, those alone that stand on that page; each says how many there are in all."""
    shown = things[(page - 1) * PAGE : page * PAGE]
    keys = [group_of(thing.due, on=on) for thing in things]
    return [
        Group(key, label, keys.count(key), here)
        for key, label in LABELS.items()
        if (here := tuple(thing for thing in shown if group_of(thing.due, on=on) == key))
    ]


def group_of(due: Due, *, on: date) -> str:
    if due.last_day is None:
        return "open"
    if due.last_day < on:
        return "overdue"
    if due.last_day == on:
        return "today"
    return "week" if due.last_day <= on + WEEK else "later"


def pages_of(things: Sequence[Thing]) -> int:
    return max(1, -(-len(things) // PAGE))


def _sources() -> list[DueSource]:
    return sorted(due_sources, key=lambda source: source.order)


def _place(thing: Thing) -> tuple[date, date, int, str, str]:
    due = thing.due
    return (
        due.last_day or date.max,
        due.since or date.max,
        thing.source.order,
        sort_key(due.title),
        due.key,
    )
