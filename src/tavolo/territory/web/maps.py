"""Drawings turned into maps: links, names where there is room for them, the attribution beneath."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.queries import Drawing, Drawn, Neighbourhood
from tavolo.territory.queries.drawings import REACH
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.parts import LIST
from tavolo.ui import words
from tavolo.ui.components.map import Map, MapLabel, Shape, ViewBox

WIDTH = 560
# A label at its largest, which is on a phone, in units of the drawing.
LETTER, LINE = 9.0, 20.0
MOST_LABELS = 10


def regions_map(title: str, drawing: Drawing) -> Map | None:
    """Regions, the largest with their names; None where nothing was ever drawn."""
    large_first = sorted(drawing.shapes, key=_extent, reverse=True)
    return _map(title, drawing, _names(large_first))


def provinces_map(title: str, drawing: Drawing) -> Map | None:
    """Provinces with their two letters."""
    return _map(title, drawing, [(shape, shape.short) for shape in drawing.shapes])


def municipalities_map(title: str, drawing: Drawing) -> Map | None:
    """Municipalities; those with most residents carry their names."""
    return _map(title, drawing, _names(_crowded_first(drawing.shapes)))


def neighbourhood_map(around: Neighbourhood) -> Map:
    """The municipality, filled, among its neighbours; what lies beyond them is ground."""
    box = ViewBox.around(around.here.bounds, REACH)
    to = Addresses()
    return Map(
        title=_("%(name)s and the municipalities around it") % {"name": around.here.name},
        shapes=(
            *(Shape(shape.path, css="m-1") for shape in around.ground),
            *(_shape(shape, to) for shape in around.neighbours),
            Shape(around.here.path, around.here.name, css="m-here"),
        ),
        view_box=box,
        key="mappa",
        width=WIDTH,
        labels=_labels(_names([around.here, *_crowded_first(around.neighbours)]), box),
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _map(title: str, drawing: Drawing, names: Iterable[tuple[Drawn, str]]) -> Map | None:
    if not drawing.shapes:
        return None
    box = ViewBox.around(drawing.bounds)
    to = Addresses()
    return Map(
        title=title,
        shapes=tuple(_shape(shape, to) for shape in drawing.shapes),
        view_box=box,
        key="mappa",
        width=WIDTH,
        labels=_labels(names, box),
        caption=str(ATTRIBUTION),
        list_href=f"#{LIST}",
    )


def _shape(shape: Drawn, to: Addresses) -> Shape:
    people = shape.residents is not None and _("%(number)s residents") % {
        "number": words.number(shape.residents)
    }
    return Shape(shape.path, shape.name, href=to.of(shape), description=people or "")


def _names(shapes: Iterable[Drawn]) -> list[tuple[Drawn, str]]:
    # Of a name in two languages the first half is enough on a map.
    return [(shape, shape.name.split("/")[0]) for shape in shapes]


def _crowded_first(shapes: Sequence[Drawn]) -> list[Drawn]:
    return sorted(shapes, key=lambda shape: -(shape.residents or 0))


def _extent(shape: Drawn) -> int:
    left, top, right, bottom = shape.bounds
    return (right - left) * (bottom - top)


def _labels(names: Iterable[tuple[Drawn, str]], box: ViewBox) -> tuple[MapLabel, ...]:
    """The first names for which there is room, none over another and none over the edge."""
    scale = WIDTH / box.width
    taken: list[tuple[float, float, float, float]] = []
    labels: list[MapLabel] = []
    for shape, text in names:
        if shape.place is None or not text or len(labels) == MOST_LABELS:
            continue
        x, y = (shape.place[0] - box.x) * scale, (shape.place[1] - box.y) * scale
        half = len(text) * LETTER / 2
        mine = (x - half, y - LINE / 2, x + half, y + LINE / 2)
        inside = mine[0] > 0 and mine[1] > 0 and mine[2] < WIDTH and mine[3] < box.height * scale
        if inside and not any(_meet(mine, other) for other in taken):
            taken.append(mine)
            labels.append(MapLabel(text, shape.place, small=shape.kind == "municipality"))
    return tuple(labels)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
