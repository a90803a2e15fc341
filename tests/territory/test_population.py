"""Population by year: which year a day shows, and what a merger makes of the series."""

from datetime import date

import pytest

from tavolo.territory import queries
from tavolo.territory.models import Population
from tests.factories.territory import YEAR, a_municipality

pytestmark = pytest.mark.django_db


def counted(town, year, women, men, **more):
    return Population.objects.create(
        municipality=town, year=year, women=women, men=men, total=women + men, bands={}, **more
    )


def test_a_day_shows_the_latest_year_that_is_not_after_it():
    town = a_municipality()
    counted(town, 2011, 10, 12)

    def shown(day):
        found = queries.population_on(town, day)
        return found and (found.year, found.total)

    assert shown(date(2010, 12, 31)) is None
    assert shown(date(2011, 1, 1)) == (2011, 22)
    assert shown(date(2022, 12, 31)) == (2011, 22)
    assert shown(date(2026, 11, 22)) == (YEAR, 1000)


def test_the_year_for_sums_is_the_latest_that_anybody_has():
    assert queries.population_year(date(2026, 1, 1)) is None
    counted(a_municipality("Altro"), 2011, 10, 12)

    assert queries.population_year(date(2010, 1, 1)) is None
    assert queries.population_year(date(2015, 1, 1)) == 2011
    assert queries.population_year(date(2026, 1, 1)) == YEAR


def test_the_series_is_in_order_of_years():
    town = a_municipality(people=None)
    for year in (2021, 2019, 2020):
        counted(town, year, year, 0)

    series = queries.population_series(town)

    assert [(row.year, row.total) for row in series] == [
        (2019, 2019),
        (2020, 2020),
        (2021, 2021),
    ]
