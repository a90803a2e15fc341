"""Boundaries as arcs that neighbours share: any set of municipalities without gap or overlap.

An arc runs from one meeting point of boundaries to the next and is kept once. Each of its vertices
says the coarsest level of detail that shows it, so that one set of arcs serves all levels. Whole
numbers throughout; y grows southwards, as on a screen. The layout is told in
docs/reference/territory-data.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Final

from tavolo.territory.projection import project

Point = tuple[int, int]

LEVELS: Final = (0, 1, 2)  # coarse for Italy, middle for a region, fine for a province
UNIT: Final = 25  # metres: the grid of the kept coordinates
GRIDS: Final = (8, 4, 1)  # the grid on which each level is drawn, in units
# Cells of the level's grid: a smaller island is not drawn unless it is all there is, nor is a
# smaller gap that the source leaves between neighbours.
SMALLEST: Final = (25, 25, 80)


@dataclass(frozen=True)
class Outline:
    """A path for a drawing and the rectangle around it, in cells of its level's grid."""

    path: str
    min_x: int
    min_y: int
    max_x: int
    max_y: int


def snapped(units: int, level: int) -> int:
    """A kept coordinate on the grid of a level."""
    grid = GRIDS[level]
    return (units + grid // 2) // grid


def place(longitude: float, latitude: float, level: int) -> Point:
    """Where a point lies in the drawings of a level."""
    east, south = project(longitude, latitude)
    return snapped(round(east / UNIT), level), snapped(round(south / UNIT), level)


@dataclass(frozen=True)
class Arc:
    points: Sequence[Point]
    ranks: str


class Topology:
    """All arcs, and each municipality's rings: numbers of arcs, `~number` runs one backwards."""

    def __init__(self, arcs: Sequence[Arc], rings: Mapping[str, Sequence[Sequence[int]]]) -> None:
        self.arcs = arcs
        self.rings = rings
        self._drawn: dict[int, list[list[Point]]] = {}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Topology":
        """From the document that the extract holds."""
        xs, ys = accumulate(document["dx"]), accumulate(document["dy"])
        points = list(zip(xs, ys, strict=True))
        ends = [0, *accumulate(document["lengths"])]
        ranks = document["ranks"]
        arcs = [Arc(points[a:b], ranks[a:b]) for a, b in pairwise(ends)]
        return cls(arcs, document["rings"])

    @cached_property
    def _uses(self) -> Counter[int]:
        return Counter(
            max(step, ~step) for rings in self.rings.values() for ring in rings for step in ring
        )

    def outline(self, code: str, level: int) -> Outline:
        """One municipality, as its neighbours fit it."""
        drawn = self._drawn_arcs(level)
        rings = [
            [point for step in ring for point in _directed(drawn, step)[:-1]]
            for ring in self.rings[code]
        ]
        islands = [len(ring) == 1 and self._is_coast(ring[0]) for ring in self.rings[code]]
        return _outline(rings, islands, SMALLEST[level])

    def union(self, codes: Iterable[str], level: int) -> Outline:
        """A set of municipalities as one area, without the boundaries inside it."""
        uses = Counter(step for code in codes for ring in self.rings[code] for step in ring)
        # What both sides use falls away. In seven places the source runs an arc twice the same way:
        # counting keeps even those chains closed.
        edge = Counter({step: n - uses[~step] for step, n in uses.items() if n > uses[~step]})
        chains = self._chains(sorted(edge.elements(), key=lambda s: (max(s, ~s), s)))
        rings = [[p for step in chain for p in self._simpler(step, level)] for chain in chains]
        islands = [all(map(self._is_coast, chain)) for chain in chains]
        return _outline(rings, islands, SMALLEST[level])

    def _is_coast(self, step: int) -> bool:
        return self._uses[max(step, ~step)] == 1

    def _drawn_arcs(self, level: int) -> list[list[Point]]:
        if level not in self._drawn:
            self._drawn[level] = [_at_level(arc, level) for arc in self.arcs]
        return self._drawn[level]

    def _chains(self, steps: Iterable[int]) -> list[list[int]]:
        """Arcs put end to end until each chain closes."""
        waiting: dict[Point, list[int]] = {}
        for step in steps:
            waiting.setdefault(self._start(step), []).append(step)
        chains = []
        for start, here in waiting.items():
            while here:
                chain = [here.pop()]
                while (end := self._start(~chain[-1])) != start:
                    chain.append(waiting[end].pop())
                chains.append(chain)
        return chains

    def _start(self, step: int) -> Point:
        return self.arcs[step].points[0] if step >= 0 else self.arcs[~step].points[-1]

    def _simpler(self, step: int, level: int) -> list[Point]:
        """An arc on an area's edge: where only municipalities meet, no corner is needed."""
        arc = self.arcs[max(step, ~step)]
        line = _at_level(arc, level) if step >= 0 else _at_level(arc, level)[::-1]
        first = arc.ranks[0] if step >= 0 else arc.ranks[-1]
        return line[:-1] if int(first) <= level else line[1:-1]


def _at_level(arc: Arc, level: int) -> list[Point]:
    last = len(arc.points) - 1
    return [
        (snapped(x, level), snapped(y, level))
        for i, (x, y) in enumerate(arc.points)
        if arc.ranks[i] <= str(level) or i in {0, last}
    ]


def _directed(arcs: Sequence[Sequence[Point]], step: int) -> Sequence[Point]:
    return arcs[step] if step >= 0 else arcs[~step][::-1]


def _outline(rings: Sequence[list[Point]], islands: Sequence[bool], smallest: int) -> Outline:
    sizes = [abs(doubled_area(ring)) for ring in rings]
    largest = max(sizes)
    kept = [
        ring
        for ring, size, island in zip(rings, sizes, islands, strict=True)
        if size and (size == largest or not island or size >= 2 * smallest)
    ]
    xs, ys = zip(*(point for ring in kept for point in ring), strict=True)
    return Outline("".join(map(_path, kept)), min(xs), min(ys), max(xs), max(ys))


def doubled_area(ring: list[Point]) -> int:
    """Twice the ring's surface in cells, with a sign that tells which way it runs."""
    return sum(
        ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)
    )


def _path(ring: Sequence[Point]) -> str:
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(ring) if (ax, ay) != (bx, by)]
    # A minus sign parts two numbers as well as a blank does, and a page has thousands of them.
    moves = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
    return f"M{ring[0][0]} {ring[0][1]}l{moves}z"
