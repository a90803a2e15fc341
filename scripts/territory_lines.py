"""The boundaries of municipalities as shared arcs, each vertex with the level that first shows it.

Used by build_territory.py; needs shapely and the package itself, no database.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

import shapely
from shapely.geometry import Polygon

from tavolo.territory.geometry import UNIT, snapped
from tavolo.territory.projection import project

# A vertex belongs to a level when the triangle that it adds is at least this large (m²):
# about half a square pixel of Italy, of a region, and of a small province on a screen.
THRESHOLDS: Final = (1_000_000.0, 90_000.0, 4_500.0)
FINE: Final = 2
TOLERANCE: Final = 0.005  # of a municipality's surface
FIXED: Final = float("inf")

Point = tuple[float, float]
Arc = tuple[Point, ...]
Ring = list[int]  # arc numbers; ~number is the arc backwards


class Topology:
    """All boundaries as arcs, each held once, and what every municipality takes from them."""

    def __init__(self, source: dict[str, Any]) -> None:
        self.rings = {code: list(_rings(shape)) for code, shape in sorted(source.items())}
        self.degree = self._degrees()
        self.numbers: dict[Arc, int] = {}
        self.arcs: list[Arc] = []
        self.owners: dict[int, list[str]] = defaultdict(list)
        self.shapes = {
            code: [self._cut(code, ring) for ring in rings] for code, rings in self.rings.items()
        }

    def _degrees(self) -> Counter[Point]:
        edges = {
            frozenset(edge)
            for rings in self.rings.values()
            for ring in rings
            for edge in zip(ring, ring[1:] + ring[:1], strict=True)
        }
        return Counter(point for edge in edges for point in edge)

    def _cut(self, code: str, ring: list[Point]) -> Ring:
        """The ring as arcs that run from one meeting point of boundaries to the next."""
        starts = [i for i, point in enumerate(ring) if self.degree[point] > 2]  # noqa: PLR2004
        turn = starts[0] if starts else ring.index(min(ring))
        turned = [*ring[turn:], *ring[:turn], ring[turn]]
        cuts = [i for i, point in enumerate(turned) if self.degree[point] > 2] or [0]  # noqa: PLR2004
        ends = [*cuts[1:], len(turned) - 1] if cuts[-1] != len(turned) - 1 else cuts[1:]
        pieces = zip(cuts, ends, strict=False)
        return [self._number(code, tuple(turned[start : end + 1])) for start, end in pieces]

    def _number(self, code: str, arc: Arc) -> int:
        number = ~self.numbers[arc[::-1]] if arc[::-1] in self.numbers else self.numbers.get(arc)
        if number is None:
            number = len(self.arcs)
            self.arcs.append(arc)
            self.numbers[arc] = number
        self.owners[number if number >= 0 else ~number].append(code)
        return number


def _rings(shape: Any) -> Iterator[list[Point]]:
    """Outer rings run one way, holes the other: a boundary is walked once in each direction."""
    for part in shape.geoms:
        oriented = shapely.geometry.polygon.orient(part)
        for ring in (oriented.exterior, *oriented.interiors):
            yield [project(*point) for point in ring.coords[:-1]]


def weights(points: Arc) -> list[float]:
    """What each vertex adds, after Visvalingam and Whyatt: m² of its triangle; both ends stay."""
    weight = [FIXED] * len(points)
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    fixed = _anchors(points)
    now = {i: _triangle(points, i - 1, i, i + 1) for i in range(1, len(points) - 1)}
    queue = [(area, i) for i, area in now.items() if i not in fixed]
    heapq.heapify(queue)
    highest = 0.0
    while queue:
        area, i = heapq.heappop(queue)
        if now.get(i) != area:
            continue
        highest = max(highest, area)
        weight[i] = highest
        del now[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for near in (left, right):
            if near in now:
                now[near] = _triangle(points, before[near], near, after[near])
                if near not in fixed:
                    heapq.heappush(queue, (now[near], near))
    return weight


def in_units(point: Point) -> tuple[int, int]:
    return round(point[0] / UNIT), round(point[1] / UNIT)


def _anchors(points: Arc) -> set[int]:
    """A closed line (an island) keeps three points at every level, so that it stays a surface."""
    if points[0] != points[-1]:
        return set()
    (x0, y0), inner = points[0], range(1, len(points) - 1)
    far = max(inner, key=lambda i: (points[i][0] - x0) ** 2 + (points[i][1] - y0) ** 2)
    wide = max((i for i in inner if i != far), key=lambda i: _triangle(points, 0, far, i))
    return {far, wide}


def _triangle(points: Arc, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = points[a], points[b], points[c]
    return abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2


class Simplified:
    """The level from which each vertex is shown; a finer level has the vertices of the coarser."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.relief = defaultdict(lambda: 1.0)  # (arc, level): a lower threshold where needed
        self.inner = [weights(arc) for arc in topology.arcs]
        self.nodes: dict[Point, float] = {}
        for chain in self._province_chains():
            self._weigh_together(chain)

    def _province_chains(self) -> Iterator[list[int]]:
        """Boundaries of provinces from one meeting point of provinces to the next."""
        border = [n for n in range(len(self.topology.arcs)) if self._is_border(n)]
        at: dict[Point, list[int]] = defaultdict(list)
        for n in border:
            at[self.topology.arcs[n][0]].append(n)
            at[self.topology.arcs[n][-1]].append(~n)
        ends = {point for point, meeting in at.items() if len(meeting) != 2}  # noqa: PLR2004
        left = set(border)
        for n in sorted(border, key=lambda n: (not self._touches(n, ends), n)):
            if n in left:
                yield self._walk(n, ends, at, left)

    def _touches(self, n: int, ends: set[Point]) -> bool:
        return self.topology.arcs[n][0] in ends or self.topology.arcs[n][-1] in ends

    def _walk(
        self, first: int, ends: set[Point], at: dict[Point, list[int]], left: set[int]
    ) -> list[int]:
        step = first if self.topology.arcs[first][0] in ends else ~first
        chain = []
        while (step if step >= 0 else ~step) in left:
            chain.append(step)
            left.discard(step if step >= 0 else ~step)
            last = self.directed(step)[-1]
            if last in ends:
                break
            step = next(near for near in at[last] if near != ~step)
        return chain

    def _is_border(self, n: int) -> bool:
        return (
            len({code[:3] for code in self.topology.owners[n]})
            + (len(self.topology.owners[n]) == 1)
            > 1
        )

    def directed(self, step: int) -> Arc:
        return self.topology.arcs[step] if step >= 0 else self.topology.arcs[~step][::-1]

    def _weigh_together(self, chain: list[int]) -> None:
        line = [self.directed(chain[0])[0]]
        for step in chain:
            line.extend(self.directed(step)[1:])
        weight, offset = weights(tuple(line)), 0
        for step in chain:
            length = len(self.directed(step))
            part = weight[offset : offset + length]
            self.inner[step if step >= 0 else ~step] = part if step >= 0 else part[::-1]
            for end in (0, -1):
                point = self.directed(step)[end]
                self.nodes[point] = max(part[end], self.nodes.get(point, 0.0))
            offset += length - 1

    def rank(self, n: int, i: int) -> int | None:
        """The coarsest level at which vertex `i` of arc `n` is shown; None when at none."""
        arc = self.topology.arcs[n]
        is_end = i in {0, len(arc) - 1}
        weight = self.nodes.get(arc[i], FIXED) if is_end else self.inner[n][i]
        for level, threshold in enumerate(THRESHOLDS):
            if weight >= threshold * self.relief[n, level]:
                return level
        return FINE if is_end else None

    def points(self, n: int, level: int) -> list[tuple[int, int]]:
        """The arc as a municipality shows it at this level, on the level's grid."""
        arc = self.topology.arcs[n]
        shown = [
            i
            for i in range(len(arc))
            if i in {0, len(arc) - 1} or ((r := self.rank(n, i)) is not None and r <= level)
        ]
        units = [in_units(arc[i]) for i in shown]
        return [(snapped(x, level), snapped(y, level)) for x, y in units]

    def mend(self) -> Counter[int]:
        """Show more vertices where a surface would vanish or cross itself; returns what is left."""
        spoiled: Counter[int] = Counter()
        for level in range(len(THRESHOLDS)):
            suspects: set[str] = set(self.topology.shapes)
            for _attempt in range(12):
                bad = sorted(code for code in suspects if not self._sound(code, level))
                arcs = {
                    a if a >= 0 else ~a for c in bad for r in self.topology.shapes[c] for a in r
                }
                for n in arcs:
                    self.relief[n, level] /= 4
                suspects = {code for n in arcs for code in self.topology.owners[n]}
            spoiled[level] = len(bad)
        return spoiled

    def _sound(self, code: str, level: int) -> bool:
        """Whether the largest ring is a surface, and no ring crosses itself by more than a hair."""
        drawn = [self._drawn(ring, level) for ring in self.topology.shapes[code]]
        rings = [Polygon(ring) for ring in drawn if len(set(ring)) > 2]  # noqa: PLR2004
        crossed = sum(abs(shapely.make_valid(r).area - r.area) for r in rings if not r.is_valid)
        return bool(rings) and crossed <= TOLERANCE * sum(ring.area for ring in rings)

    def _drawn(self, ring: Ring, level: int) -> list[tuple[int, int]]:
        drawn: list[tuple[int, int]] = []
        for step in ring:
            part = self.points(step if step >= 0 else ~step, level)
            drawn.extend((part if step >= 0 else part[::-1])[:-1])
        return drawn
