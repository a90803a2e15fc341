"""Networks drawn: Italy with numbered pins, and the outline beside each row."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tavolo.kernel.models import Network
from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.geometry import Point
from tavolo.territory.queries import CountryMap, Drawing, NetworkOutline
from tavolo.territory.queries.drawings import around
from tavolo.territory.web import maps as territory_maps
from tavolo.ui.components.map import KeyEntry, Map, Pin, Shape, ViewBox

WIDTH = 468
MINI = (104, 88)
MARGIN = 18.0  # from the edge of the map to the middle of a pin, in pixels
APART = 34.0  # between two pins
REACHES = (52.0, 74.0, 100.0, 130.0)
DIRECTIONS = 16
MOST_LEADS = 12  # with more networks than this, lines would cross: pins stand on their places
RING = 9.0  # in pixels
SMALL = 16.0  # a territory narrower than this, in pixels, gets a white spot


def italy(networks: Sequence[Network], drawn: CountryMap) -> Map | None:
    """The regions, each network's territory on them, and a numbered pin for each."""
    if not drawn.regions.shapes:
        return None
    box = ViewBox.around(drawn.regions.bounds, 0.01)
    outlines = [drawn.networks[network.pk] for network in networks]
    return Map(
        title=_("Map of Italy with the networks: %(names)s")
        % {"names": ", ".join(f"{i} {n.name}" for i, n in enumerate(networks, 1))},
        shapes=(
            *(Shape(shape.path, css="m-land") for shape in drawn.regions.shapes),
            *(Shape(piece.path, css="m-here") for each in outlines for piece in each.pieces),
        ),
        view_box=box,
        key="italia",
        width=WIDTH,
        pins=_pins(networks, outlines, box),
        caption=_("The networks of the list. %(attribution)s") % {"attribution": ATTRIBUTION},
    )


def municipalities(drawing: Drawing, joined: Container[int]) -> Map | None:
    """A network's municipalities, each a link; darker those that take part themselves."""
    plain = territory_maps.municipalities_map(_("The municipalities of the network"), drawing)
    inside = {shape.key for shape in drawing.shapes if shape.key in joined}
    if plain is None or not inside:
        return plain
    shapes = zip(plain.shapes, drawing.shapes, strict=True)
    dark = {shape.place for shape in drawing.shapes if shape.key in inside}
    return replace(
        plain,
        labels=tuple(replace(label, light=label.at in dark) for label in plain.labels),
        shapes=tuple(
            replace(shape, css="m-in" if drawn.key in inside else "m-town")
            for shape, drawn in shapes
        ),
        legend=(
            KeyEntry("m-in", _("takes part"), len(inside)),
            KeyEntry("m-town", _("does not take part"), len(drawing.shapes) - len(inside)),
        ),
    )


def mini(outline: NetworkOutline) -> SafeString:
    """A network's outline for a row of the list; what it says stands in the words beside it."""
    if not outline.pieces:
        return SafeString("")
    left, top, right, bottom = outline.bounds
    cells = max((right - left) / MINI[0], (bottom - top) / MINI[1])  # in one pixel
    width, height = MINI[0] * cells, MINI[1] * cells
    x, y = left - (width - right + left) / 2, top - (height - bottom + top) / 2
    paths = [("m-2", shape.path) for shape in outline.ground]
    paths += [("m-here", shape.path) for shape in outline.pieces]
    return format_html(
        '<svg class="mini" viewBox="{} {} {} {}" aria-hidden="true" focusable="false">{}{}</svg>',
        *(round(value, 1) for value in (x, y, width, height)),
        format_html_join("", '<path class="{}" d="{}"/>', paths),
        _ring(around(piece.bounds for piece in outline.pieces), cells),
    )


def _ring(bounds: tuple[int, int, int, int], cells: float) -> SafeString:
    """A circle around what would be a mere dot."""
    if _width(bounds) / cells > SMALL:
        return SafeString("")
    return format_html(
        '<circle class="m-edge" vector-effect="non-scaling-stroke" cx="{}" cy="{}" r="{}"/>',
        *(round(value, 1) for value in _middle(bounds)),
        round(RING * cells, 1),
    )


def _middle(bounds: tuple[int, int, int, int]) -> tuple[float, float]:
    return (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2


@dataclass(frozen=True)
class _Spot:
    """A network that can be pointed at; positions in pixels of the drawn map."""

    number: int
    network: Network
    place: Point
    at: tuple[float, float]
    small: bool


def _pins(
    networks: Sequence[Network], outlines: Sequence[NetworkOutline], box: ViewBox
) -> tuple[Pin, ...]:
    scale = WIDTH / box.width
    spots = []
    for number, (network, outline) in enumerate(zip(networks, outlines, strict=True), 1):
        if outline.place is None:
            continue
        at = ((outline.place[0] - box.x) * scale, (outline.place[1] - box.y) * scale)
        small = all(_width(piece.bounds) * scale < SMALL for piece in outline.pieces)
        spots.append(_Spot(number, network, outline.place, at, small))
    heads = _heads(spots, box.height * scale) if len(spots) <= MOST_LEADS else {}
    return tuple(_pin(spot, heads.get(spot.number), box, scale) for spot in spots)


def _pin(spot: _Spot, head: tuple[float, float] | None, box: ViewBox, scale: float) -> Pin:
    return Pin(
        number=str(spot.number),
        label=f"{spot.number} {spot.network.name}",
        place=spot.place,
        at=None if head is None else (box.x + head[0] / scale, box.y + head[1] / scale),
        href=reverse("portal:network", args=[spot.network.slug]),
        spot=spot.small and head is not None,
    )


def _heads(spots: Sequence[_Spot], height: float) -> dict[int, tuple[float, float]]:
    """Where each pin's head stands: near its place, away from the other places and heads."""
    heads: dict[int, tuple[float, float]] = {}
    for spot in spots:
        around = [other.at for other in spots if other is not spot]
        heads[spot.number] = min(
            _candidates(spot.at, height),
            key=lambda head: _cost(head, spot.at, around, list(heads.values())),
        )
    return heads


def _candidates(at: tuple[float, float], height: float) -> list[tuple[float, float]]:
    found = [
        (
            at[0] + reach * cos(2 * pi * step / DIRECTIONS),
            at[1] + reach * sin(2 * pi * step / DIRECTIONS),
        )
        for reach in REACHES
        for step in range(DIRECTIONS)
    ]
    inside = [
        head
        for head in found
        if MARGIN <= head[0] <= WIDTH - MARGIN and MARGIN <= head[1] <= height - MARGIN
    ]
    return inside or found


def _cost(
    head: tuple[float, float],
    at: tuple[float, float],
    places: Sequence[tuple[float, float]],
    heads: Sequence[tuple[float, float]],
) -> float:
    """A longer line costs a little; a head near another, or a line over another place, costs much."""
    cost = hypot(head[0] - at[0], head[1] - at[1]) / 100
    for other in heads:
        near = hypot(head[0] - other[0], head[1] - other[1])
        cost += 100 if near < APART else APART / near
    for place in places:
        near = _distance(place, at, head)
        cost += 20 if near < APART / 2 else APART / near
    return cost


def _distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    """From a point to a line between two others; a place on its very beginning does not count."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    share = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    share = min(max(share, 0.0), 1.0)
    near = hypot(point[0] - start[0] - share * dx, point[1] - start[1] - share * dy)
    # Two networks may lie in one another: then no line can keep clear of the other place.
    return near if share > 0 else max(near, APART / 2)


def _width(bounds: tuple[int, int, int, int]) -> int:
    return bounds[2] - bounds[0]
