"""A map drawn on the server: shapes that are links, pins, labels and a key, whole without a script.

Coordinates are those of the paths, y downwards, in whatever unit; `ViewBox` says which part is
shown and `Map.width` how many pixels wide it is drawn at most. Strokes, labels and pins have
their own size on the screen, whatever the unit. Where scripts run, `static/ui/map.js` adds
enlarging, moving and a line that says what is under the pointer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require
from tavolo.ui.components.patterns import PATTERNS, pattern

Point = tuple[float, float]

SIGNS = 3  # as many as fit into a pin
MANY = 12  # links after which a way around the map is offered
CROWD = 120  # shapes after which their outlines are drawn thinner

FILLS = ("m-land", "m-town", "m-in", "m-here", "m-1", "m-2", "m-3", "m-4", "m-5")
LINES = ("m-edge", "m-solid", "m-dash", "m-dot")
SHADES = frozenset((*FILLS, *PATTERNS, *LINES))


@dataclass(frozen=True)
class ViewBox(Part):
    """The rectangle that is shown, in the unit of the paths."""

    x: float
    y: float
    width: float
    height: float

    def check(self) -> None:
        require(self.width > 0 and self.height > 0, "A view box needs a width and a height.")

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], margin: float = 0.02) -> "ViewBox":
        """The box around (min x, min y, max x, max y), with a margin that is a share of its longer side."""
        left, top, right, bottom = bounds
        edge = max(right - left, bottom - top) * margin
        return cls(left - edge, top - edge, right - left + 2 * edge, bottom - top + 2 * edge)


@dataclass(frozen=True)
class Shape(Part):
    """An area. `css` is one of `SHADES`: a fill, a pattern (a class, unknown, protected) or a line.

    With `href` it is a link; then it must have a label, which is read together with the
    description ("Argelato, 9.635 residenti"). A shape without label is drawn and not named.
    `ref` is unique in the map: with the map's key it makes the id by which a page leads to the
    shape (`#mappa-037002`).
    """

    path: str
    label: Words = ""
    href: str | None = None
    css: str = "m-town"
    description: Words = ""
    ref: str = ""

    def check(self) -> None:
        require(
            self.css in SHADES, f"No map class {self.css!r}; there are {', '.join(sorted(SHADES))}."
        )
        require(self.path[:1] in ("M", "m"), f"A path starts with M: {self.path[:20]!r}.")
        require(self.href is None or self.label, "A shape that is a link needs a label.")

    @property
    def spoken(self) -> str:
        return ", ".join(str(words) for words in (self.label, self.description) if words)


@dataclass(frozen=True)
class MapLabel(Part):
    """A name on the map. `light` is white writing for dark shades; `dot` marks the point itself."""

    text: Words
    at: Point
    anchor: Literal["middle", "start"] = "middle"
    small: bool = False
    light: bool = False
    dot: bool = False


@dataclass(frozen=True)
class Pin(Part):
    """A numbered pin at `at`, with a line to `place`; with `spot` a white dot marks a small place."""

    number: str
    label: Words
    place: Point
    at: Point | None = None
    href: str | None = None
    spot: bool = False

    def check(self) -> None:
        require(0 < len(self.number) <= SIGNS, "A pin's number has one to three signs.")
        require(self.label, "A pin needs a label.")


@dataclass(frozen=True)
class KeyEntry(Part):
    """A line of the key: a shade, its words, and how many areas have it."""

    css: str
    words: Words
    count: int | None = None

    def check(self) -> None:
        require(self.css in SHADES, f"No map class {self.css!r} for the key.")
        require(self.words, "A line of the key needs words.")

    @property
    def is_line(self) -> bool:
        return self.css in LINES

    @property
    def is_pattern(self) -> bool:
        return self.css in PATTERNS


@dataclass(frozen=True)
class Map(Component, template="ui/components/map.html"):
    """A figure with map, key and attribution.

    `legend_title` says what the shades count, in which unit and of when. `key` is unique in the
    page (ids are made of it). `image_href` is a drawing of the whole view box as a file, for more
    shapes than a page can hold; it stands in place of `shapes`. `caption` carries the attribution of the
    boundaries. `list_href` leads to the same data as a list or table, which the page must have:
    small shapes are hard to hit. A link around the map is offered where it has many links.
    """

    title: Words
    shapes: tuple[Shape, ...]
    view_box: ViewBox
    key: str = "map"
    width: int = 560
    labels: tuple[MapLabel, ...] = ()
    pins: tuple[Pin, ...] = ()
    legend: tuple[KeyEntry, ...] = ()
    legend_title: Words = ""
    image_href: str = ""
    caption: Words = ""
    list_href: str = ""

    def check(self) -> None:
        require(self.title, "A map needs a title that says what it shows.")
        require(not (self.image_href and self.shapes), "A map is a picture or has shapes.")
        require(self.key.replace("-", "").isalnum(), "A map's key has letters, digits and hyphens.")

    @property
    def height(self) -> int:
        return max(1, round(self.view_box.height * self._scale))

    @property
    def links(self) -> int:
        """How many shapes and pins are links, that is stops of the Tab key."""
        shapes = sum(bool(shape.href) for shape in self.shapes)
        return shapes + sum(bool(pin.href) for pin in self.pins)

    @property
    def is_lively(self) -> bool:
        """Whether there is something to come nearer to: shapes that have names."""
        return any(shape.label for shape in self.shapes)

    @property
    def is_crowded(self) -> bool:
        return len(self.shapes) > CROWD

    @property
    def has_way_around(self) -> bool:
        return self.links > MANY

    @property
    def svg(self) -> SafeString:
        """The drawing. Built as one string: a template loop over 400 shapes takes ten times as long."""
        if self.image_href:
            return self._picture()
        parts = [self._opening(), self._patterns(), self._shapes()]
        parts.extend(self._label(label) for label in self.labels)
        parts.extend(self._pin(pin) for pin in self.pins)
        return mark_safe("".join(parts) + "</svg>")  # noqa: S308  # each text above was escaped

    def _picture(self) -> SafeString:
        """The file; and, for the key, the patterns that it is filled with."""
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}">'
            '<svg class="tv-defs" width="0" height="0" aria-hidden="true">{}</svg>',
            self.image_href,
            self.title,
            self.width,
            self.height,
            mark_safe(self._patterns()),  # noqa: S308  no text in it
        )

    def pattern_id(self, css: str) -> str:
        return f"{self.key}-{css[2:]}"

    @property
    def _scale(self) -> float:
        return self.width / self.view_box.width

    def _opening(self) -> str:
        return (
            f'<svg viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}"'
            f' role="{"group" if self.links else "img"}" aria-labelledby="{self.key}-title">'
            f'<title id="{self.key}-title">{escape(self.title)}</title>'
        )

    def _patterns(self) -> str:
        used = {shape.css for shape in self.shapes} | {entry.css for entry in self.legend}
        # The shapes are drawn enlarged, the key is not: each has its own copy of the pattern.
        copies = (("", 1 / self._scale), ("-key", 1.0))
        defs = [
            pattern(self.pattern_id(css) + end, css, grow)
            for css in PATTERNS
            if css in used
            for end, grow in copies
        ]
        return f"<defs>{''.join(defs)}</defs>" if defs else ""

    def _shapes(self) -> str:
        scale, box = self._scale, self.view_box
        move = f"scale({_short(scale, 9)}) translate({_short(-box.x, 3)} {_short(-box.y, 3)})"
        return f'<g transform="{move}">{"".join(self._drawn(self.shapes))}</g>'

    def _drawn(self, shapes: Iterable[Shape]) -> Iterable[str]:
        for shape in shapes:
            fill = f' fill="url(#{self.pattern_id(shape.css)})"' if shape.css in PATTERNS else ""
            outline = f'class="{shape.css}"{fill} d="{escape(shape.path)}"'
            if not shape.label:
                yield f"<path {outline}/>"
                continue
            spoken = escape(shape.spoken)
            name = f' id="{self.key}-{escape(shape.ref)}"' if shape.ref else ""
            if shape.href:
                path = f"<path {outline}><title>{spoken}</title></path>"
                yield f'<a href="{escape(shape.href)}" aria-label="{spoken}"{name}>{path}</a>'
            else:
                yield f"<path {outline}{name}><title>{spoken}</title></path>"

    def _spot(self, point: Point) -> tuple[str, str]:
        return (
            _short((point[0] - self.view_box.x) * self._scale, 1),
            _short((point[1] - self.view_box.y) * self._scale, 1),
        )

    def _label(self, label: MapLabel) -> str:
        x, y = self._spot(label.at)
        css = "m-label"
        css += " m-label--start" if label.anchor == "start" else ""
        css += " m-label--s" if label.small else ""
        css += " m-label--light" if label.light else ""
        dot = f'<circle class="m-pin" cx="{x}" cy="{y}" r="4"/>' if label.dot else ""
        shift = ' dx="9"' if label.dot and label.anchor == "start" else ""
        return f'{dot}<text class="{css}" x="{x}" y="{y}" dy=".33em"{shift}>{escape(label.text)}</text>'

    def _pin(self, pin: Pin) -> str:
        (px, py), (x, y) = self._spot(pin.place), self._spot(pin.at or pin.place)
        lead = f'<path class="m-lead" d="M{px} {py}L{x} {y}"/>' if pin.at else ""
        spot = f'<circle class="m-spot" cx="{px}" cy="{py}" r="3"/>' if pin.spot else ""
        head = (
            f'<circle class="m-pin m-pin--num" cx="{x}" cy="{y}" r="14"><title>{escape(pin.label)}</title></circle>'
            f'<text class="m-label m-label--num" x="{x}" y="{y}" dy=".36em" aria-hidden="true">'
            f"{escape(pin.number)}</text>"
        )
        if pin.href:
            head = f'<a href="{escape(pin.href)}" aria-label="{escape(pin.label)}">{head}</a>'
        return lead + spot + head


def _short(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".") or "0"
