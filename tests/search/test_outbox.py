"""Changes whose transactions end out of order are all read."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest

from tavolo.kernel import clock
from tavolo.search import outbox
from tavolo.search.index.shelf import State
from tavolo.search.models import SearchChange

pytestmark = pytest.mark.django_db


def a_change(number: int, *, ago: timedelta = timedelta()) -> SearchChange:
    return SearchChange.objects.create(
        id=number, kind="people.person", uid=uuid4(), changed_at=clock.now() - ago
    )


def state(last: int = 0, **more) -> State:
    return State("", clock.today(), time.time(), last, **more)


def ids(found: State) -> list[int]:
    return [change.id for change in outbox.unread(found)]


def test_later_changes_are_unread() -> None:
    for number in (10, 11, 12):
        a_change(number)
    assert ids(state(10)) == [11, 12]


def test_a_change_that_comes_late_is_read_once() -> None:
    for number in (11, 14):
        a_change(number)
    first = outbox.read(state(10), outbox.unread(state(10)))
    assert (first.last, [hole[:2] for hole in first.holes]) == (14, [(12, 13)])
    a_change(12)
    assert ids(first) == [12]
    second = outbox.read(first, outbox.unread(first))
    assert (second.last, [hole[:2] for hole in second.holes]) == (14, [(13, 13)])
    assert ids(second) == []


def test_a_hole_that_stays_for_an_hour_is_let_go() -> None:
    old = time.time() - outbox.HOLES_LAST.total_seconds() - 1
    found = state(14, holes=((12, 13, old),))
    a_change(15)
    assert outbox.read(found, outbox.unread(found)).holes == ()


def test_a_building_begins_with_the_holes_of_the_last_hour() -> None:
    assert outbox.beginning() == (0, ())
    a_change(3, ago=timedelta(hours=2))
    a_change(7)
    a_change(9)
    last, holes = outbox.beginning()
    assert (last, [hole[:2] for hole in holes]) == (9, [(8, 8)])


def test_old_changes_are_dropped_but_for_the_last() -> None:
    a_change(1, ago=timedelta(days=8))
    a_change(2, ago=timedelta(days=8))
    assert outbox.forget_old() == 1
    assert list(SearchChange.objects.values_list("id", flat=True)) == [2]
