from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.portal.web import maps
from tavolo.territory import queries as territory
from tavolo.territory.choices import Level
from tavolo.territory.models import Municipality
from tests.factories.registry import a_founded_network

TODAY = clock.today()


def drawn(*networks: Network):
    return maps.italy(networks, territory.italy_map(networks, on=TODAY))


def test_each_network_with_a_territory_has_a_pin(placed: Network, town: Network) -> None:
    nowhere = a_founded_network("altrove", "Altrove")
    shown = drawn(placed, nowhere, town)
    assert [(pin.number, pin.label, pin.href) for pin in shown.pins] == [
        ("1", "1 Rete della valle", "/reti/valle/"),
        ("3", "3 Rete del paese", "/reti/paese/"),
    ]
    assert (
        shown.title == "Carta d’Italia con le reti: 1 Rete della valle, 2 Altrove, 3 Rete del paese"
    )
    assert [shape.css for shape in shown.shapes] == ["m-land", "m-here", "m-here"]


def test_without_boundaries_there_is_no_map(valley: Network) -> None:
    assert drawn(valley) is None


def test_a_small_territory_stands_on_its_ground_with_a_ring(placed: Network, town: Network) -> None:
    outlines = territory.italy_map([placed, town], on=TODAY).networks
    wide, small = (maps.mini(outlines[network.pk]) for network in (placed, town))
    assert (wide.count("m-2"), wide.count("m-here"), "<circle" in wide) == (0, 1, False)
    assert (small.count("m-2"), small.count("m-here"), "<circle" in small) == (1, 1, True)


def test_without_a_territory_there_is_no_outline(valley: Network) -> None:
    assert maps.mini(territory.italy_map([valley], on=TODAY).networks[valley.pk]) == ""


def test_municipalities_that_take_part_are_darker(placed: Network) -> None:
    inside = Municipality.objects.all()
    drawing = territory.municipalities_drawn(inside, Level.MIDDLE)
    joined = {drawing.shapes[1].key}
    shown = maps.municipalities(drawing, joined)
    assert [shape.css for shape in shown.shapes] == ["m-town", "m-in", "m-town"]
    assert [(entry.words, entry.count) for entry in shown.legend] == [
        ("partecipa", 1),
        ("non partecipa", 2),
    ]
    assert maps.municipalities(drawing, set()).legend == ()


def test_of_nothing_drawn_there_is_no_map(db: None) -> None:
    drawing = territory.municipalities_drawn(Municipality.objects.none(), Level.MIDDLE)
    assert maps.municipalities(drawing, {1}) is None


spots = st.lists(
    st.tuples(st.floats(60, 400), st.floats(60, 400)), min_size=1, max_size=4, unique=True
)


@given(places=spots)
def test_heads_stand_apart_and_inside(places: list[tuple[float, float]]) -> None:
    network = Network(slug="x", name="X")
    known = [maps._Spot(i, network, (0, 0), at, small=False) for i, at in enumerate(places)]
    heads = maps._heads(known, 480).values()
    assert all(
        maps.MARGIN <= x <= maps.WIDTH - maps.MARGIN and maps.MARGIN <= y <= 480 - maps.MARGIN
        for x, y in heads
    )
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= maps.APART for a, b in combinations(heads, 2))


@pytest.mark.parametrize(("most", "lines"), [(2, True), (1, False)])
def test_with_many_networks_pins_stand_on_their_places(
    placed: Network, town: Network, monkeypatch, most: int, lines: bool
) -> None:
    monkeypatch.setattr(maps, "MOST_LEADS", most)
    assert [pin.at is not None for pin in drawn(placed, town).pins] == [lines, lines]
