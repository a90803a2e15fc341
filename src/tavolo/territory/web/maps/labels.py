"""Names on a map, as many as there is room for, none over another."""

from collections.abc import Iterable, Sequence

from tavolo.territory.queries import Drawn
from tavolo.territory.queries.drawings import MUNICIPALITY
from tavolo.territory.web.shades import Shading
from tavolo.ui.components.map import MapLabel, ViewBox

WIDTH = 560
# A label at its largest, which is on a phone, in units of the drawing.
LETTER, LINE = 9.0, 20.0
MOST_LABELS = 10

Named = tuple[Drawn, str]
Box = tuple[float, float, float, float]


def names(shapes: Iterable[Drawn]) -> list[Named]:
    """Each with its name; of a name in two languages the first half is enough on a map."""
    return [(shape, shape.name.split("/")[0]) for shape in shapes]


def crowded_first(shapes: Sequence[Drawn]) -> list[Drawn]:
    return sorted(shapes, key=lambda shape: -(shape.residents or 0))


def large_first(shapes: Sequence[Drawn]) -> list[Drawn]:
    return sorted(shapes, key=_extent, reverse=True)


def placed(
    named: Iterable[Named], box: ViewBox, shading: Shading | None = None
) -> tuple[MapLabel, ...]:
    """The first names for which there is room, none over another and none over the edge."""
    scale = WIDTH / box.width
    taken: list[Box] = []
    labels: list[MapLabel] = []
    for shape, text in named:
        if shape.place is None or not text or len(labels) == MOST_LABELS:
            continue
        mine = _room(text, (shape.place[0] - box.x) * scale, (shape.place[1] - box.y) * scale)
        inside = mine[0] > 0 and mine[1] > 0 and mine[2] < WIDTH and mine[3] < box.height * scale
        if inside and not any(_meet(mine, other) for other in taken):
            taken.append(mine)
            labels.append(_label(shape, text, shape.place, shading))
    return tuple(labels)


def _label(
    shape: Drawn, text: str, place: tuple[float, float], shading: Shading | None
) -> MapLabel:
    return MapLabel(
        text,
        place,
        small=shape.kind == MUNICIPALITY,
        light=shading is not None and shading.is_dark(shape.key),
    )


def _room(text: str, x: float, y: float) -> Box:
    half = len(text) * LETTER / 2
    return x - half, y - LINE / 2, x + half, y + LINE / 2


def _extent(shape: Drawn) -> int:
    left, top, right, bottom = shape.bounds
    return (right - left) * (bottom - top)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
