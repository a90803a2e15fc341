"""Who makes up an area on a day, who lives there by age, what it shares, how far a kind covers."""

from datetime import date

import pytest

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area, AreaMembership, Municipality, Population, Shape
from tavolo.territory.outlines import rings_of
from tavolo.territory.queries.coverage import coverage_of
from tavolo.territory.queries.editions import lives_since, territory_edition
from tests.factories.districts import a_district, a_unit
from tests.factories.pasts import merged, with_versions
from tests.factories.territory import YEAR, a_municipality, a_province, a_region, draw

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NEW_YEAR = date(2014, 1, 1)


def on(members, day: date) -> list[str]:
    return [member.name for member in members if day in member.period]


def test_members_are_those_of_the_day_under_the_names_of_the_day():
    province = a_province()
    town = a_municipality("Nuova", province=province, istat_code="046001")
    with_versions(town, ("Vecchia", "046001", None, NEW_YEAR), ("Nuova", "046001", NEW_YEAR, None))
    merged("Fusa", "046100", NEW_YEAR, ("Altra", "046002"), province=province)

    before = queries.members_of(province, on=date(2013, 12, 31), year=YEAR)
    after = queries.members_of(province, on=NEW_YEAR, year=YEAR)

    assert on(before, date(2013, 12, 31)) == ["Altra", "Vecchia"]
    assert on(after, NEW_YEAR) == ["Fusa", "Nuova"]


def test_turns_tell_who_came_and_who_left_on_a_day():
    province = a_province()
    merged("Fusa", "046100", NEW_YEAR, ("Altra", "046002"), ("Terza", "046003"), province=province)
    a_municipality("Sempre", province=province)

    told = queries.turns(queries.members_of(province, on=TODAY, year=YEAR))

    assert [
        (turn.day, [m.name for m in turn.came], [m.name for m in turn.left]) for turn in told
    ] == [(NEW_YEAR, ["Fusa"], ["Altra", "Terza"])]
    assert queries.turns_of(province, on=TODAY) != told  # without residents, which no story tells
    assert [turn.day for turn in queries.turns_of(province, on=TODAY)] == [NEW_YEAR]


def test_a_municipality_of_which_parts_belong_counts_once_and_claims_nobody():
    province = a_province()
    town = a_municipality("Milano", province=province)
    whole = a_municipality("Rozzano", province=province)
    units = [a_unit(town), a_unit(town)]
    district = a_district("Est", whole, units=units)

    members = queries.members_of(district, on=TODAY, year=YEAR)
    summary = queries.summary_of(district, members, YEAR)

    assert [(m.name, bool(m.unit), m.residents) for m in members] == [
        ("Milano", True, None),
        ("Milano", True, None),
        ("Rozzano", False, 1000),
    ]
    assert (summary.municipalities, summary.residents.known, summary.residents.total) == (
        2,
        1,
        1000,
    )
    assert summary.km2 == 10
    assert queries.summaries(Area.objects.filter(pk=district.pk), on=TODAY, year=YEAR) == [summary]


def test_an_area_of_parts_alone_has_neither_residents_nor_surface():
    district = a_district("Est", units=[a_unit(a_municipality("Milano"))])

    (summary,) = queries.summaries(Area.objects.filter(pk=district.pk), on=TODAY, year=YEAR)

    assert (summary.municipalities, summary.residents.total, summary.km2) == (1, None, None)
    members = queries.members_of(district, on=TODAY, year=YEAR)
    assert queries.summary_of(district, members, YEAR) == summary


def test_ages_are_added_up_where_all_bands_are_cut():
    province = a_province()
    one, two = (a_municipality(name, province=province) for name in ("Uno", "Due"))
    fine = {"from": [0, 3, 14, 65], "women": [1, 2, 3, 4], "men": [5, 6, 7, 8]}
    Population.objects.filter(municipality=one).update(bands=fine)
    Population.objects.filter(municipality=two).update(
        bands={"from": [0, 14, 65], "women": [10, 20, 30], "men": [40, 50, 60]}
    )

    found = queries.ages_of(Municipality.objects.all(), year=YEAR, begins=(0, 3, 14, 65, 80))

    assert (found.year, found.known) == (YEAR, 2)
    assert [(b.first, b.last, b.women, b.men) for b in found.bands] == [
        (0, 13, 13, 51),
        (14, 64, 23, 57),
        (65, None, 34, 68),
    ]


def test_who_tells_no_ages_is_left_out_and_nobody_makes_none():
    province = a_province()
    one, two = (a_municipality(name, province=province) for name in ("Uno", "Due"))
    Population.objects.filter(municipality=one).update(bands={})

    found = queries.ages_of(Municipality.objects.all(), year=YEAR, begins=(0, 14))

    assert found.known == 1
    Population.objects.filter(municipality=two).update(bands={"from": []})
    assert queries.ages_of(Municipality.objects.all(), year=YEAR, begins=(0,)) is None
    assert queries.ages_of(Municipality.objects.all(), year=None, begins=(0,)) is None
    assert queries.ages_of(Municipality.objects.all(), year=YEAR, begins=(1,)) is None


def test_areas_of_other_kinds_say_how_many_they_share():
    province = a_province()
    towns = [a_municipality(f"T{n}", province=province) for n in range(3)]
    district = a_district("Piana", *towns[:2])
    a_district("Cultura", *towns, kind="cultural_district")
    a_district("Scuola", *towns[:2], kind="education_area")
    a_district("Altrove", towns[2])

    shared = queries.areas_sharing(district, size=2, on=TODAY)

    assert [(s.kind, s.shared, s.municipalities, s.coincides) for s in shared] == [
        ("cultural_district", 2, 3, False),
        ("education_area", 2, 2, True),
        ("province", 2, 3, False),
    ]


def test_coverage_names_the_missing_only_where_somebody_is_covered():
    lucca, massa = a_province(), a_province("045", "Massa")
    covered, missing = (a_municipality(name, province=lucca) for name in ("Sì", "No"))
    a_municipality("Lontano", province=massa)
    a_district("Piana", covered)

    found = coverage_of("health_social_district", on=TODAY)

    assert [
        (p.title, p.municipalities, p.covered, [town.name for town in p.missing]) for p in found
    ] == [("Provincia di Lucca", 2, 1, ["No"]), ("Provincia di Massa", 1, 0, [])]
    assert found[0].missing[0].istat_code == missing.istat_code


def test_a_ready_drawing_is_taken_and_of_another_day_the_outline_is_made():
    province = a_province()
    towns = [a_municipality(f"T{n}", province=province, drawn=False) for n in range(2)]
    for number, town in enumerate(towns):
        draw(town, (number * 100, 0, number * 100 + 100, 100), Level.MIDDLE)
    areas = Area.objects.filter(pk=province.pk)
    held = queries.municipalities_by_area(areas, on=TODAY)

    ready = queries.areas_as_held(areas, Level.MIDDLE, held=held)
    made = queries.areas_as_held(areas, Level.MIDDLE, held=held, redrawn=True)

    assert ready.shapes[0].bounds == (0, 0, 1000, 1000)
    assert made.shapes[0].bounds == (0, 0, 200, 100)
    assert list(rings_of(made.shapes[0].path)) == [[(0, 0), (200, 0), (200, 100), (0, 100)]]
    assert made.shapes[0].name == "Provincia di Lucca"


def test_what_holds_nothing_or_nothing_drawn_is_not_drawn():
    province = a_province()
    a_municipality(province=province, drawn=False)
    areas = Area.objects.filter(kind="province")
    Shape.objects.all().delete()

    assert queries.areas_as_held(areas, Level.MIDDLE, held={}).shapes == ()
    held = queries.municipalities_by_area(areas, on=TODAY)
    assert queries.areas_as_held(areas, Level.MIDDLE, held=held).shapes == ()


def test_of_drawings_of_several_years_the_last_counts():
    region = a_region()
    draw(region, (0, 0, 7, 7), Level.COARSE, year=2030)
    held = {region.pk: {1}}

    found = queries.areas_as_held(Area.objects.filter(pk=region.pk), Level.COARSE, held=held)

    assert [shape.bounds for shape in found.shapes] == [(0, 0, 7, 7)]


def test_the_members_of_several_areas_come_with_their_drawings_each_once():
    province = a_province()
    one = a_municipality("Uno", province=province)
    two = a_municipality("Due", province=province, drawn=False)
    health = a_district("Salute", one, two)
    culture = a_district("Cultura", one, kind="cultural_district")

    held, drawing = queries.members_drawn([health.pk, culture.pk], Level.MIDDLE, on=TODAY)

    assert held == {health.pk: {one.pk, two.pk}, culture.pk: {one.pk}}
    assert [shape.name for shape in drawing.shapes] == ["Uno"]


def test_around_a_municipality_who_did_not_live_then_is_ground():
    province = a_province()
    here = a_municipality("Qui", province=province, drawn=False)
    old = a_municipality("Antico", province=province, drawn=False)
    new = with_versions(
        a_municipality("Nuovo", province=province, istat_code="046900", drawn=False),
        ("Nuovo", "046900", NEW_YEAR, None),
    )
    for number, town in enumerate((old, here, new)):
        draw(town, (number * 100, 0, number * 100 + 100, 100), Level.FINE)

    then = queries.neighbourhood_drawn(here, year=YEAR, on=date(2013, 12, 31))
    today = queries.neighbourhood_drawn(here, year=YEAR, on=TODAY)

    assert [shape.name for shape in then.neighbours] == ["Antico"]
    assert [shape.name for shape in then.ground] == ["Nuovo"]
    assert [shape.name for shape in today.neighbours] == ["Antico", "Nuovo"]


def test_memberships_and_populations_of_a_municipality_are_told_in_order():
    town = a_municipality("Uno", province=a_province())
    district = a_district("Salute", town)
    AreaMembership.objects.filter(area=district).update(source="Delibera 1", demonstration=True)

    told = queries.memberships_of(town)

    assert [(b.kind, b.title, b.source, b.demonstration) for b in told] == [
        ("health_social_district", "Salute", "Delibera 1", True),
        ("province", "Provincia di Lucca", "", False),
        ("region", "Toscana", "", False),
    ]
    assert [each.year for each in queries.populations_of(town)] == [YEAR]


def test_a_country_without_changes_has_no_day_since_which_it_is_the_same():
    a_municipality()

    assert lives_since(TODAY) is None
    assert territory_edition() == ""
    merged("Fusa", "046100", NEW_YEAR, ("Altra", "046002"), province=a_province("047", "Pistoia"))
    assert lives_since(TODAY) == NEW_YEAR
    assert lives_since(date(2013, 12, 31)) is None
