"""The outline of a set of municipalities: what two share falls away, the surface stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.territory.extract import Extract
from tavolo.territory.geometry import LEVELS, doubled_area
from tavolo.territory.outlines import merged, rings_of

SIDE = 100


def square(x: int, y: int) -> str:
    return f"M{x * SIDE} {y * SIDE}l{SIDE} 0 0 {SIDE}-{SIDE} 0z"


def surface(path: str) -> int:
    return sum(doubled_area(ring) for ring in rings_of(path))


def test_nothing_has_no_outline():
    assert merged([], 2) == ""


def test_one_shape_is_its_own_outline():
    assert list(rings_of(merged([square(0, 0)], 2))) == [[(0, 0), (100, 0), (100, 100), (0, 100)]]


def test_neighbours_lose_the_line_between_them_and_its_corners():
    joined = merged([square(0, 0), square(1, 0)], 2)

    assert list(rings_of(joined)) == [[(0, 0), (200, 0), (200, 100), (0, 100)]]


def test_a_hole_stays_a_hole():
    ring = [(x, y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]

    rings = list(rings_of(merged([square(x, y) for x, y in ring], 2)))

    assert sorted(doubled_area(ring) for ring in rings) == [-2 * SIDE**2, 2 * 9 * SIDE**2]


def test_two_that_only_touch_at_a_corner_stay_two():
    rings = list(rings_of(merged([square(0, 0), square(1, 1)], 2)))

    assert sum(doubled_area(ring) for ring in rings) == 2 * 2 * SIDE**2


def test_a_speck_between_neighbours_is_not_drawn():
    speck = "M500 500l3 0 0 3-3 0z"

    assert merged([square(0, 0), speck], 2) == merged([square(0, 0)], 2)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_the_outline_holds_the_surface_of_all(cells):
    assert surface(merged([square(x, y) for x, y in cells], 2)) == 2 * len(cells) * SIDE**2


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1), st.randoms())
def test_the_order_of_the_shapes_does_not_matter_to_the_surface(cells, chance):
    paths = [square(x, y) for x, y in cells]
    chance.shuffle(paths)

    assert surface(merged(paths, 2)) == 2 * len(cells) * SIDE**2


@pytest.mark.parametrize("level", LEVELS)
def test_a_real_province_has_the_surface_of_its_municipalities(level, small_extract):
    extract = Extract(small_extract)
    lucca = [place.istat_code for place in extract.places() if place.province_code == "046"]
    paths = [extract.topology.outline(code, level).path for code in lucca]

    joined = merged(paths, level)

    whole = sum(map(surface, paths))
    assert surface(joined) == pytest.approx(whole, rel=1e-4)
    assert len(joined) < sum(map(len, paths)) / 2
