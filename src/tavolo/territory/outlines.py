"""The outline of any set of municipalities, made of their ready paths.

Neighbours are drawn with the same vertices (see `geometry`), so what two of them share is run once
in either direction and falls away; what is left closes into the rings around the whole.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from tavolo.territory.geometry import SMALLEST, doubled_area

Point = tuple[int, int]
Edge = tuple[Point, Point]

_RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")
_NUMBER = re.compile(r"-?\d+")


def merged(paths: Iterable[str], level: int) -> str:
    """One path around all the shapes of a level; "" for none.

    Specks that the source leaves between neighbours are not drawn.
    """
    edges: dict[Edge, int] = {}
    for path in paths:
        for ring in rings_of(path):
            for edge in pairwise((*ring, ring[0])):
                _lay(edges, edge)
    rings = [(abs(doubled_area(ring)), ring) for ring in _chains(edges)]
    largest = max((size for size, _ring in rings), default=0)
    speck = 2 * SMALLEST[level]
    return "".join(_drawn(ring) for size, ring in rings if size == largest or size >= speck)


def rings_of(path: str) -> Iterator[list[Point]]:
    """The vertices of each ring of a path as `geometry` writes it."""
    for x, y, moves in _RING.findall(path):
        steps = iter(map(int, _NUMBER.findall(moves)))
        xs, ys = zip((int(x), int(y)), *zip(steps, steps, strict=True), strict=True)
        yield list(zip(accumulate(xs), accumulate(ys), strict=True))


def _lay(edges: dict[Edge, int], edge: Edge) -> None:
    """Run along an edge; who ran it the other way before takes that back."""
    back = edge[1], edge[0]
    if back not in edges:
        edges[edge] = edges.get(edge, 0) + 1
    elif edges[back] == 1:
        del edges[back]
    else:
        edges[back] -= 1


def _chains(edges: dict[Edge, int]) -> Iterator[list[Point]]:
    """Edges put end to end until each chain closes."""
    onwards: dict[Point, list[Point]] = defaultdict(list)
    for (start, end), times in edges.items():
        onwards[start].extend([end] * times)
    for start, ends in onwards.items():
        while ends:
            chain = [start, ends.pop()]
            while chain[-1] != start:
                chain.append(onwards[chain[-1]].pop())
            yield chain[:-1]


def _drawn(ring: list[Point]) -> str:
    straight = [
        here
        for before, here, after in zip(
            ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True
        )
        if not _in_line(before, here, after)
    ]
    first, *_rest = straight or ring
    moves = " ".join(
        f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(straight or ring)
    ).replace(" -", "-")
    return f"M{first[0]} {first[1]}l{moves}z"


def _in_line(before: Point, here: Point, after: Point) -> bool:
    """Whether a vertex only marks where two municipalities met."""
    (ax, ay), (bx, by), (cx, cy) = before, here, after
    return (bx - ax) * (cy - by) == (by - ay) * (cx - bx)
