"""What every kind of file looks like to the rest of reading: sheets by name, and a grid for each."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import python_calamine

from tavolo.imports.reading import limits
from tavolo.imports.reading.cells import said
from tavolo.imports.reading.grids import Grid, Line, Merged, put
from tavolo.imports.reading.refused import (
    DAMAGED,
    TOO_MANY_COLUMNS,
    TOO_WIDE_AN_AREA,
    Refused,
)

Remarks = Iterator[tuple[str, Mapping[str, Any]]]

# What cells say instead of a value ("#N/A"), by row from 1 and column from 0.
Errors = dict[tuple[int, int], str]


@dataclass(frozen=True)
class SheetName:
    name: str
    hidden: bool = False


class Book(Protocol):
    @property
    def sheets(self) -> Sequence[SheetName]:
        """The sheets with cells, in their order; one without a name, where the file has no sheets."""
        ...

    def grid(self, name: str) -> Grid:
        """The rows that hold something on a sheet."""
        ...

    def remarks(self) -> Remarks:
        """What was left aside: message ids with their values."""
        ...


@contextmanager
def calamine_refused() -> Iterator[None]:
    try:
        yield
    except python_calamine.CalamineError as fault:
        raise Refused(DAMAGED) from fault


def refuse_far_cells(rows: int, columns: int) -> None:
    """Calamine lays out every cell between the first and the last: not where that is too much."""
    if columns > limits.COLUMNS:
        raise Refused(TOO_MANY_COLUMNS, limit=limits.COLUMNS)
    if rows * columns > limits.AREA:
        raise Refused(TOO_WIDE_AN_AREA, limit=limits.AREA)


def lines_of(sheet: python_calamine.CalamineSheet, errors: Errors) -> Iterator[Line]:
    """Every row as text, with the errors that calamine leaves empty."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), error in errors.items():
        by_row.setdefault(row, {})[column] = error
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = before + [said(value) for value in values]
        for column, error in by_row.get(number, {}).items():
            put(cells, column, error)
        yield number, cells


def merged_of(sheet: python_calamine.CalamineSheet) -> list[Merged]:
    return [
        Merged(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
