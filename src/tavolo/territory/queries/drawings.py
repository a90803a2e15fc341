"""Drawings: ready paths with what they are of. Coordinates are cells of the level's grid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from tavolo.kernel.dated import valid_on
from tavolo.territory.choices import Level
from tavolo.territory.geometry import Point, place
from tavolo.territory.models import Area, Municipality, Shape

Bounds = tuple[int, int, int, int]  # min x, min y, max x, max y

MUNICIPALITY = "municipality"
REACH = 0.5  # how far a neighbourhood goes beyond its municipality, as a share of its longer side
TOUCH = 0.02  # how near a municipality must come to be a neighbour, likewise
_BOX = ("min_x", "min_y", "max_x", "max_y")
_PLACED = (
    "municipality__longitude",
    "municipality__latitude",
    *_BOX,
    "path",
    "residents",
)


@dataclass(frozen=True)
class Drawn:
    """One shape: what it is of, where its name may stand, who lives there if that was asked.

    `lived` is False for what did not exist on the day that was asked for.
    """

    key: int
    kind: str
    code: str
    name: str
    short: str
    path: str
    bounds: Bounds
    place: Point | None
    residents: int | None = None
    lived: bool = True


@dataclass(frozen=True)
class Drawing:
    """Shapes of one level of detail; empty where nothing was ever drawn."""

    level: Level
    shapes: tuple[Drawn, ...]

    @property
    def bounds(self) -> Bounds:
        """Around all shapes. Ask only where there are some."""
        return around(shape.bounds for shape in self.shapes)


@dataclass(frozen=True)
class Neighbourhood:
    """A municipality, those whose rectangles touch its own, and what else the window shows."""

    here: Drawn
    neighbours: tuple[Drawn, ...]
    ground: tuple[Drawn, ...]


def around(boxes: Iterable[Bounds]) -> Bounds:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def areas_drawn(areas: QuerySet[Area], level: Level) -> Drawing:
    """The areas in the order of their names; one query."""
    rows = (
        Shape.objects.filter(area__in=areas, level=level)
        .order_by("area__sort_key", "area_id", "year")
        .values_list(
            "area_id",
            "area__kind",
            "area__code",
            "area__title",
            "area__short",
            "area__longitude",
            "area__latitude",
            *_BOX,
            "path",
        )
    )
    return _drawing(level, ((*row, None) for row in rows))


def municipalities_drawn(
    municipalities: QuerySet[Municipality],
    level: Level,
    *,
    year: int | None = None,
    on: date | None = None,
) -> Drawing:
    """The municipalities in the order of their names, with their residents of `year`; one query.

    With `on` under the names and codes of that day.
    """
    return _municipalities(Q(municipality__in=municipalities), level, year, on)


def neighbourhood_drawn(
    municipality: Municipality, *, year: int | None, on: date | None = None
) -> Neighbourhood | None:
    """The municipality among those around it; None where its boundary is not known. Two queries.

    With `on` under the names and codes of that day; who did not live then is ground.
    """
    level = Level.FINE
    box = (
        Shape.objects.filter(municipality=municipality, level=level)
        .order_by("-year")
        .values_list(*_BOX)
        .first()
    )
    if box is None:
        return None
    left, top, right, bottom = _widened(box, REACH)
    window = Q(max_x__gte=left, min_x__lte=right, max_y__gte=top, min_y__lte=bottom)
    found = _municipalities(window & Q(municipality__isnull=False), level, year, on).shapes
    here = next(shape for shape in found if shape.key == municipality.pk)
    around_it = [shape for shape in found if shape is not here]
    near = _widened(box, TOUCH)
    neighbours = tuple(shape for shape in around_it if shape.lived and _meet(shape.bounds, near))
    return Neighbourhood(
        here, neighbours, tuple(shape for shape in around_it if shape not in neighbours)
    )


def _widened(box: Bounds, share: float) -> Bounds:
    left, top, right, bottom = box
    edge = round(max(right - left, bottom - top) * share)
    return left - edge, top - edge, right + edge, bottom + edge


def _meet(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _municipalities(which: Q, level: Level, year: int | None, on: date | None) -> Drawing:
    counted = FilteredRelation(
        "municipality__populations", condition=Q(municipality__populations__year=year or 0)
    )
    rows = (
        Shape.objects.filter(which, level=level)
        .annotate(counted=counted, residents=F("counted__total"))
        .order_by("municipality__sort_key", "municipality_id", "year")
    )
    return _drawing(level, _named(rows) if on is None else _named_on(rows, on))


def _named(rows: QuerySet[Shape]) -> Iterator[Any]:
    """Under the names of today."""
    wanted = ("municipality_id", "municipality__istat_code", "municipality__name", *_PLACED)
    for key, code, name, *rest in rows.values_list(*wanted):
        yield key, MUNICIPALITY, code, name, "", *rest


def _named_on(rows: QuerySet[Shape], on: date) -> Iterator[Any]:
    """Under the names that they bore on the day; who bore none did not live then."""
    then = FilteredRelation(
        "municipality__versions", condition=valid_on(on, "municipality__versions__")
    )
    named = rows.annotate(then=then, code_then=F("then__istat_code"), name_then=F("then__name"))
    wanted = ("municipality_id", "code_then", "name_then", "municipality__name", *_PLACED)
    for key, code, name, last, *rest in named.values_list(*wanted):
        yield key, MUNICIPALITY, code or "", name or last, "", *rest, code is not None


def _drawing(level: Level, rows: Iterable[Any]) -> Drawing:
    # Of what was drawn in several years the last one stays.
    latest = {row[0]: row for row in rows}
    return Drawing(level, tuple(_drawn(level, row) for row in latest.values()))


def _drawn(level: Level, row: Any) -> Drawn:
    key, kind, code, name, short, longitude, latitude, left, top, right, bottom, path, *more = row
    return Drawn(
        key,
        kind,
        code,
        name,
        short,
        path,
        (left, top, right, bottom),
        None if longitude is None else place(longitude, latitude, level),
        *more,
    )
