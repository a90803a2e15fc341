"""Drawings as GeoJSON (RFC 7946): degrees of WGS 84, outer rings counterclockwise, holes inside theirs."""

from collections.abc import Iterable, Sequence
from typing import Final

from tavolo.territory.geometry import GRIDS, UNIT, Point, doubled_area
from tavolo.territory.outlines import rings_of
from tavolo.territory.projection import unproject

Position = tuple[float, float]
Ring = list[Position]
Polygon = list[Ring]

DECIMALS: Final = 6  # a tenth of a metre


class Globe:
    """Turns paths of one level into positions; what neighbours share is computed once."""

    def __init__(self, level: int) -> None:
        self._metres = GRIDS[level] * UNIT
        self._known: dict[Point, Position] = {}

    def polygons(self, path: str) -> list[Polygon]:
        """The polygons of a path, each with its holes."""
        return [
            [self._ring(ring, hole=number > 0) for number, ring in enumerate(polygon)]
            for polygon in polygons_of(rings_of(path))
        ]

    def _ring(self, ring: Sequence[Point], *, hole: bool) -> Ring:
        # y grows southwards: what runs counterclockwise on the globe has a negative surface here.
        turned = ring if (doubled_area(list(ring)) < 0) != hole else ring[::-1]
        positions = [self._position(point) for point in turned]
        return [*positions, positions[0]]

    def _position(self, point: Point) -> Position:
        known = self._known.get(point)
        if known is None:
            longitude, latitude = unproject(point[0] * self._metres, point[1] * self._metres)
            known = self._known[point] = round(longitude, DECIMALS), round(latitude, DECIMALS)
        return known


def polygons_of(rings: Iterable[list[Point]]) -> list[list[list[Point]]]:
    """Outer rings, each followed by its holes: those that run the other way round inside it."""
    sized = sorted(((doubled_area(ring), ring) for ring in rings), key=lambda pair: -abs(pair[0]))
    outward = sized[0][0] > 0
    polygons = [[ring] for size, ring in sized if (size > 0) == outward]
    for size, ring in sized:
        if (size > 0) != outward:
            # The smallest that holds it: an island in a lake has lakes of its own.
            around = next((p for p in reversed(polygons) if _inside(ring, p[0])), None)
            # Simplified, the smallest of them may come to lie outside: then it says nothing.
            if around is not None:
                around.append(ring)
    return polygons


def _inside(hole: Sequence[Point], ring: Sequence[Point]) -> bool:
    """Whether the middle of the hole's first side lies in the ring; both may share a corner."""
    (ax, ay), (bx, by) = hole[0], hole[1]
    x, y = (ax + bx) / 2, (ay + by) / 2
    inside = False
    previous = ring[-1]
    for here in ring:
        if (here[1] > y) != (previous[1] > y):
            slope = (previous[0] - here[0]) / (previous[1] - here[1])
            inside ^= x < here[0] + (y - here[1]) * slope
        previous = here
    return inside


def box_of(polygons: Iterable[Polygon]) -> list[float]:
    """West, south, east, north."""
    west, north = zip(*(point for polygon in polygons for point in polygon[0]), strict=True)
    return [min(west), min(north), max(west), max(north)]
