"""Population by year: which year a day shows, and what a merger makes of the series."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from tavolo.territory import queries
from tavolo.territory.actions import import_national_extract
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.models import AreaMembership, Municipality, Population, Succession
from tests.factories.territory import YEAR, a_municipality, a_province

pytestmark = pytest.mark.django_db


def counted(town, year, women, men, ages=None):
    return Population.objects.create(
        municipality=town, year=year, women=women, men=men, total=women + men, bands=ages or {}
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


DAY, ONE_DAY = date(2014, 1, 1), timedelta(days=1)


def went_into(into, *towns, day=DAY, kind="merger"):
    for town in towns:
        Succession.objects.create(predecessor=town, successor=into, day=day, kind=kind)


def people(town, year):
    row = Population.objects.filter(municipality=town, year=year).first()
    return row and (row.women, row.men, row.derived)


@pytest.fixture
def three():
    """Bazzano and Crespellano, and what was made of them; in one province."""
    province = a_province()
    return [
        a_municipality(name, province=province, people=None)
        for name in ("Bazzano", "Crespellano", "Valsamoggia")
    ]


def test_what_was_made_of_several_has_their_sum_for_the_years_before(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano)
    for year in (2012, 2013, 2014, 2015):
        counted(bazzano, year, 10, 20)
        counted(crespellano, year, 1, 2)

    assert derive_populations() == 2

    # In 2014 it was there on 1 January already; nobody counted it, and nobody sums it up.
    assert [people(valsamoggia, year) for year in (2012, 2013, 2014, 2015)] == [
        (11, 22, True),
        (11, 22, True),
        None,
        None,
    ]


def test_born_in_the_middle_of_a_year_it_has_the_sum_of_that_year_too(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano, day=date(2019, 2, 8))
    counted(bazzano, 2019, 10, 20)
    counted(crespellano, 2019, 1, 2)

    derive_populations()

    assert people(valsamoggia, 2019) == (11, 22, True)


def test_where_one_is_not_known_there_is_no_sum(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano)
    counted(bazzano, 2012, 10, 20)

    assert derive_populations() == 0
    assert people(valsamoggia, 2012) is None


def test_a_part_of_somebody_leaves_it_undetermined(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano)
    went_into(valsamoggia, crespellano, kind="part")
    counted(bazzano, 2012, 10, 20)
    counted(crespellano, 2012, 1, 2)

    assert derive_populations() == 0
    assert people(valsamoggia, 2012) is None


def test_what_was_counted_stays(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano)
    for town in three:
        counted(town, 2012, 10, 20)

    assert derive_populations() == 0
    assert people(valsamoggia, 2012) == (10, 20, False)


def test_sums_follow_what_they_are_made_of_and_go_with_it(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano)
    counted(bazzano, 2012, 10, 20)
    counted(crespellano, 2012, 1, 2)
    derive_populations()
    first = Population.objects.get(municipality=valsamoggia).pk

    assert derive_populations() == 0
    Population.objects.filter(municipality=bazzano).update(women=100, total=120)
    assert derive_populations() == 1
    assert people(valsamoggia, 2012) == (101, 22, True)
    assert Population.objects.get(municipality=valsamoggia).pk == first

    Succession.objects.all().delete()
    assert derive_populations() == 1
    assert people(valsamoggia, 2012) is None


def test_ages_are_summed_up_where_the_bands_are_the_same(three):
    bazzano, crespellano, valsamoggia = three
    went_into(valsamoggia, bazzano, crespellano)
    bands = {"from": [0, 65], "women": [8, 2], "men": [15, 5]}
    other = {"from": [0], "women": [1], "men": [2]}
    for year, second in ((2011, bands), (2012, other), (2013, {})):
        counted(bazzano, year, 10, 20, ages=bands)
        counted(crespellano, year, sum(second.get("women", [1])), 20, ages=second)

    derive_populations()

    sums = Population.objects.filter(municipality=valsamoggia).order_by("year")
    assert [row.bands for row in sums] == [
        {"from": [0, 65], "women": [16, 4], "men": [30, 10]},
        {},
        {},
    ]


def test_mergers_of_mergers_and_of_those_that_had_taken_in_another(three):
    bazzano, crespellano, valsamoggia = three
    province = bazzano.province
    taken, whole = (
        a_municipality(name, province=province, people=None) for name in ("Preso", "Tutto")
    )
    went_into(bazzano, taken, day=date(2012, 5, 1), kind="incorporation")
    went_into(valsamoggia, bazzano, crespellano)
    went_into(whole, valsamoggia, day=date(2018, 1, 1))
    for year in (2012, 2013):
        counted(bazzano, year, 10, 0)
        counted(crespellano, year, 1, 0)
        counted(taken, year, 100, 0)
    counted(valsamoggia, 2017, 1000, 0)

    derive_populations()

    # In 2012 Bazzano had not taken it in yet, in 2013 it had.
    assert [people(valsamoggia, year) for year in (2012, 2013)] == [(111, 0, True), (11, 0, True)]
    assert [people(whole, year) for year in (2012, 2013, 2017)] == [
        (111, 0, True),
        (11, 0, True),
        (1000, 0, True),
    ]


def test_what_was_entered_in_a_circle_has_no_sum(three):
    one, two, three_ = three
    went_into(two, one)
    went_into(one, two)
    went_into(three_, two)
    counted(two, 2012, 1, 1)

    derive_populations()

    assert people(three_, 2012) == (1, 1, True)
    assert people(one, 2012) == (1, 1, True)


def test_a_merger_leaves_every_series_continuous():
    """The sums of provinces and regions of each year are the same on the day before and after."""
    import_national_extract()
    gone = Municipality.objects.filter(went_into__isnull=False).order_by("istat_code")
    for number, town in enumerate(gone, start=1):
        for year in (2001, 2011, 2013, 2015, 2018, 2019, 2022):
            if date(year, 1, 1) < town.valid_until:
                counted(town, year, 100 * number + year, 90 * number)
    derive_populations()

    for merged in Municipality.objects.filter(came_from__isnull=False).distinct():
        born = merged.valid_from
        for year in (2001, 2011, 2013, 2015, 2018, 2019, 2022):
            if date(year, 1, 1) < born:
                eve, day = (sums_around(merged, on, year) for on in (born - ONE_DAY, born))
                assert eve == day, (merged.name, year)
                assert day[0] > 0, (merged.name, year)


def sums_around(town, on, year):
    """Women and men of that year in the region and the province (or city) of that day, by addition."""
    letters = town.province.short
    totals = []
    for homes in (Q(area__kind="region", area=town.region), Q(area__short=letters)):
        members = AreaMembership.objects.on(on).filter(homes).values("municipality")
        rows = Population.objects.filter(year=year, municipality__in=members)
        totals += [sum(row.women for row in rows), sum(row.men for row in rows)]
    return totals
