"""Graphs: where nodes and labels stand, what is a link, what a tie costs."""

import re
from itertools import pairwise

import pytest

from tavolo.ui.components.checks import ComponentError
from tavolo.ui.components.graph import RING, ROW, WIDTH, Graph, Node, Tie, TieKey, ring


def a_graph(number: int, *ties: Tie, **more: object) -> Graph:
    nodes = tuple(Node(f"Nodo {place}", f"/n/{place}/", str(place)) for place in range(number))
    return Graph("Prova", nodes, "elenco", ties, **more)


@pytest.mark.parametrize("number", [1, 2, 3, 7, 60, 120, 121])
def test_every_label_has_a_line_of_its_own_on_its_side(number: int) -> None:
    points = ring(number)
    assert len(points) == number
    left = [point for point in points if point[0] < WIDTH / 2]
    right = [point for point in points if point[0] > WIDTH / 2]
    assert left + right == points
    for side in (left, right):
        assert all(below[1] - above[1] >= ROW for above, below in pairwise(side))
    assert all(abs(x - WIDTH / 2) <= RING for x, _y in points)


@pytest.mark.parametrize("number", [1, 60, 120])
def test_nobody_stands_outside_the_drawing(number: int) -> None:
    height = a_graph(number).height
    assert all(ROW / 2 <= y <= height - ROW / 2 for _x, y in ring(number))


def test_the_same_is_always_drawn_in_the_same_way() -> None:
    ties = (Tie(0, 1, "g-solid"), Tie(1, 2, "g-dash"))
    assert a_graph(3, *ties).svg == a_graph(3, *ties).svg
    assert ring(60) == ring(60)


def test_each_node_is_a_named_link_of_one_size() -> None:
    svg = a_graph(40).svg
    assert svg.count("<a ") == 40
    assert set(re.findall(r'<circle class="g-node"[^>]* r="(\d+)"', svg)) == {"7"}
    assert 'role="group" aria-labelledby="graph-title"><title id="graph-title">Prova</title>' in svg
    node = Node("Comune", "/c/", "c", "Sede a Prova")
    drawn = Graph("Prova", (node,), "elenco").svg
    assert '<a href="/c/" id="graph-c" aria-label="Comune, Sede a Prova">' in drawn


def test_a_long_label_is_cut_and_read_whole() -> None:
    name = "Associazione di promozione sociale per le pari opportunità di tutte"
    svg = Graph("Prova", (Node(name, "/a/", "a"),), "elenco").svg
    assert f'aria-label="{name}"' in svg
    assert ">Associazione di promozione sociale per le…</text>" in svg


def test_ties_of_one_sort_are_one_path_and_a_node_carries_its_own() -> None:
    svg = a_graph(4, Tie(0, 1, "g-solid"), Tie(1, 2, "g-solid"), Tie(0, 3, "g-dot")).svg
    drawn = dict(re.findall(r'<path class="g-tie ([\w-]+)" d="([^"]+)"/>', svg))
    assert {css: path.count("M") for css, path in drawn.items()} == {"g-solid": 2, "g-dot": 1}
    assert [path.count("M") for path in re.findall(r'class="g-mine" d="([^"]+)"', svg)] == [
        2,
        2,
        1,
        1,
    ]


def test_markup_in_names_is_text() -> None:
    svg = Graph("<i>", (Node("<b>A</b>", '/"/', "a"),), "elenco", key="k").svg
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert 'href="/&quot;/"' in svg


@pytest.mark.parametrize(("number", "offered"), [(12, False), (13, True)])
def test_a_way_around_many_links_is_offered(number: int, offered: bool) -> None:
    html = a_graph(number).render()
    assert ('href="#graph-end"' in html) is offered
    assert ('id="graph-end"' in html) is offered
    assert '<a href="#elenco">' in html


def test_the_key_says_what_a_tie_means() -> None:
    html = a_graph(2, legend=(TieKey("g-ring", "vicini & amici"),), around="in rete").render()
    assert '<path class="g-round" d="M1 8H25"/></svg><span>in rete</span>' in html
    assert '<path class="g-tie g-ring" d="M1 8H25"/></svg><span>vicini &amp; amici</span>' in html


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Graph("Prova", (), "elenco"),
        lambda: Graph("", (Node("A", "/a/", "a"),), "elenco"),
        lambda: Graph("Prova", (Node("A", "/a/", "a"),), ""),
        lambda: a_graph(2, Tie(0, 2, "g-solid")),
        lambda: Tie(1, 1, "g-solid"),
        lambda: Tie(0, 1, "g-wave"),
        lambda: TieKey("g-wave", "onda"),
        lambda: TieKey("g-dot", ""),
        lambda: Node("A", "", "a"),
        lambda: Node("A", "/a/", ""),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: object) -> None:
    with pytest.raises(ComponentError):
        wrong()  # type: ignore[operator]
