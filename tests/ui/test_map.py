"""Maps: what is drawn where, what is a link, and what it costs."""

import pytest

from tavolo.ui.components.map import KeyEntry, Map, MapLabel, Pin, Shape, ViewBox

SQUARE = "M0 0H100V100H0z"
BOX = ViewBox(0, 0, 100, 50)


def drawn(*shapes: Shape, **more: object) -> str:
    return Map("Carta", shapes, BOX, **more).svg


def test_the_box_around_bounds_has_a_margin() -> None:
    assert ViewBox.around((10, 20, 110, 70), margin=0.1) == ViewBox(0, 10, 120, 70)


def test_the_drawing_has_the_proportions_of_the_box_whatever_the_unit() -> None:
    for unit in (1, 1000):
        box = ViewBox(0, 0, 100 * unit, 50 * unit)
        assert 'viewBox="0 0 560 280"' in Map("Carta", (), box).svg


def test_a_shape_with_an_address_is_a_named_link() -> None:
    svg = drawn(Shape(SQUARE, "Argelato", "/t/037002/", "m-2", "9.635 residenti"))
    assert (
        '<a href="/t/037002/" aria-label="Argelato, 9.635 residenti">'
        f'<path class="m-2" d="{SQUARE}"><title>Argelato, 9.635 residenti</title></path></a>'
    ) in svg
    assert 'role="group"' in svg


def test_a_map_without_links_is_one_picture() -> None:
    svg = drawn(Shape(SQUARE, "Argelato"), Shape(SQUARE, css="m-dash"))
    assert 'role="img" aria-labelledby="map-title"><title id="map-title">Carta</title>' in svg
    assert "<a " not in svg
    assert f'<path class="m-dash" d="{SQUARE}"/>' in svg


def test_unknown_and_protected_areas_have_patterns_of_their_own() -> None:
    svg = drawn(Shape(SQUARE, css="m-unknown"), key="a")
    assert '<path class="m-unknown" fill="url(#a-unknown)"' in svg
    assert '<pattern id="a-unknown"' in svg
    assert '<pattern id="a-unknown-key"' in svg
    assert "a-kept" not in svg


def test_the_key_says_words_and_counts() -> None:
    shown = Map(
        "Carta", (), BOX, legend=(KeyEntry("m-1", "pochi", 1200), KeyEntry("m-dash", "distretto"))
    )
    html = shown.render()
    assert "<span>pochi (1.200)</span>" in html
    assert '<path class="m-dash" d="M1 8H25"/>' in html
    assert "<span>distretto</span>" in html


def test_pins_and_labels_stand_where_their_places_are() -> None:
    svg = drawn(
        pins=(
            Pin("1", "Milano", (50, 25), (0, 0), "/reti/milano/", spot=True),
            Pin("2", "Lucca", (0, 50)),
        ),
        labels=(MapLabel("Qui", (100, 50), anchor="start", small=True, light=True, dot=True),),
    )
    assert '<path class="m-lead" d="M280 140L0 0"/>' in svg
    assert '<circle class="m-spot" cx="280" cy="140" r="3"/>' in svg
    assert '<a href="/reti/milano/" aria-label="Milano">' in svg
    assert '<circle class="m-pin m-pin--num" cx="0" cy="280" r="14"><title>Lucca</title>' in svg
    assert '<circle class="m-pin" cx="560" cy="280" r="4"/>' in svg
    assert 'class="m-label m-label--start m-label--s m-label--light" x="560" y="280"' in svg


@pytest.mark.parametrize(("links", "offered"), [(12, False), (13, True)])
def test_a_way_around_many_links_is_offered(links: int, offered: bool) -> None:
    shown = Map(
        "Carta", tuple(Shape(SQUARE, f"C{n}", f"/{n}/") for n in range(links)), BOX, key="a"
    )
    html = shown.render()
    assert ('href="#a-end"' in html) is offered
    assert ('id="a-end"' in html) is offered


def test_the_same_as_a_list_is_one_link_away() -> None:
    html = Map("Carta", (), BOX, caption="Confini: ISTAT", list_href="#elenco").render()
    assert (
        '<figcaption><a href="#elenco">Le stesse cose in elenco</a>. Confini: ISTAT</figcaption>'
        in html
    )


def test_nothing_in_a_drawing_is_a_style() -> None:
    assert "style" not in drawn(Shape(SQUARE, "a", "/a/"), pins=(Pin("1", "b", (0, 0)),))


def test_numbers_are_written_for_machines_in_every_language() -> None:
    svg = Map("Carta", (Shape(SQUARE, css="m-unknown"),), ViewBox(1234.5, 0, 3000.25, 100)).svg
    assert 'transform="scale(0.186651112) translate(-1234.5 0)"' in svg
