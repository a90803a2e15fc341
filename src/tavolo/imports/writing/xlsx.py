"""XLSX by xlsxwriter, row by row, so that long tables do not pile up in memory."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tavolo.imports.writing.cells import Cell, cell, measured, sheet_name
from tavolo.kernel import clock

# Days before are kept as text: the format counts from here, and 1900 had no 29 February.
_FIRST_DAY = date(1900, 3, 1)


@dataclass(frozen=True)
class Looks:
    """The formats of a workbook. Text is marked as such: codes typed over keep their zeros."""

    heading: Format
    text: Format
    day: Format
    instant: Format
    example: Format
    prose: Format


@contextmanager
def workbook(stream: BinaryIO, title: str) -> Iterator[tuple[xlsxwriter.Workbook, Looks]]:
    """A workbook that is written to the stream at the end, unless something failed."""
    with TemporaryDirectory(prefix="tavolo-writing-") as folder:
        options = {"constant_memory": True, "tmpdir": folder}
        book = xlsxwriter.Workbook(stream, options)
        book.set_properties({"title": title, "created": clock.now().replace(tzinfo=None)})
        yield (
            book,
            Looks(
                heading=book.add_format({"bold": True, "num_format": "@", "valign": "top"}),
                text=book.add_format({"num_format": "@"}),
                day=book.add_format({"num_format": "dd/mm/yyyy"}),
                instant=book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
                example=book.add_format({"num_format": "@", "italic": True}),
                prose=book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
            ),
        )
        book.close()


def write(
    stream: BinaryIO, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    with workbook(stream, title) as (book, looks):
        sheet = book.add_worksheet(sheet_name(title))
        widths, lines = measured(headings, rows)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        put_row(sheet, looks, 0, [cell(heading) for heading in headings], text=looks.heading)
        for number, cells in enumerate(lines, 1):
            put_row(sheet, looks, number, cells)


def put_row(
    sheet: Worksheet,
    looks: Looks,
    row: int,
    cells: Sequence[Cell],
    *,
    text: Format | None = None,
) -> None:
    """Write a row; `text` is the look of its texts, where it is another."""
    for place, value in enumerate(cells):
        _put(sheet, looks, row, place, value, text or looks.text)


def _put(  # noqa: PLR0917  where, what, how
    sheet: Worksheet, looks: Looks, row: int, place: int, value: Cell, text: Format
) -> None:
    match value:
        case None | "":
            pass
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | float():
            sheet.write_number(row, place, value)
        case datetime():
            sheet.write_datetime(row, place, value, looks.instant)
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, place, value, looks.day)
        case date():
            sheet.write_string(row, place, value.isoformat(), text)
        case str():
            sheet.write_string(row, place, value, text)
