"""Until when a check is concluded, as the law of each day has it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel.network import RuleBook, UnknownValue
from tavolo.tables.checking.choices import StepKind
from tavolo.tables.checking.terms import (
    INTEGRATION,
    LONGEST_PAUSE,
    OBSERVATIONS,
    Happened,
    concluded_by,
    last_day,
)

BOOK = RuleBook({})
START = date(2026, 3, 2)
ASKED, CAME = StepKind.INTEGRATION_ASKED, StepKind.INTEGRATION_CAME
ANNOUNCED, OBSERVED = StepKind.REJECTION_ANNOUNCED, StepKind.OBSERVATIONS_CAME


def by(*steps: Happened, start: date = START, length: int | None = None) -> date | None:
    return concluded_by(start, steps, book=BOOK, length=length).last_day


def test_thirty_days_where_the_notice_sets_none() -> None:
    assert by() == date(2026, 4, 1)
    assert by(length=60) == date(2026, 5, 4)  # 1 May is a holiday, then come Saturday and Sunday


@pytest.mark.parametrize(
    ("came", "last"),
    [
        (date(2026, 3, 15), date(2026, 4, 7)),  # five days stood still: 6 April is Easter Monday
        (date(2026, 3, 20), date(2026, 4, 13)),  # ten days, and what is left ends on a Saturday
        (date(2026, 3, 25), date(2026, 4, 13)),  # too late: the term of the request had passed
        (None, date(2026, 4, 13)),
    ],
)
def test_an_integration_stops_the_clock(came: date | None, last: date) -> None:
    steps = [Happened(ASKED, date(2026, 3, 10), date(2026, 3, 20))]
    steps += [Happened(CAME, came)] if came else []
    assert by(*steps) == last


def test_a_second_integration_stops_nothing() -> None:
    first = Happened(ASKED, date(2026, 3, 10), date(2026, 3, 20))
    again = Happened(ASKED, date(2026, 3, 23), date(2026, 3, 30))
    assert by(first, Happened(CAME, date(2026, 3, 20)), again) == date(2026, 4, 13)


def test_no_integration_stops_it_for_more_than_thirty_days() -> None:
    steps = Happened(ASKED, date(2026, 3, 10), date(2026, 6, 30))
    assert by(steps) == date(2026, 5, 4)
    assert last_day(LONGEST_PAUSE, date(2026, 3, 10), book=BOOK) == date(2026, 4, 9)


@pytest.mark.parametrize(
    ("observed", "last"),
    [
        (date(2026, 3, 16), date(2026, 4, 17)),  # until ten days after: sixteen days
        (date(2026, 3, 27), date(2026, 4, 13)),  # after the term: it stood still until the term
        (None, date(2026, 4, 13)),
    ],
)
def test_an_announced_rejection_stops_it_since_2020(observed: date | None, last: date) -> None:
    steps = [Happened(ANNOUNCED, date(2026, 3, 10), date(2026, 3, 20))]
    steps += [Happened(OBSERVED, observed)] if observed else []
    assert by(*steps) == last


@pytest.mark.parametrize(
    ("observed", "last"), [(date(2015, 3, 16), date(2015, 4, 15)), (None, date(2015, 4, 20))]
)
def test_until_2020_the_term_began_anew(observed: date | None, last: date) -> None:
    steps = [Happened(ANNOUNCED, date(2015, 3, 10), date(2015, 3, 20))]
    steps += [Happened(OBSERVED, observed)] if observed else []
    assert by(*steps, start=date(2015, 3, 2)) == last


def test_terms_of_who_applied() -> None:
    assert last_day(INTEGRATION, date(2026, 3, 10), book=BOOK) == date(2026, 3, 20)
    assert last_day(OBSERVATIONS, date(2026, 3, 11), book=BOOK) == date(2026, 3, 23)
    with pytest.raises(UnknownValue):
        last_day(OBSERVATIONS, date(2004, 3, 11), book=BOOK)


@given(
    gaps=st.lists(st.integers(0, 40), min_size=4, max_size=4),
    observed=st.booleans(),
    answered=st.booleans(),
)
def test_whatever_happens_never_shortens_the_term(
    gaps: Sequence[int], observed: bool, answered: bool
) -> None:
    days = [START + timedelta(sum(gaps[: n + 1])) for n in range(4)]
    steps = [Happened(ASKED, days[0], days[0] + timedelta(10))]
    steps += [Happened(CAME, days[1])] if answered else []
    steps += [Happened(ANNOUNCED, days[2], days[2] + timedelta(10))]
    steps += [Happened(OBSERVED, days[3])] if observed else []
    last = by(*steps)
    plain = by()
    assert last is not None
    assert plain is not None
    assert plain <= last <= plain + timedelta(30 + 20 + 5)
