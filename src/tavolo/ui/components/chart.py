"""Bars or lines drawn on the server, and beneath them the table of the same numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log10
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tavolo.ui import words
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import Missing

MOST_SERIES = 4
WIDTH = 640
LINE_HEIGHT = 280
BAR = 54
LEFT, RIGHT, TOP, BOTTOM = 96, 96, 12, 36
BOTTOM_LABELS = 8  # as many as a phone can show side by side
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Series(Part):
    """A name and a value for each label; a missing one is left open, never drawn as zero."""

    name: Words
    values: tuple[int | float | Missing, ...]

    def check(self) -> None:
        require(self.name, "A series has a name.")
        require(
            all(isinstance(v, Missing) or v >= 0 for v in self.values), "A chart begins at zero."
        )


@dataclass(frozen=True)
class Chart(Component, template="ui/components/chart.html"):
    """One to four series over the same labels. `key` is unique in the page; `unit` and `source` are said.

    Bars (of the first series) compare things; lines follow years. The scale begins at zero.
    """

    title: Words
    kind: Literal["bars", "lines"]
    labels: tuple[Words, ...]
    series: tuple[Series, ...]
    key: str = "chart"
    unit: Words = ""
    source: Words = ""
    decimals: int = 0

    def check(self) -> None:
        require(self.title, "A chart has a title.")
        require(self.labels, "A chart has labels.")
        require(1 <= len(self.series) <= MOST_SERIES, "A chart has one to four series.")
        require(self.kind == "lines" or len(self.series) == 1, "Bars show one series.")
        for series in self.series:
            require(len(series.values) == len(self.labels), "A series has a value for each label.")

    @property
    def svg(self) -> SafeString:
        """The drawing, named by the title; its numbers are in the table."""
        body, height = self._bars() if self.kind == "bars" else self._lines()
        opening = (
            f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{self.key}-title">'
            f'<title id="{self.key}-title">{escape(self.title)}</title>'
        )
        return mark_safe(opening + "".join(body) + "</svg>")  # noqa: S308  # each text was escaped

    @property
    def table(self) -> Table:
        """The same numbers, for reading, copying and listening."""
        columns = (
            Column(_("Item")),
            *(Column(series.name, numeric=True) for series in self.series),
        )
        rows = tuple(
            Row(
                (
                    Cell(label),
                    *(Cell(series.values[at], decimals=self.decimals) for series in self.series),
                )
            )
            for at, label in enumerate(self.labels)
        )
        nothing = EmptyState(
            _("No numbers yet"), _("They will stand here as soon as there are some.")
        )
        return Table(
            self.title,
            columns,
            rows,
            nothing,
            key=f"{self.key}-table",
            dense=True,
            narrow="keep",
            caption_hidden=True,
        )

    @property
    def _top(self) -> float:
        known = [v for series in self.series for v in series.values if not isinstance(v, Missing)]
        most = max(known, default=0)
        return round_scale(most) if self.kind == "lines" else most or 1

    def _bars(self) -> tuple[Iterator[str], int]:
        return self._bar_lines(), TOP + BAR * len(self.labels)

    def _bar_lines(self) -> Iterator[str]:
        # The label stands above its bar, so that it is whole on a phone too.
        for at, (label, value) in enumerate(zip(self.labels, self.series[0].values, strict=True)):
            y = TOP + BAR * at
            yield f'<text class="c-text" x="8" y="{y + 16}">{escape(clipped(str(label)))}</text>'
            yield self._bar(y + 26, value)
        yield f'<path class="c-axis" d="M1 {TOP}V{TOP + BAR * len(self.labels)}"/>'

    def _bar(self, y: int, value: float | Missing) -> str:
        if isinstance(value, Missing):
            return f'<text class="c-value" x="8" y="{y + 15}">{escape(_reason(value))}</text>'
        long = value / self._top * (WIDTH - RIGHT)
        said = escape(words.number(value, self.decimals))
        return (
            f'<rect class="c-1" x="1" y="{y}" width="{long:.1f}" height="18"/>'
            f'<text class="c-value" x="{long + 9:.1f}" y="{y + 15}">{said}</text>'
        )

    def _lines(self) -> tuple[Iterator[str], int]:
        return self._line_parts(), LINE_HEIGHT

    def _line_parts(self) -> Iterator[str]:
        yield from self._grid()
        for at, label in enumerate(self.labels):
            if at % ceil(len(self.labels) / BOTTOM_LABELS) == 0:
                yield f'<text class="c-text c-mid" x="{self._x(at):.1f}" y="{LINE_HEIGHT - 8}">{escape(label)}</text>'
        for number, series in enumerate(self.series, start=1):
            yield f'<path class="c-line c-{number}" d="{"".join(self._run(series))}"/>'
            yield from self._ends(number, series)

    def _grid(self) -> Iterator[str]:
        for share in (0, 0.5, 1):
            y = self._y(self._top * share)
            yield f'<path class="{"c-grid" if share else "c-axis"}" d="M{LEFT - 12} {y:.1f}H{WIDTH - 24}"/>'
            said = words.number(self._top * share, self.decimals)
            yield f'<text class="c-text c-end" x="{LEFT - 20}" y="{y + 5:.1f}">{escape(said)}</text>'

    def _run(self, series: Series) -> Iterator[str]:
        pen = "M"
        for at, value in enumerate(series.values):
            if isinstance(value, Missing):
                pen = "M"
                continue
            yield f"{pen}{self._x(at):.1f} {self._y(value):.1f}"
            pen = "L"

    def _ends(self, number: int, series: Series) -> Iterator[str]:
        for at, value in enumerate(series.values):
            if not isinstance(value, Missing):
                yield f'<circle class="c-{number}" cx="{self._x(at):.1f}" cy="{self._y(value):.1f}" r="3.5"/>'

    def _x(self, at: int) -> float:
        return LEFT + at * (WIDTH - LEFT - 36) / max(1, len(self.labels) - 1)

    def _y(self, value: float) -> float:
        return TOP + (LINE_HEIGHT - TOP - BOTTOM) * (1 - value / self._top)


def round_scale(most: float) -> float:
    """The round number at which the scale ends: 1.240 is drawn up to 2.000."""
    if most <= 0:
        return 1
    size: float = 10.0 ** ceil(log10(most) - 1)
    return next(step * size for step in STEPS if step * size >= most)


def clipped(label: str, most: int = 46) -> str:
    """A label that fits above its bar; the table has it whole."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _reason(why: Missing) -> str:
    return {
        Missing.UNKNOWN: _("not determinable"),
        Missing.PROTECTED: _("protected"),
        Missing.NOT_FORESEEN: _("not foreseen"),
    }[why]
