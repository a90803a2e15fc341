from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tavolo.kernel import clock


def test_this_instant_is_in_utc():
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_is_the_one_in_italy(instant, day):
    with time_machine.travel(instant, tick=False):
        assert clock.today() == day


def test_an_hour_that_comes_twice_is_two_instants():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)
    assert [clock.in_rome(each).strftime("%H:%M %Z") for each in (first, again)] == [
        "02:30 CEST",
        "02:30 CET",
    ]
    assert clock.in_rome(first).astimezone(UTC) == first
