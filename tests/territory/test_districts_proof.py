"""Proof 2: the report on two partitions equals a computation that shares no line with it.

Here the report is asked of random partitions on random days and compared with what plain loops
over plain values say; then of the demonstration, and compared with what SQL says.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.territory import demo, queries
from tavolo.territory.actions import import_national_extract
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    Population,
    SubMunicipalUnit,
)
from tests.factories.territory import a_municipality, a_province
from tests.territory.conftest import DIVIDED, cut_extract

START, SPAN = date(2014, 1, 1), 400
TODAY = date(2026, 11, 22)
ONE, OTHER, LOOSE = "health_social_district", "education_area", "project_area"
YEARS = (2013, 2014)
Held = tuple[str, str]  # the name of a municipality and of its part

days = st.integers(0, SPAN).map(lambda number: START + timedelta(days=number))


@dataclass
class World:
    """A drawn territory as plain values: who lives when, what parts there are, who was where when."""

    lives: dict[str, tuple[date, date]]
    parts: dict[str, list[str]]
    people: dict[tuple[str, int], tuple[int, int]]
    inside: set[str]
    stays: list[tuple[str, str, str, str, date, date]] = field(default_factory=list)

    def places(self, day: date, split: set[str]) -> list[Held]:
        return [
            (town, part)
            for town in sorted(self.lives)
            if town in self.inside and self.lives[town][0] <= day < self.lives[town][1]
            for part in (self.parts.get(town) if town in split else None) or [""]
        ]

    def report(self, day: date, kinds: tuple[str, str]) -> dict:
        """What the comparison should say."""
        valid = [stay for stay in self.stays if stay[4] <= day < stay[5] and stay[0] in kinds]
        living = {town for town, (begins, ends) in self.lives.items() if begins <= day < ends}
        valid = [stay for stay in valid if stay[2] in living]
        places = self.places(day, {stay[2] for stay in valid if stay[3]})
        where: dict[str, dict[Held, set[str]]] = {kind: defaultdict(set) for kind in kinds}
        for kind, area, town, part, _begins, _ends in valid:
            for place in places:
                if place[0] == town and part in ("", place[1]):
                    where[kind][place].add(area)
        return {
            "pairs": {
                (one, other): (shared, self.residents(day, shared, places))
                for one in {stay[1] for stay in valid if stay[0] == kinds[0]}
                for other in {stay[1] for stay in valid if stay[0] == kinds[1]}
                if (
                    shared := [
                        place
                        for place in places
                        if one in where[kinds[0]][place] and other in where[kinds[1]][place]
                    ]
                )
            },
            "gaps": [[place for place in places if not where[kind][place]] for kind in kinds],
            "overlaps": [
                {
                    place: where[kind][place]
                    for place in places
                    if len(where[kind][place]) > 1 and kind != LOOSE
                }
                for kind in kinds
            ],
            "areas": [
                {
                    area: [place for place in places if area in where[kind][place]]
                    for _kind, area, town, *_rest in valid
                    if _kind == kind and self._reaches(area, valid)
                }
                for kind in kinds
            ],
        }

    def _reaches(self, area: str, valid: list) -> bool:
        return any(stay[1] == area and stay[2] in self.inside for stay in valid)

    def residents(self, day: date, held: list[Held], places: list[Held]) -> tuple[int, int, int]:
        """Women and men of the municipalities that are there as a whole, and how many these are."""
        known = sorted({year for _town, year in self.people if year <= day.year})
        women = men = whole = 0
        for town in {town for town, _part in held}:
            everything = {place for place in places if place[0] == town}
            if known and everything <= set(held) and (town, known[-1]) in self.people:
                women += self.people[town, known[-1]][0]
                men += self.people[town, known[-1]][1]
                whole += 1
        return women, men, whole


@st.composite
def worlds(draw: st.DrawFn) -> World:
    towns = [f"Comune {number}" for number in range(draw(st.integers(1, 6)))]
    lives, parts, people = {}, {}, {}
    for town in towns:
        begins, ends = draw(days), draw(days)
        always = draw(st.booleans()) or begins >= ends
        lives[town] = (date.min, date.max) if always else (begins, ends)
        if draw(st.integers(0, 2)) == 0:
            parts[town] = [f"{town} A", f"{town} B"]
        for year in YEARS:
            if draw(st.integers(0, 3)):
                people[town, year] = (draw(st.integers(0, 90)), draw(st.integers(0, 90)))
    inside = {town for town in towns if draw(st.integers(0, 4))}
    world = World(lives, parts, people, inside)
    for kind in (ONE, OTHER, LOOSE):
        for town in towns:
            _dwell(draw, world, kind, town)
    return world


def _dwell(draw: st.DrawFn, world: World, kind: str, town: str) -> None:
    """Put a town, whole or by its parts, now here now there; rarely twice at once: a planted fault."""
    cuts = sorted(draw(st.sets(days, max_size=3)))
    for begins, ends in zip([date.min, *cuts], [*cuts, date.max], strict=True):
        if not draw(st.integers(0, 3)):
            continue
        split = town in world.parts and draw(st.booleans())
        for part in world.parts[town] if split else [""]:
            areas = draw(st.sets(st.integers(1, 3), min_size=1, max_size=draw(st.integers(1, 2))))
            for number in areas:
                world.stays.append((kind, f"{kind} {number}", town, part, begins, ends))


def _written(world: World) -> Area:
    """The same as rows, without any action: what is planted may be wrong."""
    home, beyond = (Area.objects.get(kind="province", code=code) for code in ("A", "B"))
    towns, units, areas = {}, {}, {}
    for town, (begins, ends) in world.lives.items():
        row = a_municipality(
            town, province=home if town in world.inside else beyond, people=None, drawn=False
        )
        life = {"valid_from": _bound(begins), "valid_until": _bound(ends)}
        Municipality.objects.filter(pk=row.pk).update(**life)
        towns[town] = row
        for part in world.parts.get(town, ()):
            units[part] = SubMunicipalUnit(municipality=row, code=part, name=part, term="Parte")
            units[part].save()
    for kind in (ONE, OTHER, LOOSE):
        for number in (1, 2, 3):
            name = f"{kind} {number}"
            areas[name] = Area(kind=kind, code=name, name=name, title=name)
            areas[name].save()
    Population.objects.bulk_create(
        Population(municipality=towns[town], year=year, women=w, men=m, total=w + m, bands={})
        for (town, year), (w, m) in world.people.items()
    )
    AreaMembership.objects.bulk_create(
        AreaMembership(
            area=areas[area],
            municipality=towns[town],
            unit=units.get(part),
            valid_from=_bound(begins),
            valid_until=_bound(ends),
        )
        for _kind, area, town, part, begins, ends in world.stays
    )
    return home


def _bound(day: date) -> date | None:
    return None if day in (date.min, date.max) else day


def _held(places: tuple[queries.Place, ...]) -> list[Held]:
    return [(place.name, place.unit) for place in places]


def _reported(report: queries.Comparison) -> dict:
    sides = (report.one, report.other)
    return {
        "pairs": {
            (pair.one.name, pair.other.name): (
                _held(pair.shared),
                (pair.residents.women, pair.residents.men, pair.residents.known),
            )
            for pair in report.pairs
        },
        "gaps": [_held(side.gaps) for side in sides],
        "overlaps": [
            {
                (found.place.name, found.place.unit): {area.name for area in found.areas}
                for found in side.overlaps
            }
            for side in sides
        ],
        "areas": [{area.name: _held(area.places) for area in side.areas} for side in sides],
    }


class Proof(TestCase):
    """Hypothesis draws each example into a transaction of its own."""

    def setUp(self) -> None:
        a_province("A", "Dentro")
        a_province("B", "Fuori")

    @given(worlds(), days, st.sampled_from([(ONE, OTHER), (OTHER, LOOSE), (LOOSE, ONE)]))
    def test_the_report_equals_plain_loops(
        self, world: World, day: date, kinds: tuple[str, str]
    ) -> None:
        home = _written(world)

        report = queries.compare(*kinds, within=home, on=day)

        assert _reported(report) == world.report(day, kinds)
        _agrees_with_itself(report)


def _agrees_with_itself(report: queries.Comparison) -> None:
    for side, split, key in (
        (report.one, report.split_one, 0),
        (report.other, report.split_other, 1),
    ):
        for area in side.areas:
            pairs = report.pairs_of(area)
            inside = any(pair.shared == area.places for pair in pairs)
            assert (area in split) is not inside
            # An area's places are those of its pairs and those that the other side leaves out.
            left = (report.other, report.one)[key].gaps
            covered = {place for pair in pairs for place in pair.shared}
            assert set(area.places) == covered | (set(area.places) & set(left))
    for pair in report.coinciding:
        assert pair.one.places == pair.other.places == pair.shared


LANDS = [("metropolitan_city", "237"), ("metropolitan_city", "215"), ("province", "046")]
KINDS = (
    "cultural_district",
    "education_area",
    "health_social_district",
    "local_health_authority",
    "municipal_union",
    "social_planning_area",
)
DAYS = (
    date(2013, 3, 1),
    date(2015, 12, 31),
    date(2018, 12, 31),
    date(2019, 1, 1),
    date(2026, 11, 22),
)

SHARED = """
SELECT one.title, other.title, COUNT(*), COALESCE(SUM(people.total), 0)
FROM territory_areamembership home
JOIN territory_area within ON within.id = home.area_id
JOIN territory_municipality town ON town.id = home.municipality_id
JOIN territory_areamembership m ON m.municipality_id = home.municipality_id
JOIN territory_areamembership n ON n.municipality_id = home.municipality_id
JOIN territory_area one ON one.id = m.area_id
JOIN territory_area other ON other.id = n.area_id
LEFT JOIN territory_population people
    ON people.municipality_id = home.municipality_id AND people.year = %s
WHERE (within.id = %s OR within.successor_id = %s) AND one.kind = %s AND other.kind = %s
  AND (town.valid_from IS NULL OR town.valid_from <= %s) AND (town.valid_until IS NULL OR town.valid_until > %s)
  AND m.unit_id IS NULL AND n.unit_id IS NULL
  AND (home.valid_from IS NULL OR home.valid_from <= %s) AND (home.valid_until IS NULL OR home.valid_until > %s)
  AND (m.valid_from IS NULL OR m.valid_from <= %s) AND (m.valid_until IS NULL OR m.valid_until > %s)
  AND (n.valid_from IS NULL OR n.valid_from <= %s) AND (n.valid_until IS NULL OR n.valid_until > %s)
GROUP BY one.title, other.title
"""


def _by_sql(within: Area, kinds: tuple[str, str], day: date) -> dict[tuple[str, str], tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            SHARED, [queries.population_year(day), within.pk, within.pk, *kinds, *[day] * 8]
        )
        return {(one, other): (count, people) for one, other, count, people in cursor}


def _pairs_of_kinds() -> Iterator[tuple[str, str]]:
    for number, one in enumerate(KINDS):
        for other in KINDS[number + 1 :]:
            yield one, other


def _as_it_was(area: Area, day: date) -> Area:
    """Itself, or before it began the province of which it took the place."""
    begun = AreaMembership.objects.on(day).filter(area=area).exists()
    return area if begun else Area.objects.get(successor=area)


def _history(code: str) -> set[tuple[str, date | None, date | None]]:
    rows = AreaMembership.objects.filter(
        area__kind="health_social_district", area__code=code
    ).select_related("municipality")
    return {(row.municipality.name, row.valid_from, row.valid_until) for row in rows}


class Demonstration(TestCase):
    """Bologna, Milano and Lucca, loaded once for all."""

    @classmethod
    def setUpTestData(cls) -> None:
        with TemporaryDirectory() as folder:
            small = partial(import_national_extract, folder=cut_extract(Path(folder), DIVIDED))
            with patch.object(demo, "import_national_extract", small):
                demo_parts.get("territory").load(DemoContext(seed=1, reference_day=TODAY))

    def test_in_the_demonstration_the_report_equals_sql(self) -> None:
        for place in LANDS:
            within = Area.objects.get(kind=place[0], code=place[1])
            compared = 0
            for day in DAYS:
                for kinds in _pairs_of_kinds():
                    report = queries.compare(*kinds, within=within, on=day)
                    found = {
                        (pair.one.title, pair.other.title): (
                            sum(shared.unit_key is None for shared in pair.shared),
                            pair.residents.women + pair.residents.men,
                        )
                        for pair in report.pairs
                        if any(shared.unit_key is None for shared in pair.shared)
                    }
                    assert found == _by_sql(within, kinds, day), (day, kinds)
                    _agrees_with_itself(report)
                    compared += len(report.pairs)
            assert compared > 50

    def test_the_sums_of_each_kind_are_those_of_its_municipalities(self) -> None:
        for place in LANDS:
            within = Area.objects.get(kind=place[0], code=place[1])
            for day in DAYS:
                year = queries.population_year(day)
                towns = queries.municipalities_in(_as_it_was(within, day), on=day)
                people = {row.pk: row.residents for row in queries.with_residents(towns, year)}
                for kind, side in queries.partitions(KINDS, within=within, on=day).items():
                    for area in side.areas:
                        whole = {place.key for place in area.places if place.unit_key is None}
                        known = [people[key] for key in whole if people[key] is not None]
                        assert area.residents.women + area.residents.men == sum(known), (
                            kind,
                            area.title,
                        )
                    held = [place for area in side.areas for place in area.places]
                    assert len(held) == len(set(held))
                    assert {p.key for p in held} | {p.key for p in side.gaps} == set(people)

    def test_the_demonstration_divides_as_it_says(self) -> None:
        counted = {}
        for kind, code in LANDS:
            within = Area.objects.get(kind=kind, code=code)
            counted[code] = {
                kind: (len(side.areas), side.municipalities, [place.name for place in side.gaps])
                for kind, side in queries.partitions(KINDS, within=within, on=TODAY).items()
                if side.areas and (kind != "municipal_union")
            }
            for side in queries.partitions(KINDS, within=within, on=TODAY).values():
                assert side.overlaps == ()
                assert all(area.demonstration and area.beyond == 0 for area in side.areas)
        assert counted == {
            "237": {
                "cultural_district": (6, 55, []),
                "education_area": (5, 55, []),
                "health_social_district": (7, 55, []),
                "local_health_authority": (2, 55, []),
            },
            "215": {
                "education_area": (6, 133, []),
                "health_social_district": (7, 133, []),
                "social_planning_area": (16, 133, ["San Colombano al Lambro"]),
            },
            "046": {
                "education_area": (3, 33, []),
                "health_social_district": (3, 33, []),
                "local_health_authority": (1, 33, []),
            },
        }
        told = AreaMembership.objects.filter(area__kind__in=KINDS)
        assert set(told.values_list("demonstration", "source")) == {
            (True, "Dimostrazione: l’assegnazione non viene da un file ufficiale.")
        }

    def test_three_partitions_of_bologna_do_not_coincide(self) -> None:
        within = Area.objects.get(kind="metropolitan_city", code="237")
        for kinds in (
            ("health_social_district", "cultural_district"),
            ("health_social_district", "education_area"),
            ("cultural_district", "education_area"),
        ):
            report = queries.compare(*kinds, within=within, on=TODAY)
            assert not report.agree
            assert report.split_one
            assert report.split_other
            assert len(report.coinciding) >= 1

    def test_everybody_is_in_one_area_of_a_kind_at_most_on_every_day(self) -> None:
        rows = AreaMembership.objects.order_by(
            "municipality", "area__kind", "valid_from"
        ).values_list("municipality", "area__kind", "unit", "valid_from", "valid_until")
        by_place = defaultdict(list)
        for town, kind, unit, begins, ends in rows:
            by_place[town, kind, unit].append((begins or date.min, ends or date.max))
        for periods in by_place.values():
            ordered = sorted(periods)
            assert all(one[1] <= other[0] for one, other in pairwise(ordered))

    def test_predecessors_belong_to_the_districts_of_their_successors(self) -> None:
        begun = date(2005, 1, 1)
        merged, later = date(2014, 1, 1), date(2016, 1, 1)
        assert _history("reno-lavino-samoggia") == {
            *(
                (name, begun, merged)
                for name in (
                    "Bazzano",
                    "Castello di Serravalle",
                    "Crespellano",
                    "Monteveglio",
                    "Savigno",
                )
            ),
            ("Valsamoggia", merged, None),
            *(
                (name, begun, None)
                for name in (
                    "Casalecchio di Reno",
                    "Monte San Pietro",
                    "Sasso Marconi",
                    "Zola Predosa",
                )
            ),
        }
        assert {row for row in _history("appennino-bolognese") if row[1] == later or row[2]} == {
            ("Granaglione", begun, later),
            ("Porretta Terme", begun, later),
            ("Alto Reno Terme", later, None),
        }
        assert {row[0] for row in _history("valle-del-serchio") if row[2]} == {
            "Fabbriche di Vallico",
            "Giuncugnano",
            "Sillano",
            "Vergemoli",
        }
        assert {row[0] for row in _history("ovest-milanese") if row[2]} == {
            "Vermezzo",
            "Zelo Surrigone",
        }

    def test_authorities_that_merged_lead_to_what_came_in_their_place(self) -> None:
        heir = Area.objects.get(kind="local_health_authority", code="toscana-nord-ovest")
        for code in ("2-lucca", "12-versilia"):
            area = Area.objects.get(kind="local_health_authority", code=code)
            assert area.successor == heir
            assert AreaMembership.objects.filter(area=area, valid_until=date(2016, 1, 1)).exists()
            assert not AreaMembership.objects.on(date(2016, 1, 1)).filter(area=area).exists()
