"""Drawings: ready paths with what they are of. Coordinates are cells of the level's grid."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from tavolo.kernel.dated import valid_on
from tavolo.territory.choices import Level
from tavolo.territory.geometry import Point, place
from tavolo.territory.models import Area, AreaMembership, Municipality, Shape
from tavolo.territory.outlines import merged

Bounds = tuple[int, int, int, int]  # min x, min y, max x, max y

Held = Mapping[int, Collection[int]]  # municipalities by area, by primary keys

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


def areas_as_held(
    areas: QuerySet[Area], level: Level, *, held: Held, redrawn: bool = False
) -> Drawing:
    """The areas as what they hold: municipalities by area, by primary keys. Two queries at most.

    Ready drawings are of today: `redrawn` asks for the outline of the municipalities instead,
    which an area without a ready one always gets. What holds nothing is left out.
    """
    rows = [row for row in _ready(areas, level) if row[0] in held]
    stale = {row[0] for row in rows if redrawn or row[-1] is None}
    pieces = _pieces({key for area in stale for key in held[area]}, level) if stale else {}
    shapes = (
        _made(level, row, [pieces[key] for key in held[row[0]] if key in pieces])
        if row[0] in stale
        else _drawn(level, (*row, None))
        for row in rows
    )
    return Drawing(level, tuple(shape for shape in shapes if shape is not None))


def _ready(areas: QuerySet[Area], level: Level) -> list[Any]:
    """Every area with its ready drawing, or without; of several years the last."""
    drawn = FilteredRelation("shapes", condition=Q(shapes__level=level))
    names = ("pk", "kind", "code", "title", "short", "longitude", "latitude")
    rows = areas.annotate(drawn=drawn).order_by("sort_key", "id", "drawn__year")
    found = rows.values_list(*names, *(f"drawn__{name}" for name in (*_BOX, "path")))
    return list({row[0]: row for row in found}.values())


def _pieces(municipalities: set[int], level: Level) -> dict[int, tuple[str, Bounds]]:
    rows = Shape.objects.filter(municipality__in=municipalities, level=level).order_by("year")
    return {
        key: (path, (left, top, right, bottom))
        for key, path, left, top, right, bottom in rows.values_list("municipality", "path", *_BOX)
    }


def _made(level: Level, row: Any, pieces: list[tuple[str, Bounds]]) -> Drawn | None:
    """An area as the outline of those of its municipalities that are drawn, if any are."""
    if not pieces:
        return None
    path = merged((path for path, _box in pieces), level)
    return _drawn(level, (*row[:7], *around(box for _path, box in pieces), path, None))


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


def country_paths() -> list[tuple[int, str]]:
    """Every municipality that is drawn at the coarse level: primary key and path; one query."""
    rows = Shape.objects.filter(level=Level.COARSE, municipality__isnull=False).order_by("year")
    return list(dict(rows.values_list("municipality_id", "path")).items())


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


def members_drawn(
    areas: Collection[int], level: Level, *, on: date
) -> tuple[dict[int, set[int]], Drawing]:
    """Which municipalities lie wholly in which of the areas on that day, and their drawings; one query.

    By primary keys, drawings under the names of the day, each once.
    """
    rows = (
        AreaMembership.objects.filter(valid_on(on), area__in=areas, unit=None)
        .annotate(
            drawn=FilteredRelation(
                "municipality__shapes", condition=Q(municipality__shapes__level=level)
            ),
            naming=FilteredRelation(
                "municipality__versions", condition=valid_on(on, "municipality__versions__")
            ),
        )
        .order_by("municipality__sort_key", "municipality_id", "drawn__year")
        .values_list(
            "area_id",
            "municipality_id",
            "naming__istat_code",
            "naming__name",
            "municipality__longitude",
            "municipality__latitude",
            *(f"drawn__{name}" for name in (*_BOX, "path")),
        )
    )
    held: dict[int, set[int]] = {}
    shapes = []
    for area, key, code, name, *placed in rows:
        held.setdefault(area, set()).add(key)
        if placed[-1] is not None and code is not None:
            shapes.append((key, MUNICIPALITY, code, name, "", *placed, None))
    return held, _drawing(level, shapes)


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
    named = rows.annotate(
        naming=then, code_then=F("naming__istat_code"), name_then=F("naming__name")
    )
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
