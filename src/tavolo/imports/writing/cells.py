"""What goes into a cell: text that no spreadsheet takes for a formula, numbers, days."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from tavolo.imports.errors import TooLongToWrite
from tavolo.imports.reading.cells import guarded, instant, number, speakable, truth
from tavolo.imports.reading.limits import CELL_CHARACTERS
from tavolo.kernel import clock

Cell = str | int | float | bool | date | datetime | None

# What widths are measured on; in letters, headings never narrower than they need.
_SAMPLE = 200
_NARROW, _WIDE = 10, 60


def cell(value: Any) -> Cell:
    """A value as a cell holds it; whatever is neither number, day nor truth becomes text.

    Refuses with TooLongToWrite a text that fits into no cell.
    """
    if isinstance(value, datetime) and value.tzinfo:
        # As an Italian clock says it: cells know no zone.
        return clock.in_rome(value).replace(tzinfo=None)
    if value is None or isinstance(value, bool | int | date):
        return value
    if isinstance(value, float | Decimal) and math.isfinite(value):
        return float(value)
    text = guarded(speakable(str(value)))
    if len(text) > CELL_CHARACTERS:
        raise TooLongToWrite(limit=CELL_CHARACTERS)
    return text


def shown(value: Cell) -> str:
    """A cell as text: numbers with a decimal comma, days as 2024-02-28."""
    say = next((said for kind, said in _SHOWN if isinstance(value, kind)), None)
    return say(value) if say else ""


# The narrower kinds first: truth is a number to Python, an instant a day.
_SHOWN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str),
    (bool, truth),
    (int, str),
    (float, number),
    (datetime, instant),
    (date, date.isoformat),
)


def measured(
    headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[list[int], Iterator[list[Cell]]]:
    """Widths in letters for the columns, and the rows as cells, which are gone through once."""
    cells = ([cell(value) for value in row] for row in rows)
    sample = list(islice(cells, _SAMPLE))
    return widths([list(headings), *sample]), chain(sample, cells)


def widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    count = max(len(row) for row in rows)
    longest = [
        max((_line_length(row[place]) for row in rows if place < len(row)), default=0)
        for place in range(count)
    ]
    return [min(max(length + 2, _NARROW), _WIDE) for length in longest]


def _line_length(value: Cell) -> int:
    return max(map(len, shown(value).split("\n")))


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: 31 letters, none of those that formulas need."""
    plain = "".join(" " if sign in "[]:*?/\\'\n\t" else sign for sign in speakable(title))
    return " ".join(plain.split())[:31].strip() or "Tabella"
