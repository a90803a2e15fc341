"""A graph drawn on the server, in which nobody stands above: nodes of one size on a ring, each a link.

The left half of the ring is read downwards, then the right half; each half has a line of its own
for every label, so that no two ever meet. Ties are curves through the inside. A tie is its two
places among the nodes and one of `TIES`, a way of drawing a line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import dist, sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require

Point = tuple[float, float]

TIES = ("g-solid", "g-dash", "g-dot", "g-ring", "g-long")
WIDTH = 1040
RING = 200  # from the middle to the ring, sideways
NARROWEST = 0.3  # of that, at the top and at the bottom
ROW = 24  # pixels: what a finger hits
WIDEST_ROW = 56
TALL = 400  # pixels over which few nodes are spread
EDGE = 14
MOST_BENT = 0.6  # of the way to the middle
NEAR, FAR = 120, 600  # pixels up to which a tie is straight, and how many more bend it all the way
LONGEST = 42  # signs of a label that fit beside the ring
MANY = 12  # links after which a way around the graph is offered


@dataclass(frozen=True)
class Node(Part):
    """`about` is read after the label. `ref` is unique in the graph and makes the id of the link."""

    label: Words
    href: str
    ref: str
    about: Words = ""

    def check(self) -> None:
        require(self.label and self.href, "A node has a label and leads somewhere.")
        require(self.ref, "A node has a ref.")

    @property
    def spoken(self) -> str:
        return ", ".join(str(words) for words in (self.label, self.about) if words)

    @property
    def short(self) -> str:
        label = str(self.label)
        return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True)
class Tie(Part):
    """Between the nodes at these two places; it has no direction."""

    one: int
    other: int
    css: str

    def check(self) -> None:
        require(self.css in TIES, f"No way of drawing {self.css!r}; there are {', '.join(TIES)}.")
        require(self.one != self.other, "Nothing is tied to itself.")


@dataclass(frozen=True)
class TieKey(Part):
    """A line of the key: how ties are drawn, and what they mean."""

    css: str
    words: Words

    def check(self) -> None:
        require(self.css in TIES, f"No way of drawing {self.css!r} for the key.")
        require(self.words, "A line of the key needs words.")


@dataclass(frozen=True)
class Graph(Component, template="ui/components/graph.html"):
    """A figure with graph and key. `list_id` is the list that says the same, which the page must have.

    `around` says what the ring itself means. `key` is unique in the page. On a phone the list alone
    is shown: labels could not be read.
    """

    title: Words
    nodes: tuple[Node, ...]
    list_id: str
    ties: tuple[Tie, ...] = ()
    legend: tuple[TieKey, ...] = ()
    around: Words = ""
    key: str = "graph"

    def check(self) -> None:
        require(self.title, "A graph needs a title that says what it shows.")
        require(self.nodes, "A graph without nodes is an empty state.")
        require(self.list_id, "The same stands in the page as a list.")
        places = range(len(self.nodes))
        require(
            all(tie.one in places and tie.other in places for tie in self.ties),
            "A tie joins two nodes of the graph.",
        )

    @property
    def has_way_around(self) -> bool:
        return len(self.nodes) > MANY

    @property
    def height(self) -> int:
        return round(_rows(len(self.nodes)) * _row(len(self.nodes))) + 2 * EDGE

    @property
    def svg(self) -> SafeString:
        """The drawing: all ties beneath, then the nodes, each with its own ties to be shown on it."""
        points = ring(len(self.nodes))
        parts = [
            self._opening(),
            f'<path class="g-round" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in _around(points))}Z"/>',
            *self._ties(points),
            *(self._node(place, point, points) for place, point in enumerate(points)),
            "</svg>",
        ]
        return mark_safe("".join(parts))  # noqa: S308  each text above was escaped

    def _opening(self) -> str:
        key = escape(self.key)
        return (
            f'<svg viewBox="0 0 {WIDTH} {self.height}" width="{WIDTH}" height="{self.height}"'
            f' role="group" aria-labelledby="{key}-title"><title id="{key}-title">'
            f"{escape(self.title)}</title>"
        )

    def _ties(self, points: Sequence[Point]) -> Iterable[str]:
        for css in TIES:
            drawn = self._curves((tie for tie in self.ties if tie.css == css), points)
            if drawn:
                yield f'<path class="g-tie {css}" d="{drawn}"/>'

    def _curves(self, ties: Iterable[Tie], points: Sequence[Point]) -> str:
        middle = (WIDTH / 2, self.height / 2)
        return "".join(_curve(points[tie.one], points[tie.other], middle) for tie in ties)

    def _node(self, place: int, point: Point, points: Sequence[Point]) -> str:
        node, (x, y) = self.nodes[place], point
        mine = self._curves((tie for tie in self.ties if place in (tie.one, tie.other)), points)
        left = x < WIDTH / 2
        spoken = escape(node.spoken)
        return (
            f'<a href="{escape(node.href)}" id="{escape(self.key)}-{escape(node.ref)}"'
            f' aria-label="{spoken}"><title>{spoken}</title>'
            + (f'<path class="g-mine" d="{mine}"/>' if mine else "")
            + f'<rect class="g-hit" x="{0 if left else x - ROW / 2:.1f}" y="{y - ROW / 2:.1f}"'
            f' width="{(x if left else WIDTH - x) + ROW / 2:.1f}" height="{ROW}" rx="3"/>'
            f'<circle class="g-node" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
            f'<text class="g-label{" g-label--end" if left else ""}"'
            f' x="{x - 14 if left else x + 14:.1f}" y="{y:.1f}" dy=".33em">'
            f"{escape(node.short)}</text></a>"
        )


def ring(number: int) -> list[Point]:
    """Where so many nodes stand: the left half downwards, then the right half; the same for the same."""
    rows, row = _rows(number), _row(number)
    left = [_place(place, rows, row, -1) for place in range(rows)]
    right = [_place(place, rows, row, 1) for place in range(number - rows)]
    return left + right


def _around(points: Sequence[Point]) -> list[Point]:
    """The same points in the order in which one walks round the ring."""
    rows = _rows(len(points))
    return [*points[:rows], *reversed(points[rows:])]


def _rows(number: int) -> int:
    return (number + 1) // 2


def _row(number: int) -> float:
    return min(WIDEST_ROW, max(ROW, TALL / _rows(number)))


def _place(place: int, rows: int, row: float, side: int) -> Point:
    """`side` -1 is left. An ellipse with its rows evenly apart, so that each label has its line."""
    height = (2 * place + 1) / rows - 1
    out = max(NARROWEST, sqrt(1 - height * height))
    return (WIDTH / 2 + side * RING * out, EDGE + (place + 0.5) * row)


def _curve(one: Point, other: Point, middle: Point) -> str:
    """Bent towards the middle, the more the further apart the two are."""
    between = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    bend = min(MOST_BENT, max(0.0, dist(one, other) - NEAR) / FAR)
    x, y = (a + bend * (b - a) for a, b in zip(between, middle, strict=True))
    return f"M{one[0]:.1f} {one[1]:.1f}Q{x:.1f} {y:.1f} {other[0]:.1f} {other[1]:.1f}"
