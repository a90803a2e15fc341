"""Holidays: since when, until when, and Easter."""

from datetime import date, timedelta

import dateutil.easter
import holidays as other
import pytest

from tavolo.kernel.terms import ITALY, Holiday, easter
from tavolo.kernel.terms.holidays import in_year


def test_easter_is_that_of_another_computation() -> None:
    years = range(1583, 3000)
    assert [easter(year) for year in years] == [dateutil.easter.easter(year) for year in years]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(1976, 6, 2), True),
        (date(1977, 6, 2), False),
        (date(2000, 6, 2), False),
        (date(2001, 6, 2), True),
        (date(1977, 1, 6), True),
        (date(1978, 1, 6), False),
        (date(1985, 1, 6), True),  # a Sunday
        (date(1984, 1, 6), False),
        (date(1986, 1, 6), True),
        (date(2025, 10, 4), False),
        (date(2027, 10, 4), True),
        (date(1976, 3, 19), True),
        (date(1979, 3, 19), False),
        (date(1976, 5, 27), True),  # Ascension
        (date(1976, 6, 17), True),  # Corpus Christi
        (date(1978, 5, 4), False),
        (date(1976, 6, 29), True),
        (date(1976, 11, 4), True),
        (date(1977, 11, 4), False),
        (date(2026, 4, 6), True),
        (date(2027, 3, 29), True),
        (date(2026, 12, 7), False),
        (date(2026, 11, 22), True),  # any Sunday
    ],
)
def test_a_holiday_holds_from_its_law_to_the_next(day: date, holds: bool) -> None:
    assert (day in ITALY) is holds


@pytest.mark.parametrize("year", range(2008, 2031))
def test_they_are_those_that_another_calendar_knows(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    theirs = other.country_holidays("IT", years=[year])
    assert [day for day in days if day.year == year and day in ITALY] == [
        day for day in days if day.year == year and (day.weekday() == 6 or day in theirs)
    ]


def test_the_patron_saint_is_one_more_from_its_day() -> None:
    here = ITALY.and_patron(12, 7, valid_from=date(2026, 1, 1), source="Milano")
    assert [date(year, 12, 7) in here for year in (2024, 2026, 2027)] == [False, True, True]
    assert date(2026, 12, 7) not in ITALY


def test_a_patron_on_29_february_is_one_of_leap_years() -> None:
    here = ITALY.and_patron(2, 29)
    assert [key for year in (2027, 2028) for key in in_year(here, year).values()].count(
        "patron"
    ) == 1


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        Holiday("never", "", 2, 30)


def test_saturdays_work_where_somebody_says_so() -> None:
    saturday = date(2026, 11, 21)
    assert [ITALY.works(saturday), ITALY.works(saturday, saturday=True)] == [False, True]
    assert saturday not in ITALY


def test_each_holiday_names_its_law() -> None:
    assert [holiday.key for holiday in ITALY.days if not holiday.source] == []
