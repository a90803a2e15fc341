"""Municipalities and areas for programs, on any day."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.test import Client

from tavolo.territory.models import (
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    SubMunicipalUnit,
    Succession,
)
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in
from tests.factories.territory import (
    MEN,
    WOMEN,
    YEAR,
    a_metropolitan_city,
    a_municipality,
    a_province,
    a_region,
)

pytestmark = pytest.mark.django_db

BUDGET = 12
PEOPLE = {"year": YEAR, "total": WOMEN + MEN, "women": WOMEN, "men": MEN}
V1 = "/api/v1"


@pytest.fixture
def program() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T12:00:00+00:00"):
        yield


def got(answer, status: int = 200) -> dict:
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def refused(answer, parameter: str) -> str:
    """The sentence of the one parameter that was wrong."""
    (fault,) = got(answer, 400)["errors"]
    assert fault["parameter"] == parameter
    return fault["detail"]


def lives(town: Municipality, *versions) -> Municipality:
    """Give the municipality these versions (code, name, from, until) in place of the one it has."""
    town.versions.all().delete()
    for code, name, begins, ends in versions:
        MunicipalityVersion.objects.create(
            municipality=town, istat_code=code, name=name, valid_from=begins, valid_until=ends
        )
    town.valid_from, town.valid_until = versions[0][2], versions[-1][3]
    town.istat_code, town.name = versions[-1][:2]
    town.save()
    AreaMembership.objects.filter(municipality=town).update(
        valid_from=town.valid_from, valid_until=town.valid_until
    )
    return town


MERGED = date(2014, 1, 1)


@pytest.fixture
def merger() -> tuple[Municipality, Municipality, Municipality]:
    """Vallico and Vergemoli went into Fabbriche di Vergemoli."""
    province = a_province()
    old = [
        lives(a_municipality(province=province), (code, name, None, MERGED))
        for code, name in (("046011", "Fabbriche di Vallico"), ("046032", "Vergemoli"))
    ]
    new = lives(
        a_municipality(province=province), ("046036", "Fabbriche di Vergemoli", MERGED, None)
    )
    for each in old:
        Succession.objects.create(predecessor=each, successor=new, day=MERGED, kind="merger")
        Population.objects.filter(municipality=each).update(year=2011)
    return *old, new


# --- one municipality


def test_a_municipality_that_always_was(program):
    town = a_municipality("Capannori", istat_code="046007", province=a_province())

    name = {
        "istat_code": "046007",
        "cadastral_code": town.cadastral_code,
        "name": "Capannori",
        "valid_from": None,
        "valid_until": None,
    }
    assert got(program.get(f"{V1}/municipalities/046007")) == {
        "uid": str(town.uid),
        **name,
        "predecessors": [],
        "successors": [],
        "areas": [
            {"kind": "province", "code": "046", "name": "Lucca"},
            {"kind": "region", "code": "09", "name": "Toscana"},
        ],
        "population": PEOPLE,
        "versions": [name],
        "units": [],
    }


def record(program, code: str, day: str) -> dict:
    return got(program.get(f"{V1}/municipalities/{code}?as_of={day}"))


def test_who_is_no_more_is_answered_with_what_came_after(program, merger):
    found = record(program, "046011", "2026-01-01")

    assert (found["name"], found["valid_from"], found["valid_until"]) == (
        "Fabbriche di Vallico",
        None,
        "2014-01-01",
    )
    assert found["successors"] == [
        {"istat_code": "046036", "name": "Fabbriche di Vergemoli", "from": "2014-01-01"}
    ]
    assert (found["predecessors"], found["areas"]) == ([], [])
    assert found["population"]["year"] == 2011


def test_on_a_day_of_its_life_it_is_what_it_was(program, merger):
    found = record(program, "046011", "2013-12-31")

    assert [area["name"] for area in found["areas"]] == ["Lucca", "Toscana"]
    assert found["population"]["year"] == 2011
    assert found["successors"][0]["from"] == "2014-01-01"
    assert record(program, "046011", "2010-12-31")["population"] is None


def test_who_is_not_yet_is_answered_with_what_came_before(program, merger):
    found = record(program, "046036", "2013-12-31")

    assert (found["valid_from"], found["valid_until"]) == ("2014-01-01", None)
    assert found["predecessors"] == [
        {"istat_code": "046011", "name": "Fabbriche di Vallico", "from": "2014-01-01"},
        {"istat_code": "046032", "name": "Vergemoli", "from": "2014-01-01"},
    ]
    assert (found["successors"], found["areas"], found["population"]) == ([], [], None)


def test_a_former_code_answers_for_itself_and_leads_on(program):
    lives(
        a_municipality(),
        ("090001", "Aggius", None, date(2005, 1, 1)),
        ("104001", "Aggius", date(2005, 1, 1), date(2010, 1, 1)),
        ("104001", "Aggius Terme", date(2010, 1, 1), date(2016, 4, 28)),
        ("090001", "Aggius Terme", date(2016, 4, 28), None),
    )

    found = record(program, "104001", "2026-01-01")

    assert (found["istat_code"], found["name"]) == ("104001", "Aggius Terme")
    assert (found["valid_from"], found["valid_until"]) == ("2010-01-01", "2016-04-28")
    assert found["predecessors"] == [
        {"istat_code": "090001", "name": "Aggius", "from": "2005-01-01"}
    ]
    assert found["successors"] == [
        {"istat_code": "090001", "name": "Aggius Terme", "from": "2016-04-28"}
    ]
    assert [version["valid_from"] for version in found["versions"]] == [
        None,
        "2005-01-01",
        "2010-01-01",
        "2016-04-28",
    ]


def test_another_name_alone_leads_nowhere(program):
    lives(
        a_municipality(),
        ("046001", "Monte", None, date(1930, 5, 1)),
        ("046001", "Monte Terme", date(1930, 5, 1), None),
    )

    before, after = (record(program, "046001", day) for day in ("1930-04-30", "1930-05-01"))

    assert (before["name"], before["valid_until"]) == ("Monte", "1930-05-01")
    assert (after["name"], after["valid_from"]) == ("Monte Terme", "1930-05-01")
    for found in (before, after):
        assert (found["predecessors"], found["successors"]) == ([], [])


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2004-12-31", (None, "2005-01-01")),
        ("2007-01-01", (None, "2005-01-01")),
        ("2026-01-01", ("2016-04-28", None)),
    ],
)
def test_a_code_borne_twice_answers_with_the_nearest_time_before(program, day, period):
    lives(
        a_municipality(),
        ("090001", "Aggius", None, date(2005, 1, 1)),
        ("104001", "Aggius", date(2005, 1, 1), date(2016, 4, 28)),
        ("090001", "Aggius", date(2016, 4, 28), None),
    )

    found = record(program, "090001", day)

    assert (found["valid_from"], found["valid_until"]) == period


def test_a_code_before_it_was_first_borne(program):
    lives(
        a_municipality(),
        ("090001", "Aggius", None, date(2005, 1, 1)),
        ("104001", "Aggius", date(2005, 1, 1), None),
    )

    found = record(program, "104001", "1990-01-01")

    assert (found["istat_code"], found["valid_from"]) == ("104001", "2005-01-01")
    assert found["predecessors"][0]["istat_code"] == "090001"


def test_a_code_given_up_before_its_municipality_ended_answers_for_itself(program):
    lives(
        a_municipality(),
        ("030869", "Rivo", None, date(1923, 1, 1)),
        ("031713", "Rivo", date(1923, 1, 1), date(1928, 1, 1)),
    )

    found = record(program, "030869", "2002-06-19")

    assert (found["istat_code"], found["valid_until"]) == ("030869", "1923-01-01")
    assert found["successors"] == [{"istat_code": "031713", "name": "Rivo", "from": "1923-01-01"}]


def test_a_sum_of_predecessors_says_so(program):
    town = a_municipality(istat_code="046036")
    Population.objects.filter(municipality=town).update(derived=True)

    assert record(program, "046036", "2026-01-01")["population"] == {**PEOPLE, "derived": True}


def test_people_that_are_not_known_are_null_and_not_zero(program):
    a_municipality(istat_code="081025", people=None)

    assert record(program, "081025", "2026-01-01")["population"] is None


def test_the_parts_of_a_municipality_on_the_day(program):
    town = a_municipality("Bologna", istat_code="037006")
    for name, ends in (("Navile", None), ("Borgo Panigale", date(2016, 5, 1))):
        SubMunicipalUnit.objects.create(
            municipality=town, code=name, name=name, term="quartiere", valid_until=ends
        )

    def parts(day: str) -> list[str]:
        return [unit["name"] for unit in record(program, "037006", day)["units"]]

    assert record(program, "037006", "2026-01-01")["units"] == [
        {"code": "Navile", "name": "Navile", "term": "quartiere"}
    ]
    assert parts("2016-04-30") == ["Borgo Panigale", "Navile"]


def test_who_lived_there_year_by_year(program):
    town = a_municipality("Capannori", istat_code="046007")
    Population.objects.create(
        municipality=town,
        year=2011,
        women=3,
        men=2,
        total=5,
        bands={},
        derived=True,
        source="Somma",
    )

    assert got(program.get(f"{V1}/municipalities/046007/population")) == {
        "istat_code": "046007",
        "name": "Capannori",
        "items": [
            {"year": 2011, "total": 5, "women": 3, "men": 2, "derived": True, "source": "Somma", "ages": []},
            {
                **PEOPLE,
                "source": "",
                "ages": [
                    {"first": 0, "last": 13, "women": 60, "men": 70},
                    {"first": 14, "last": 64, "women": 300, "men": 290},
                    {"first": 65, "last": None, "women": 160, "men": 120},
                ],
            },
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        "999999",
        "46007",
        "0460071",
        "04600x",
        "%00",
        "046007%00",
        "०४६००७",
        "046007 ",
        "a" * 3000,
        "👍",
    ],
)
def test_a_code_that_nobody_ever_bore_is_not_there(program, code):
    a_municipality(istat_code="046007")

    for address in (f"/{code}", f"/{code}.geojson", f"/{code}/population"):
        answer = program.get(f"{V1}/municipalities{address}")
        assert got(answer, 404)["type"].endswith("#not-found")


# --- lists


def codes(answer) -> list[str]:
    return [row["istat_code"] for row in got(answer)["items"]]


def test_the_list_holds_who_lived_on_the_day_under_the_name_of_the_day(program, merger):
    before = got(program.get(f"{V1}/municipalities?as_of=2013-12-31"))
    after = got(program.get(f"{V1}/municipalities"))

    assert [row["name"] for row in before["items"]] == ["Fabbriche di Vallico", "Vergemoli"]
    assert [row["name"] for row in after["items"]] == ["Fabbriche di Vergemoli"]
    assert (before["total"], after["total"]) == (2, 1)
    assert after["items"][0].keys() == {
        "uid", "istat_code", "cadastral_code", "name", "valid_from", "valid_until"
    }  # fmt: skip


def test_words_are_looked_for_without_accents_and_in_any_order(program):
    province = a_province()
    for code, name in (("046001", "Forlì Lucchese"), ("046002", "Lucca"), ("046003", "Massa")):
        a_municipality(name, province=province, istat_code=code)

    def found(words: str) -> list[str]:
        return codes(program.get(f"{V1}/municipalities", {"q": words}))

    assert found("lucc") == ["046001", "046002"]
    assert found("LUCCHESE forli") == ["046001"]
    assert found("lucca massa") == []
    assert found("  ") == ["046001", "046002", "046003"]
    assert found("%_'\"\\") == ["046001", "046002", "046003"]


def test_the_list_of_an_area_and_of_a_kind_of_area(program):
    lucca, city = a_province(municipalities=2), a_metropolitan_city(municipalities=1)

    def total(query: str) -> int:
        return got(program.get(f"{V1}/municipalities?{query}"))["total"]

    assert total("area_kind=province&area_code=046") == 2
    assert total("area_kind=province") == 2
    assert total("area_kind=metropolitan_city") == 1
    assert total("area_kind=region&area_code=09") == 2
    # The code of the old province is known as that of the metropolitan city.
    assert total("area_kind=province&area_code=015") == 1
    assert (lucca.code, city.code) == ("046", "215")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("area_code=046", "area_code"),
        ("area_kind=parish", "area_kind"),
        ("area_kind=parish&area_code=046", "area_kind"),
        ("area_kind=province&area_code=999", "area_code"),
        ("area_kind=province&area_code=%00", "area_code"),
        ("as_of=2016", "as_of"),
        ("limit=1000", "limit"),
        ("after=x", "after"),
        ("al=2016-01-01", "al"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong_with_it(program, query, parameter):
    assert refused(program.get(f"{V1}/municipalities?{query}"), parameter)


def test_a_walk_meets_every_municipality_once(program):
    a_province(municipalities=25)
    path, seen = f"{V1}/municipalities?limit=7&area_kind=province", []
    while path:
        page = got(program.get(path))
        seen += [row["istat_code"] for row in page["items"]]
        path = page["next"]

    assert seen == list(
        MunicipalityVersion.objects.order_by("sort_key").values_list("istat_code", flat=True)
    )


# --- areas


def test_an_area_with_its_municipalities_and_who_lives_there(program):
    region = a_region()
    province = a_province(region=region)
    a_municipality("Altopascio", province=province, istat_code="046001")
    a_municipality("Capannori", province=province, istat_code="046007", people=None)

    assert got(program.get(f"{V1}/areas/province/046")) == {
        "uid": str(province.uid),
        "kind": "province",
        "code": "046",
        "name": "Lucca",
        "title": "Provincia di Lucca",
        "short": "LU",
        "parent": {"kind": "region", "code": "09", "name": "Toscana"},
        "demonstration": False,
        "predecessors": [],
        "successor": None,
        "municipalities": [
            {"istat_code": "046001", "name": "Altopascio"},
            {"istat_code": "046007", "name": "Capannori"},
        ],
        "population": {**PEOPLE, "known": 1, "municipalities": 2},
    }


def test_an_area_as_it_was(program, merger):
    def names(day: str) -> list[str]:
        found = got(program.get(f"{V1}/areas/province/046?as_of={day}"))
        return [town["name"] for town in found["municipalities"]]

    assert names("2013-12-31") == ["Fabbriche di Vallico", "Vergemoli"]
    assert names("2014-01-01") == ["Fabbriche di Vergemoli"]


def test_of_a_municipality_in_parts_people_are_not_known(program):
    province = a_province(municipalities=1)
    town = a_municipality("Lucca", province=a_province("047", "Pistoia"), istat_code="046017")
    for number, name in enumerate(("Centro", "Sud")):
        unit = SubMunicipalUnit.objects.create(
            municipality=town, code=str(number), name=name, term="quartiere"
        )
        AreaMembership.objects.create(
            area=province, municipality=town, unit=unit, demonstration=True
        )

    found = got(program.get(f"{V1}/areas/province/046"))

    assert found["municipalities"][1] == {
        "istat_code": "046017",
        "name": "Lucca",
        "units": ["Centro", "Sud"],
    }
    assert found["population"] == {**PEOPLE, "known": 1, "municipalities": 2}
    assert found["demonstration"] is True
    feature = got(program.get(f"{V1}/areas/province/046.geojson"))["features"][1]
    assert feature["properties"]["units"] == ["Centro", "Sud"]
    assert (feature["properties"]["km2"], feature["properties"]["population"]) == (None, None)
    assert lines(program.get(f"{V1}/areas/province/046/municipalities.csv"))[-1] == [
        "046017", "Lucca", "Centro, Sud", "", "", "", "", ""
    ]  # fmt: skip


def lines(answer) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("form", ["", ".geojson", "/municipalities.csv"])
def test_the_code_of_a_former_province_leads_to_what_came_in_its_place(program, form):
    a_metropolitan_city(municipalities=1)

    answer = program.get(f"{V1}/areas/province/015{form}?as_of=2020-01-01")

    assert answer.status_code == 308
    assert answer["Location"] == f"{V1}/areas/metropolitan_city/215{form}?as_of=2020-01-01"
    assert answer.json() == {"kind": "metropolitan_city", "code": "215", "name": "Milano"}
    assert program.get(answer["Location"]).status_code == 200
    assert program.get(f"{V1}/areas/province/015")["Location"].endswith("/metropolitan_city/215")


def test_a_province_that_became_a_metropolitan_city_is_itself_on_the_days_before(program):
    begins = date(2015, 1, 1)
    city = a_metropolitan_city(municipalities=1)
    city.aliases.all().delete()
    province = a_province("015", "Milano", region=city.parent)
    province.successor = city
    province.save()
    town = Municipality.objects.get()
    AreaMembership.objects.filter(area=city).update(valid_from=begins)
    AreaMembership.objects.create(area=province, municipality=town, valid_until=begins)

    before = program.get(f"{V1}/areas/province/015?as_of=2014-12-31")
    after = program.get(f"{V1}/areas/province/015?as_of=2015-01-01")
    city_before = program.get(f"{V1}/areas/metropolitan_city/215?as_of=2014-12-31")

    assert [row["name"] for row in got(before)["municipalities"]] == [town.name]
    assert got(before)["successor"]["code"] == "215"
    assert after.status_code == 308
    assert (got(city_before)["municipalities"], got(city_before)["population"]) == ([], None)
    assert got(city_before)["predecessors"] == [
        {"kind": "province", "code": "015", "name": "Milano"}
    ]


@pytest.mark.parametrize(
    "place", ["province/999", "parish/046", "province/%00", "province/" + "x" * 3000, "%00/046"]
)
@pytest.mark.parametrize("form", ["", ".geojson", "/municipalities.csv"])
def test_an_area_that_there_is_not(program, place, form):
    assert got(program.get(f"{V1}/areas/{place}{form}"), 404)


def test_the_list_of_areas_holds_those_with_members_on_the_day(program):
    province = a_province(municipalities=2)
    a_province("047", "Pistoia")
    AreaMembership.objects.filter(area=province).update(valid_from=date(2000, 1, 1))

    found = got(program.get(f"{V1}/areas?kind=province"))

    assert [row["code"] for row in found["items"]] == ["046"]
    assert found["items"][0]["population"] == {
        "year": YEAR,
        "total": 2 * (WOMEN + MEN),
        "women": 2 * WOMEN,
        "men": 2 * MEN,
        "known": 2,
        "municipalities": 2,
    }
    assert found["items"][0]["parent"]["code"] == "09"
    assert found["items"][0]["demonstration"] is False
    AreaMembership.objects.filter(area=province).update(demonstration=True)
    assert got(program.get(f"{V1}/areas?kind=province"))["items"][0]["demonstration"] is True
    assert got(program.get(f"{V1}/areas?kind=province&as_of=1999-12-31"))["items"] == []
    assert [row["kind"] for row in got(program.get(f"{V1}/areas"))["items"]] == [
        "province",
        "region",
    ]
    assert got(program.get(f"{V1}/areas?q=tosc"))["total"] == 1
    assert refused(program.get(f"{V1}/areas?kind=parish"), "kind").startswith(
        "«kind» non è un tipo"
    )


def test_the_kinds_of_area(program):
    found = {kind["key"]: kind for kind in got(program.get(f"{V1}/kinds"))["items"]}

    assert found["metropolitan_city"] == {
        "key": "metropolitan_city",
        "slug": "citta-metropolitana",
        "label": "Città metropolitana",
        "plural": "Città metropolitane",
        "official": True,
        "partitions": True,
        "covers": False,
    }
    english = program.get(f"{V1}/kinds", HTTP_ACCEPT_LANGUAGE="en")
    assert "Metropolitan city" in {kind["label"] for kind in got(english)["items"]}


# --- tables


def test_the_municipalities_of_an_area_as_a_table(program):
    province = a_province()
    a_municipality("Altopascio", province=province, istat_code="046001")
    a_municipality("Capannori", province=province, istat_code="046007", people=None)

    answer = program.get(f"{V1}/areas/province/046/municipalities.csv?as_of=2025-06-30")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="province-046-2025-06-30.csv"'
    assert lines(answer) == [
        ["istat_code", "name", "units", "km2", "population_year", "population_total",
         "population_women", "population_men"],
        ["046001", "Altopascio", "", "10", str(YEAR), str(WOMEN + MEN), str(WOMEN), str(MEN)],
        ["046007", "Capannori", "", "10", "", "", "", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\tx", 'a;b\nc"d']
)
def test_no_cell_is_taken_for_a_formula(program, name):
    a_municipality(name, province=a_province())

    cell = lines(program.get(f"{V1}/areas/province/046/municipalities.csv"))[1][1]

    assert cell[0] not in "=+-@\t\r"
    assert name.strip() in cell


# --- two kinds laid over each other


def test_two_kinds_of_area_laid_over_each_other(program):
    region = a_region()
    lucca = a_province(municipalities=1, region=region)
    a_province("047", "Pistoia", municipalities=2, region=region)
    lone = a_municipality("Isola", province=lucca)
    AreaMembership.objects.filter(municipality=lone).exclude(area=region).delete()

    found = got(program.get(f"{V1}/areas/compare?a=province&b=region&within=region/09"))

    assert found["on"] == "2026-11-22"
    assert [area["code"] for area in found["a"]["areas"]] == ["046", "047"]
    assert [place["name"] for place in found["a"]["gaps"]] == ["Isola"]
    assert found["b"]["gaps"] == []
    assert [
        (pair["a"], pair["b"], len(pair["municipalities"]), pair["a_inside"], pair["b_inside"])
        for pair in found["pairs"]
    ] == [("046", "09", 1, True, False), ("047", "09", 2, True, False)]
    assert found["pairs"][0]["population"] == {**PEOPLE, "known": 1, "municipalities": 1}
    assert (found["agree"], found["a"]["must_cover"], found["b"]["is_sound"]) == (
        False,
        False,
        True,
    )


def test_what_lies_in_several_areas_of_a_kind_that_divides(program):
    lucca, pistoia = a_province(municipalities=1), a_province("047", "Pistoia")
    town = a_municipality("Pescia", province=pistoia, istat_code="047012")
    AreaMembership.objects.create(area=lucca, municipality=town)

    found = got(program.get(f"{V1}/areas/compare?a=province&b=region"))

    assert found["a"]["overlaps"] == [
        {"istat_code": "047012", "name": "Pescia", "areas": ["046", "047"]}
    ]
    assert (found["a"]["is_sound"], found["b"]["is_sound"]) == (False, True)


def test_a_part_of_a_municipality_is_named_in_a_comparison(program):
    province = a_province(municipalities=1)
    town = a_municipality("Bologna", province=province, istat_code="037006")
    district = a_province("1", "Navile")
    district.kind = "health_social_district"
    district.save()
    unit = SubMunicipalUnit.objects.create(
        municipality=town, code="1", name="Navile", term="quartiere"
    )
    AreaMembership.objects.create(area=district, municipality=town, unit=unit)

    found = got(program.get(f"{V1}/areas/compare?a=health_social_district&b=province"))

    assert found["pairs"][0]["municipalities"] == [
        {"istat_code": "037006", "name": "Bologna", "unit": "Navile"}
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("b=region", "a"),
        ("a=parish&b=region", "a"),
        ("a=region&b=parish", "b"),
        ("a=region&b=province&within=x", "within"),
        ("a=region&b=province&within=region/99", "within"),
        ("a=region&b=province&within=region/%00", "within"),
    ],
)
def test_a_comparison_with_what_is_not_there(program, query, parameter):
    assert refused(program.get(f"{V1}/areas/compare?{query}"), parameter)


# --- everywhere


ADDRESSES = (
    "/municipalities",
    "/municipalities?q=comune&area_kind=province&area_code=046&limit=200",
    "/municipalities/046999",
    "/municipalities/046999?as_of=1950-01-01",
    "/municipalities/046999.geojson",
    "/municipalities/046999/population",
    "/areas",
    "/areas?kind=province&limit=200",
    "/areas/province/046",
    "/areas/province/046.geojson",
    "/areas/province/046/municipalities.csv",
    "/areas/compare?a=province&b=region",
    "/kinds",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_as_many_queries_for_200_as_for_one(program, address):
    province = a_province()
    a_municipality("Comune", province=province, istat_code="046999")
    counts = set()
    for enough in ENOUGH:
        for number in range(Municipality.objects.count(), enough):
            a_municipality(f"Comune {number}", province=province)
        counts.add(queries_of(program, V1 + address))

    assert len(counts) == 1
    assert counts.pop() <= BUDGET


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_sees_what_anybody_sees(program, client, address):
    a_municipality(istat_code="046999")
    sign_in(client, an_account())

    seen, by_nobody = client.get(V1 + address), program.get(V1 + address)

    assert (seen.status_code, seen.content) == (200, by_nobody.content)
    assert seen.cookies == by_nobody.cookies == {}
    assert seen["Vary"] == "Accept-Language"
    assert program.get(V1 + address, HTTP_IF_NONE_MATCH=seen["ETag"]).status_code == 304
    assert program.head(V1 + address)["Content-Length"] == str(len(seen.content))
