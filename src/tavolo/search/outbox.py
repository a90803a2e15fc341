"""Reading the outbox: every change once at least, however late its transaction ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from tavolo.kernel import clock
from tavolo.search.index.shelf import State
from tavolo.search.models import SearchChange

# A number that is not there by then belongs to a transaction that was rolled back.
HOLES_LAST = timedelta(hours=1)
KEPT = timedelta(days=7)

Hole = tuple[int, int, float]


@dataclass(frozen=True)
class Change:
    id: int
    kind: str
    uid: UUID
    at: datetime


def unread(state: State) -> list[Change]:
    """What the index has not seen: later changes, and earlier ones whose transaction ended later.

    On PostgreSQL numbers are given when a row is written and seen when its transaction ends.
    """
    wanted = Q(id__gt=state.last)
    for first, last, _at in state.holes:
        wanted |= Q(id__range=(first, last))
    rows = SearchChange.objects.filter(wanted).order_by("id")
    return [Change(*row) for row in rows.values_list("id", "kind", "uid", "changed_at")]


def read(state: State, changes: Sequence[Change]) -> State:
    """The state after those changes; holes that are too old to be filled are let go."""
    now = clock.now().timestamp()
    ids = [change.id for change in changes]
    fresh = [hole for hole in state.holes if hole[2] > now - HOLES_LAST.total_seconds()]
    old = [part for hole in fresh for part in _without(hole, ids)]
    beyond = [number for number in ids if number > state.last]
    new = [(first, last, now) for first, last in _gaps(state.last, beyond)]
    return replace(state, last=max([state.last, *beyond]), holes=(*old, *new))


def beginning() -> tuple[int, tuple[Hole, ...]]:
    """Up to where an index that is built now need not read, and the holes of the last hour below that."""
    now = clock.now()
    last = SearchChange.objects.aggregate(last=Max("id"))["last"] or 0
    recent = SearchChange.objects.filter(changed_at__gt=now - HOLES_LAST, id__lte=last)
    ids = list(recent.order_by("id").values_list("id", flat=True))
    gaps = _gaps(ids[0], ids[1:]) if ids else ()
    return last, tuple((first, end, now.timestamp()) for first, end in gaps)


def highest() -> int:
    return SearchChange.objects.aggregate(last=Max("id"))["last"] or 0


def by_kind(changes: Iterable[Change]) -> Mapping[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for change in changes:
        found[change.kind].add(change.uid)
    return found


def forget_old() -> int:
    """Drop what every index has read or will never need: it is built anew each day."""
    old = SearchChange.objects.filter(changed_at__lt=clock.now() - KEPT)
    # The last one stays: an index tells by it that its outbox is still the same.
    dropped, _each = old.exclude(id=highest()).delete()
    return dropped


def _gaps(before: int, ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    for number in ids:
        if number > before + 1:
            yield before + 1, number - 1
        before = number


def _without(hole: Hole, ids: Iterable[int]) -> Iterator[Hole]:
    """What is left of a hole when some of its numbers have come."""
    first, last, at = hole
    inside = sorted(number for number in ids if first <= number <= last)
    for begin, end in _gaps(first - 1, [*inside, last + 1]):
        yield begin, end, at
