"""What the reports on partitions say, and what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.territory import queries
from tavolo.territory.actions import place_network, set_members
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
)
from tests.factories.counting import ENOUGH
from tests.factories.districts import a_district, a_unit
from tests.factories.people import a_network
from tests.factories.territory import MEN, WOMEN, YEAR, a_municipality, a_province

pytestmark = pytest.mark.django_db

HEALTH, SCHOOL, UNION, PROJECT = (
    "health_social_district",
    "education_area",
    "municipal_union",
    "project_area",
)
DAY = date(2024, 6, 1)


@pytest.fixture
def province() -> Area:
    found = a_province()
    for name in ("Altopascio", "Barga", "Camaiore", "Dozza"):
        a_municipality(name, province=found)
    return found


@pytest.fixture
def towns(province: Area) -> list[Municipality]:
    return list(Municipality.objects.order_by("sort_key"))


def names(places) -> list[str]:
    return [place.unit or place.name for place in places]


def test_gaps_and_overlaps_are_said(province, towns) -> None:
    first, second, third, _fourth = towns
    plain = a_district("Piana", first, second)
    valley = a_district("Valle", third)
    # An overlap that no action lets happen, as an old database may hold it.
    AreaMembership.objects.create(area=valley, municipality=first)

    found = queries.partitions([HEALTH, UNION, PROJECT], within=province, on=DAY)

    health = found[HEALTH]
    assert [(area.name, names(area.places)) for area in health.areas] == [
        ("Piana", ["Altopascio", "Barga"]),
        ("Valle", ["Altopascio", "Camaiore"]),
    ]
    assert names(health.gaps) == ["Dozza"]
    assert [(names([one.place]), [area.name for area in one.areas]) for one in health.overlaps] == [
        (["Altopascio"], ["Piana", "Valle"])
    ]
    assert (health.municipalities, health.must_cover, health.is_sound) == (4, True, False)
    assert (found[UNION].must_cover, found[UNION].is_sound) == (False, True)
    assert len(found[UNION].gaps) == 4
    assert plain.pk == health.areas[0].key


def test_what_may_overlap_is_no_fault(province, towns) -> None:
    for name in ("Uno", "Due"):
        a_district(name, towns[0], kind=PROJECT)
    found = queries.partitions([PROJECT], within=province, on=DAY)[PROJECT]
    assert [area.name for area in found.areas] == ["Due", "Uno"]
    assert (found.overlaps, found.is_sound) == ((), True)


def test_areas_say_how_far_they_reach_beyond_and_what_is_demonstration(province, towns) -> None:
    elsewhere = a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    a_district("Larga", towns[0], elsewhere)
    (area,) = queries.partitions([HEALTH], within=province, on=DAY)[HEALTH].areas
    assert (names(area.places), area.beyond, area.demonstration) == (["Altopascio"], 1, False)
    AreaMembership.objects.filter(area__kind=HEALTH, municipality=elsewhere).update(
        demonstration=True
    )
    (area,) = queries.partitions([HEALTH], within=province, on=DAY)[HEALTH].areas
    assert area.demonstration


def test_a_network_and_the_whole_country_are_territories_too(province, towns) -> None:
    network = a_network()
    place_network(network=network, municipality=towns[0], by=OPERATOR)
    a_municipality("Aulla", province=a_province("045", "Massa-Carrara"))
    counted = [
        queries.partitions([HEALTH], within=within, on=DAY)[HEALTH].municipalities
        for within in (network, province, None)
    ]
    assert counted == [1, 4, 5]


def test_residents_are_of_the_latest_year_not_after_the_day(province, towns) -> None:
    a_district("Piana", *towns[:2])
    Population.objects.filter(municipality=towns[0]).delete()
    area = queries.partitions([HEALTH], within=province, on=DAY)[HEALTH].areas[0]
    assert area.residents == queries.Residents(YEAR, WOMEN, MEN, 1, 2)
    before = queries.partitions([HEALTH], within=province, on=date(2022, 12, 31))[HEALTH].areas[0]
    assert before.residents.total is None


def test_a_municipality_divided_by_a_kind_is_seen_in_its_parts(province, towns) -> None:
    milan = towns[0]
    north, south = a_unit(milan, "Municipio 1"), a_unit(milan, "Municipio 2")
    a_unit(milan, "Zona chiusa", valid_until=date(2016, 1, 1))
    a_district("Nord", kind=SCHOOL, units=[north])
    a_district("Intera", milan)

    found = queries.partitions([SCHOOL, HEALTH], within=province, on=DAY)

    assert names(found[SCHOOL].areas[0].places) == ["Municipio 1"]
    assert found[SCHOOL].areas[0].residents.total is None
    assert names(found[SCHOOL].gaps) == ["Municipio 2", "Barga", "Camaiore", "Dozza"]
    assert names(found[HEALTH].areas[0].places) == ["Altopascio"]
    report = queries.compare(HEALTH, SCHOOL, within=province, on=DAY)
    (pair,) = report.pairs
    assert names(pair.shared) == ["Municipio 1"]
    assert (pair.residents.known, pair.residents.municipalities) == (0, 1)
    assert [area.name for area in report.split_one] == ["Intera"]
    assert (pair.one_inside, pair.other_inside) == (False, True)
    a_district("Sud", kind=SCHOOL, units=[south])
    both = queries.compare(HEALTH, SCHOOL, within=province, on=DAY)
    assert [pair.residents.known for pair in both.pairs] == [0, 0]
    assert both.pairs_of(both.one.areas[0]) == both.pairs


def test_areas_coincide_lie_inside_or_are_split(province, towns) -> None:
    first, second, third, fourth = towns
    a_district("Piana", first, second)
    a_district("Valle", third, fourth)
    a_district("Scuole A", first, kind=SCHOOL)
    a_district("Scuole B", second, kind=SCHOOL)
    a_district("Scuole C", third, fourth, kind=SCHOOL)

    report = queries.compare(HEALTH, SCHOOL, within=province, on=DAY)

    assert [(pair.one.name, pair.other.name) for pair in report.coinciding] == [
        ("Valle", "Scuole C")
    ]
    assert [area.name for area in report.split_one] == ["Piana"]
    assert report.split_other == ()
    assert not report.agree
    same = queries.compare(HEALTH, HEALTH, within=province, on=DAY)
    assert same.agree


def test_what_both_sides_leave_out_is_no_difference(province, towns) -> None:
    for kind in (HEALTH, SCHOOL):
        a_district("Piana", *towns[:2], kind=kind)
    report = queries.compare(HEALTH, SCHOOL, within=province, on=DAY)
    assert report.agree
    assert names(report.one.gaps) == names(report.other.gaps) == ["Camaiore", "Dozza"]
    assert (report.on, report.year) == (DAY, YEAR)
    assert queries.compare(UNION, PROJECT, within=province, on=DAY).agree


def test_places_bear_the_name_and_code_of_the_day(province, towns) -> None:
    town = towns[0]
    MunicipalityVersion.objects.filter(municipality=town).update(valid_from=date(2025, 1, 1))
    MunicipalityVersion(
        municipality=town, name="Pascio", istat_code="000000", valid_until=date(2025, 1, 1)
    ).save()
    a_district("Piana", town)
    for day, said in (
        (DAY, ("Pascio", "000000")),
        (date(2025, 1, 1), ("Altopascio", town.istat_code)),
    ):
        (area,) = queries.partitions([HEALTH], within=province, on=day)[HEALTH].areas
        assert (area.places[0].name, area.places[0].istat_code) == said


def test_who_is_no_more_is_not_there(province, towns) -> None:
    a_district("Piana", *towns)
    Municipality.objects.filter(pk=towns[0].pk).update(valid_until=date(2020, 1, 1))
    found = queries.partitions([HEALTH], within=province, on=DAY)[HEALTH]
    assert names(found.areas[0].places) == ["Barga", "Camaiore", "Dozza"]
    assert found.gaps == ()


def test_before_a_metropolitan_city_its_province_is_the_territory(province, towns) -> None:
    begun = date(2015, 1, 1)
    city = Area.objects.create(kind="metropolitan_city", code="237", name="Città", title="Città")
    AreaMembership.objects.filter(area=province).update(valid_until=begun)
    Area.objects.filter(pk=province.pk).update(successor=city)
    set_members(area=city, day=begun, municipalities=towns, by=OPERATOR)
    network: Network = a_network()
    place_network(network=network, area=city, by=OPERATOR)
    a_district("Piana", towns[0])
    for within in (city, network):
        for day in (date(2014, 12, 31), begun):
            assert queries.partitions([HEALTH], within=within, on=day)[HEALTH].municipalities == 4


@pytest.mark.parametrize("number", ENOUGH)
def test_queries_do_not_grow(number: int) -> None:
    province = a_province()
    made = [a_municipality(f"C{n}", province=province, drawn=False) for n in range(number)]
    for kind in (HEALTH, SCHOOL):
        half = a_district("Prima", *made[::2], kind=kind)
        a_district("Seconda", *made[1::2], kind=kind)
        unit = a_unit(made[0])
        set_members(area=half, day=DAY, municipalities=made[2::2], units=[unit], by=OPERATOR)
    network = a_network()
    place_network(network=network, area=province, by=OPERATOR)
    for within in (province, network, None):
        for asked in (
            lambda: queries.compare(HEALTH, SCHOOL, within=within, on=DAY),  # noqa: B023
            lambda: queries.partitions([HEALTH, SCHOOL, UNION], within=within, on=DAY),  # noqa: B023
        ):
            with CaptureQueriesContext(connection) as counted:
                asked()
            assert len(counted) == 4
