"""XLS: the values by calamine, and what calamine leaves out by a walk over the records of the workbook."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine

from tavolo.imports.reading.books import (
    Errors,
    Remarks,
    SheetName,
    calamine_refused,
    lines_of,
    merged_of,
    refuse_far_cells,
)
from tavolo.imports.reading.compound import Compound
from tavolo.imports.reading.grids import Grid, kept
from tavolo.imports.reading.refused import DAMAGED, PROTECTED, Refused
from tavolo.imports.reading.remarks import HAS_MACROS

STREAMS = ("Workbook", "Book")
_BEGIN, _PASSWORD, _LISTED_SHEET, _SPAN = 0x0809, 0x002F, 0x0085, 0x0200
# How far the rows and columns of a sheet reach, as Excel 97 and as Excel 5 say it.
_SPANS = {14: "<IIHH2x", 10: "<HHHH2x"}
_FORMULA, _TRUTH_OR_ERROR, _SEVERAL_NUMBERS = 0x0006, 0x0205, 0x00BD
# Numbers, texts, formulas, truth: records that begin with their row and column.
_CELLS = {_FORMULA, _TRUTH_OR_ERROR, _SEVERAL_NUMBERS, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
_ERROR_RESULT = 2
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass
class _Seen:
    """What the records of a sheet say: errors by (row, column), and how far its cells reach."""

    errors: Errors = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


class Xls:
    """A workbook of Excel 5 to 2003."""

    def __init__(self, path: Path) -> None:
        file = Compound(path)
        self._has_macros = any(name.startswith("_VBA_PROJECT") for name in file.entries)
        self._seen = list(_walk(file.stream(next(s for s in STREAMS if s in file.entries))))
        for seen in self._seen:
            # Before calamine lays out every sheet.
            refuse_far_cells(seen.rows, seen.columns)
        with calamine_refused(), path.open("rb") as stream:
            self._book = python_calamine.load_workbook(stream)
        self.sheets = [
            SheetName(told.name, hidden=told.visible != python_calamine.SheetVisibleEnum.Visible)
            for told in self._book.sheets_metadata
            if told.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]

    def remarks(self) -> Remarks:
        if self._has_macros:
            yield HAS_MACROS, {}

    def grid(self, name: str) -> Grid:
        place = self._book.sheet_names.index(name)
        errors = self._seen[place].errors if place < len(self._seen) else {}
        with calamine_refused():
            sheet = self._book.get_sheet_by_name(name)
            return Grid(kept(lines_of(sheet, errors)), merged_of(sheet))


def _walk(stream: bytes) -> Iterator[_Seen]:
    """Each sheet in the order in which the workbook lists them; charts within a sheet do not count."""
    starts: list[int] = []
    found: dict[int, _Seen] = {}
    now = _Seen()
    for at, kind, body in _records(stream):
        if kind in _CELLS:
            _see(now, kind, body)
        elif kind == _SPAN:
            _span(now, body)
        elif kind == _LISTED_SHEET:
            starts.append(struct.unpack_from("<I", body.ljust(4, b"\0"))[0])
        elif kind == _PASSWORD:
            raise Refused(PROTECTED)
        elif kind == _BEGIN:
            now = found.setdefault(at, _Seen())
    return (found.get(start, _Seen()) for start in starts)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _span(seen: _Seen, body: bytes) -> None:
    """Calamine makes room for as many cells as the sheet says it has, whether they are there or not."""
    if len(body) not in _SPANS:
        return
    first, rows, left, columns = struct.unpack(_SPANS[len(body)], body)
    if first > rows or left > columns:
        raise Refused(DAMAGED)
    seen.rows, seen.columns = max(seen.rows, rows), max(seen.columns, columns)


def _see(seen: _Seen, kind: int, body: bytes) -> None:
    if len(body) < 8:  # noqa: PLR2004  row, column, format and something said
        return
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _SEVERAL_NUMBERS else column
    seen.rows, seen.columns = max(seen.rows, row + 1), max(seen.columns, last + 1)
    code = _error_code(kind, body)
    if code is not None:
        seen.errors[row + 1, column] = _ERRORS.get(code, "#N/A")


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _TRUTH_OR_ERROR and body[7]:
        return body[6]
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == _ERROR_RESULT:
        return body[8]
    return None
