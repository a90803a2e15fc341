from datetime import date

import pytest

from tavolo.kernel.dated import Period
from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area, AreaMembership, Municipality, Population
from tavolo.territory.queries import AgeBand, AreaSummary, Belonging, Residents
from tests.factories.territory import (
    MEN,
    WOMEN,
    YEAR,
    a_metropolitan_city,
    a_municipality,
    a_province,
    a_region,
    draw,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def names(rows) -> list[str]:
    return [row.name for row in rows]


def test_an_area_is_found_by_its_code():
    province = a_province()

    assert queries.area_at("province", "046") == (province, False)


def test_the_old_code_of_a_metropolitan_city_leads_to_it():
    city = a_metropolitan_city()

    assert queries.area_at("province", "015") == (city, True)
    assert queries.area_at("metropolitan_city", "215") == (city, False)


@pytest.mark.parametrize(("kind", "code"), [("province", "999"), ("region", "046"), ("x", "")])
def test_what_does_not_exist_is_not_found(kind, code):
    a_province()

    with pytest.raises(NotFound):
        queries.area_at(kind, code)


def test_an_unknown_municipality_is_not_found():
    with pytest.raises(NotFound):
        queries.municipality_at("999999")


def test_an_area_sums_its_municipalities():
    province = a_province(municipalities=2)
    a_municipality("Villa Basilica", province=province, people=None)

    found = queries.summaries(Area.objects.filter(pk=province.pk), on=TODAY, year=YEAR)

    assert found == [
        AreaSummary(
            kind="province",
            code="046",
            name="Lucca",
            title="Provincia di Lucca",
            short="LU",
            km2=30.0,
            residents=Residents(YEAR, 2 * WOMEN, 2 * MEN, known=2, municipalities=3),
        )
    ]
    assert found[0].municipalities == 3
    assert not found[0].residents.is_whole


def test_areas_come_by_name_and_add_up():
    region = a_region()
    a_province("052", "Siena", municipalities=1, region=region)
    a_province("046", "Lucca", municipalities=2, region=region, place=1)

    rows = queries.summaries(Area.objects.filter(kind="province"), on=TODAY, year=YEAR)
    whole = queries.country_summary(rows, YEAR)

    assert names(rows) == ["Lucca", "Siena"]
    assert whole.residents == Residents(YEAR, 3 * WOMEN, 3 * MEN, known=3, municipalities=3)
    assert whole.km2 == 30.0


def test_without_any_population_there_is_no_number():
    province = a_province()
    a_municipality(province=province, people=None)

    (found,) = queries.summaries(Area.objects.filter(pk=province.pk), on=TODAY, year=YEAR)

    assert found.residents.total is None
    assert found.residents.share_of_women is None


def test_another_year_is_not_taken_in_silence():
    province = a_province(municipalities=1)

    (found,) = queries.summaries(Area.objects.filter(pk=province.pk), on=TODAY, year=2015)

    assert found.residents == Residents(2015, 0, 0, known=0, municipalities=1)


def test_the_latest_year_is_that_of_the_newest_population():
    assert queries.latest_year() is None
    town = a_municipality()
    Population.objects.create(
        municipality=town,
        year=2019,
        women=1,
        men=1,
        total=2,
        bands={"from": [0], "women": [1], "men": [1]},
    )

    assert queries.latest_year() == YEAR


def test_before_any_import_the_country_has_nothing():
    whole = queries.country_summary([], None)

    assert (whole.km2, whole.residents.total, whole.municipalities) == (None, None, 0)


def test_membership_is_asked_as_of_a_day():
    lucca, pistoia = a_province(), a_province("047", "Pistoia")
    town = a_municipality(province=lucca)
    AreaMembership.objects.filter(area=lucca).update(valid_until=date(2010, 1, 1))
    AreaMembership.objects.create(area=pistoia, municipality=town, valid_from=date(2010, 1, 1))

    def where(day: date) -> tuple[list[str], list[str], list[str]]:
        areas = Area.objects.filter(kind="province")
        return (
            names(queries.municipalities_in(lucca, on=day)),
            names(queries.municipalities_in(pistoia, on=day)),
            names(queries.summaries(areas, on=day, year=YEAR)),
        )

    assert where(date(2009, 12, 31)) == ([town.name], [], ["Lucca"])
    assert where(date(2010, 1, 1)) == ([], [town.name], ["Pistoia"])
    belongs = queries.belongings_of(town, on=TODAY)
    assert belongs == [
        Belonging("province", "047", "Provincia di Pistoia", Period(date(2010, 1, 1), None)),
        Belonging("region", "09", "Toscana", Period()),
    ]


def test_people_are_counted_in_bands_of_age():
    people = queries.population_of(a_municipality(), year=YEAR)

    assert queries.by_age(people, (0, 14, 65)) == [
        AgeBand(0, 13, 60, 70),
        AgeBand(14, 64, 300, 290),
        AgeBand(65, None, 160, 120),
    ]
    assert queries.by_age(people, (0,)) == [AgeBand(0, None, WOMEN, MEN)]


def test_the_population_of_an_unknown_year_is_none():
    town = a_municipality()

    assert queries.population_of(town, year=2015) is None
    assert queries.population_of(town, year=None) is None


def test_municipalities_are_drawn_with_their_residents():
    province = a_province()
    second = a_municipality("Viareggio", province=province, people=None)
    first = a_municipality("Altopascio", province=province)
    a_municipality("Senza confine", province=province, drawn=False)

    drawing = queries.municipalities_drawn(
        queries.municipalities_in(province, on=TODAY), Level.FINE, year=YEAR
    )

    assert [(s.kind, s.code, s.name, s.residents) for s in drawing.shapes] == [
        ("municipality", first.istat_code, "Altopascio", WOMEN + MEN),
        ("municipality", second.istat_code, "Viareggio", None),
    ]


def test_of_two_drawings_the_newer_is_shown():
    town = a_municipality()
    draw(town, (7, 7, 9, 9), Level.FINE, year=YEAR + 1)
    draw(town, (1, 1, 2, 2), Level.FINE, year=YEAR - 1)

    drawing = queries.municipalities_drawn(Municipality.objects.all(), Level.FINE)

    assert [shape.bounds for shape in drawing.shapes] == [(7, 7, 9, 9)]


def test_an_area_without_place_has_no_place_for_its_name():
    city = a_metropolitan_city()
    draw(city, (0, 0, 10, 10), Level.COARSE)

    drawing = queries.areas_drawn(Area.objects.filter(pk=city.pk), Level.COARSE)

    assert [shape.place for shape in drawing.shapes] == [None]
    assert drawing.bounds == (0, 0, 10, 10)


def test_a_neighbourhood_has_neighbours_and_ground():
    province = a_province()
    boxes = {
        "Qui": (0, 0, 100, 100),
        "Accanto": (100, 0, 200, 100),
        "In vista": (110, 110, 190, 190),
        "Lontano": (1000, 0, 1100, 100),
    }
    for name, box in boxes.items():
        town = a_municipality(name, province=province, drawn=False)
        draw(town, box, Level.FINE)

    found = queries.neighbourhood_drawn(Municipality.objects.get(name="Qui"), year=YEAR)

    assert found is not None
    assert found.here.name == "Qui"
    assert names(found.neighbours) == ["Accanto"]
    assert names(found.ground) == ["In vista"]


def test_without_boundary_there_is_no_neighbourhood():
    assert queries.neighbourhood_drawn(a_municipality(drawn=False), year=YEAR) is None
