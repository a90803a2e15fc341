"""Codes on days: a small history made by hand, from which every state can be asked."""

from datetime import date

import pytest

from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import AreaMembership, MunicipalityVersion, Succession
from tavolo.territory.queries import State
from tests.factories.territory import a_metropolitan_city, a_municipality, a_province

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def lives(town, *versions):
    """Give the municipality these versions (code, name, from, until) in place of the one it has."""
    town.versions.all().delete()
    for code, name, begins, ends in versions:
        MunicipalityVersion.objects.create(
            municipality=town, istat_code=code, name=name, valid_from=begins, valid_until=ends
        )
    town.valid_from, town.valid_until = versions[0][2], versions[-1][3]
    town.istat_code, town.name = versions[-1][:2]
    town.save()
    return town


def asked(code, day):
    found = queries.municipality_on(code, day)
    return found.state, found.version.istat_code, found.version.name


def test_a_municipality_that_always_was_is_found_on_every_day():
    town = a_municipality("Capannori", istat_code="046007")

    for day in (date(1861, 3, 17), TODAY):
        found = queries.municipality_on("046007", day)
        assert (found.municipality, found.version.name, found.state) == (
            town,
            "Capannori",
            State.VALID,
        )
        assert (found.predecessors, found.successors) == ((), ())


def test_a_code_that_nobody_ever_bore_is_not_there():
    a_municipality()

    for code in ("999999", "", "x"):
        with pytest.raises(NotFound):
            queries.municipality_on(code, TODAY)


def test_a_renamed_municipality_has_the_name_of_the_day():
    lives(
        a_municipality(),
        ("046001", "Monte", None, date(1930, 5, 1)),
        ("046001", "Monte Terme", date(1930, 5, 1), None),
    )

    assert asked("046001", date(1930, 4, 30)) == (State.VALID, "046001", "Monte")
    assert asked("046001", date(1930, 5, 1)) == (State.VALID, "046001", "Monte Terme")


def test_a_former_code_leads_to_the_code_of_the_day_and_back():
    lives(
        a_municipality(),
        ("104001", "Aggius", date(2006, 1, 1), date(2016, 4, 28)),
        ("090062", "Aggius", date(2016, 4, 28), None),
    )

    assert asked("104001", TODAY) == (State.OTHER_CODE, "090062", "Aggius")
    assert asked("090062", date(2010, 1, 1)) == (State.OTHER_CODE, "104001", "Aggius")


def test_before_the_first_and_after_the_last_day():
    lives(a_municipality(), ("037004", "Bazzano", date(1861, 3, 17), date(2014, 1, 1)))

    assert asked("037004", date(1861, 3, 16)) == (State.NOT_YET, "037004", "Bazzano")
    assert asked("037004", date(2013, 12, 31)) == (State.VALID, "037004", "Bazzano")
    assert asked("037004", date(2014, 1, 1)) == (State.NO_MORE, "037004", "Bazzano")


def test_between_two_lives():
    lives(
        a_municipality(),
        ("046002", "Villa", None, date(1928, 1, 1)),
        ("046002", "Villa Nuova", date(1947, 1, 1), None),
    )

    assert asked("046002", date(1935, 1, 1)) == (State.BETWEEN, "046002", "Villa")


def test_a_code_that_two_bore_one_after_the_other():
    province = a_province()
    lives(a_municipality(province=province), ("092001", "Prima", None, date(1974, 1, 1)))
    lives(
        a_municipality(province=province),
        ("092001", "Seconda", date(1975, 1, 1), date(1980, 1, 1)),
    )

    assert asked("092001", date(1973, 1, 1)) == (State.VALID, "092001", "Prima")
    assert asked("092001", date(1974, 6, 1)) == (State.NO_MORE, "092001", "Prima")
    assert asked("092001", date(1975, 1, 1)) == (State.VALID, "092001", "Seconda")
    assert asked("092001", TODAY) == (State.NO_MORE, "092001", "Seconda")


def test_kin_are_named_as_they_were_on_the_day_of_the_change():
    province, day = a_province(), date(2016, 1, 1)
    terme = lives(
        a_municipality(province=province, istat_code="037049"),
        ("037049", "Bagni", None, date(1931, 1, 1)),
        ("037049", "Porretta Terme", date(1931, 1, 1), day),
    )
    alto = lives(
        a_municipality(province=province, istat_code="037062"),
        ("037062", "Alto Reno Terme", day, date(2020, 1, 1)),
        ("037062", "Alto Reno", date(2020, 1, 1), None),
    )
    Succession.objects.create(
        predecessor=terme, successor=alto, day=day, kind=SuccessionKind.MERGER, act="L.R. 19/2015"
    )

    (successor,) = queries.municipality_on("037049", TODAY).successors
    (predecessor,) = queries.municipality_on("037062", TODAY).predecessors

    assert (successor.uid, successor.istat_code, successor.name, successor.day) == (
        alto.uid,
        "037062",
        "Alto Reno Terme",
        day,
    )
    assert (successor.kind, successor.act) == ("merger", "L.R. 19/2015")
    assert (predecessor.uid, predecessor.name, predecessor.day) == (
        terme.uid,
        "Porretta Terme",
        day,
    )


def test_resolution_takes_four_queries_whatever_there_is(django_assert_max_num_queries):
    province = a_province()
    town = lives(a_municipality(province=province), ("046001", "Uno", None, date(2000, 1, 1)))
    for number in range(10):
        other = a_municipality(f"Altro {number}", province=province)
        Succession.objects.create(
            predecessor=town, successor=other, day=date(2000, 1, 1), kind=SuccessionKind.PART
        )

    with django_assert_max_num_queries(4):
        found = queries.municipality_on("046001", TODAY)
        assert found.municipality.province.name == found.municipality.province.name
    assert len(found.successors) == 10


def test_an_area_with_members_is_shown():
    province = a_province(municipalities=1)

    found = queries.area_on("province", "046", TODAY)

    assert (found.area, found.has_members, found.leads_to) == (province, True, None)


def test_a_former_code_of_an_area_leads_to_it():
    city = a_metropolitan_city(municipalities=1)

    assert queries.area_on("province", "015", TODAY).leads_to == city


def test_a_province_leads_to_its_metropolitan_city_once_that_has_begun():
    day, city = date(2015, 1, 1), a_metropolitan_city(municipalities=1)
    city.aliases.all().delete()
    province = a_province("015", "Milano", region=city.parent)
    province.successor = city
    province.save()
    AreaMembership.objects.filter(area=city).update(valid_from=day)
    town = AreaMembership.objects.get(area=city).municipality
    AreaMembership.objects.create(area=province, municipality=town, valid_until=day)

    before = queries.area_on("province", "015", date(2014, 12, 31))
    after = queries.area_on("province", "015", day)

    assert (before.area, before.has_members, before.leads_to) == (province, True, None)
    assert (after.area, after.has_members, after.leads_to) == (province, False, city)
    early = queries.area_on("metropolitan_city", "215", date(2014, 12, 31))
    assert (early.has_members, early.leads_to) == (False, None)


def test_an_area_that_came_to_an_end_without_heir_leads_nowhere():
    a_province("701", "Fiume")

    found = queries.area_on("province", "701", TODAY)

    assert (found.has_members, found.leads_to) == (False, None)


def test_no_area_no_answer():
    with pytest.raises(NotFound):
        queries.area_on("province", "999", TODAY)
