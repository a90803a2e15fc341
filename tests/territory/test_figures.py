"""The figures that maps are shaded by: their contract, their numbers, and what they do not know."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from tavolo.territory.models import Municipality, Population
from tavolo.territory.plugs import Figure, Part, figure_by_slug, figures
from tests.factories.territory import a_municipality, a_province

TODAY = date(2026, 11, 22)
KEYS = {
    "residents": "residenti",
    "density": "densita",
    "women_share": "donne",
    "under_3_share": "sotto-3",
    "65_and_over_share": "65-e-oltre",
    "surface": "superficie",
}


def read(key: str, on: date = TODAY):
    return figures.get(key).read(Municipality.objects.all(), on)


def value(key: str, *towns: Municipality) -> float | None:
    parts = read(key).parts
    return figures.get(key).value(parts[town.pk] for town in towns if town.pk in parts)


def test_keys_and_words_of_addresses_are_for_ever():
    assert {figure.key: figure.slug for figure in figures} == KEYS


def test_an_unknown_word_has_no_figure():
    assert figure_by_slug("felicita") is None
    assert figure_by_slug("densita") is figures.get("density")


@pytest.mark.parametrize("figure", figures.all(), ids=lambda figure: figure.key)
@pytest.mark.django_db
class TestContract:
    """What every figure keeps, those of other rooms too."""

    def test_it_has_words_in_both_languages(self, figure: Figure):
        for language in ("it", "en"):
            with override(language):
                assert str(figure.label)
                assert isinstance(str(figure.unit), str)

    def test_it_answers_for_none(self, figure: Figure):
        known = figure.read(Municipality.objects.none(), TODAY)

        assert dict(known.parts) == {}
        assert figure.value(known.parts.values()) is None

    def test_it_asks_as_often_for_many_as_for_one(self, figure: Figure):
        province = a_province(municipalities=1)
        asked = []
        for more in (0, 9, 190):
            for _number in range(more):
                a_municipality(province=province, drawn=False)
            with CaptureQueriesContext(connection) as seen:
                dict(figure.read(Municipality.objects.all(), TODAY).parts)
            asked.append(len(seen))

        assert len(set(asked)) == 1
        assert asked[0] <= 3

    def test_it_leaves_out_what_it_does_not_know(self, figure: Figure):
        town = a_municipality(people=None, drawn=False)
        Municipality.objects.update(km2=None)

        assert town.pk not in figure.read(Municipality.objects.all(), TODAY).parts

    def test_equal_editions_of_two_days_mean_equal_answers(self, figure: Figure):
        a_municipality()
        others = [date(2023, 1, 1), date(2024, 7, 7), date(1999, 1, 1)]
        for day in others:
            if figure.edition(day) == figure.edition(TODAY):
                assert read(figure.key, day) == read(figure.key)


@pytest.mark.django_db
def test_the_numbers_are_those_of_the_source():
    """520 women and 480 men on 10 km²; 130 under 14, 280 of 65 and more."""
    town = a_municipality()

    found = {key: value(key, town) for key in KEYS}

    assert found == {
        "residents": 1000,
        "density": 100,
        "women_share": 52,
        "under_3_share": None,  # the bands of this source are not cut at three
        "65_and_over_share": 28,
        "surface": 10,
    }


@pytest.mark.django_db
def test_ages_are_cut_where_the_source_cuts_them():
    town = a_municipality()
    ages = {"from": [0, 3, 65], "women": [20, 300, 200], "men": [30, 290, 160]}
    Population.objects.filter(municipality=town).update(bands=ages)

    assert value("under_3_share", town) == 5
    Population.objects.filter(municipality=town).update(bands={})
    assert value("under_3_share", town) is None


@pytest.mark.django_db
def test_ratios_of_several_are_added_up_before_they_are_divided():
    province = a_province()
    crowded = a_municipality("Piena", province=province, people=(900, 100))
    empty = a_municipality("Vuota", province=province, people=(0, 10))

    assert value("density", crowded, empty) == 1010 / 20
    assert value("women_share", crowded, empty) == 100 * 900 / 1010


@pytest.mark.django_db
def test_a_day_before_the_data_is_not_answered_with_a_later_year():
    a_municipality()

    before = read("residents", date(2022, 12, 31))

    assert (dict(before.parts), before.note) == ({}, "")
    assert read("residents", date(2023, 1, 1)).note == "residenti al 1° gennaio 2023"


@pytest.mark.django_db
def test_each_figure_says_of_when_it_is():
    town = a_municipality()
    Municipality.objects.filter(pk=town.pk).update(boundary_year=2023)

    assert read("surface").note == "confini del 2023"
    assert read("density").note == "residenti al 1° gennaio 2023"


def test_a_ratio_to_nothing_is_not_known():
    assert figures.get("density").value([Part(5, 0)]) is None
    assert figures.get("residents").value([Part(0)]) == 0
