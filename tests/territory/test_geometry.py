import re
from collections import Counter

import pytest

from tavolo.territory.extract import Extract
from tavolo.territory.geometry import LEVELS, Arc, Topology, doubled_area, place


@pytest.fixture(scope="module")
def topology() -> Topology:
    return Extract().topology


@pytest.fixture
def two_squares() -> Topology:
    """Two squares side by side: `w` on the left, `e` on the right, one arc between them."""
    middle = Arc([(400, 0), (400, 400)], "00")
    left = Arc([(400, 400), (0, 400), (0, 0), (400, 0)], "0000")
    right = Arc([(400, 0), (800, 0), (800, 400), (400, 400)], "0000")
    return Topology([middle, left, right], {"w": [[0, 1]], "e": [[2, ~0]]})


def rings_of(path: str) -> list[list[tuple[int, int]]]:
    rings = []
    for x, y, moves in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", moves)]
        ring = [(int(x), int(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring)
    return rings


def surface(path: str) -> int:
    return sum(doubled_area(ring) for ring in rings_of(path))


def test_a_shape_is_drawn_from_its_arcs(two_squares):
    west = two_squares.outline("w", 2)

    assert west.path == "M400 0l0 400-400 0 0-400z"
    assert (west.min_x, west.min_y, west.max_x, west.max_y) == (0, 0, 400, 400)


def test_a_union_leaves_out_what_lies_between(two_squares):
    both = two_squares.union(["w", "e"], 2)

    assert surface(both.path) == surface(two_squares.outline("w", 2).path) * 2
    assert (both.min_x, both.max_x) == (0, 800)
    assert len(rings_of(both.path)) == 1


def test_a_coarser_level_uses_a_coarser_grid(two_squares):
    assert two_squares.outline("w", 0).path == "M50 0l0 50-50 0 0-50z"


def test_a_vertex_appears_from_its_own_level_on():
    arc = Arc([(0, 0), (80, 8), (160, 0), (160, 160), (0, 160), (0, 0)], "021000")
    topology = Topology([arc], {"island": [[0]]})

    corners = [len(rings_of(topology.outline("island", level).path)[0]) for level in LEVELS]

    assert corners == [3, 4, 5]


def test_a_tiny_island_is_drawn_only_where_it_is_all_there_is():
    big = Arc([(0, 0), (800, 0), (800, 800), (0, 800), (0, 0)], "00000")
    tiny = Arc([(900, 0), (904, 0), (904, 4), (900, 0)], "0000")
    rock = Arc([(990, 0), (994, 0), (994, 4), (990, 0)], "0000")
    topology = Topology([big, tiny, rock], {"shore": [[0], [1]], "rock": [[2]]})

    assert len(rings_of(topology.outline("shore", 2).path)) == 1
    assert len(rings_of(topology.outline("rock", 2).path)) == 1


def test_arcs_that_run_twice_the_same_way_still_close():
    """As the source has it in seven places."""
    square = Arc([(0, 0), (800, 0), (800, 800), (0, 800), (0, 0)], "00000")
    topology = Topology([square], {"a": [[0]], "b": [[0]]})

    assert len(rings_of(topology.union(["a", "b"], 2).path)) == 2


def test_neighbours_share_every_inner_boundary(topology):
    """No gap and no overlap: an arc is used once on each side, the flaws of the source excepted."""
    uses = Counter(step for rings in topology.rings.values() for ring in rings for step in ring)
    twice = [step for step, times in uses.items() if times > 1]

    assert len(twice) == 7
    assert max(uses.values()) == 2
    assert {max(step, ~step) for step in uses} == set(range(len(topology.arcs)))


@pytest.mark.parametrize("level", LEVELS)
def test_a_province_is_as_large_as_its_municipalities(topology, level):
    """On every level; what is left out are islets and the corners where only municipalities meet."""
    lucca = [code for code in topology.rings if code.startswith("046")]
    parts = sum(surface(topology.outline(code, level).path) for code in lucca)

    assert surface(topology.union(lucca, level).path) == pytest.approx(parts, rel=0.01)


@pytest.mark.parametrize("level", LEVELS)
def test_every_municipality_is_a_surface_on_every_level(topology, level):
    assert all(
        abs(surface(topology.outline(code, level).path)) > 0 for code in sorted(topology.rings)
    )


@pytest.mark.parametrize(
    ("level", "cells"), [(0, (1305, 1151)), (1, (2610, 2303)), (2, (10441, 9210))]
)
def test_a_point_lies_in_the_drawing_of_each_level(topology, level, cells):
    milano = topology.outline("015146", level)
    x, y = place(9.19, 45.46, level)

    assert (x, y) == cells
    assert milano.min_x < x < milano.max_x
    assert milano.min_y < y < milano.max_y
