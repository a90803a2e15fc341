"""Tables that leave: XLSX, ODS, CSV; and templates to fill in."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from tavolo.imports.plugs import ImportKind

# Format: content type and extension.
FORMATS: dict[str, tuple[str, str]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    "csv": ("text/csv; charset=utf-8", ".csv"),
}


def write_table(
    stream: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that everybody uses for it
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write a table under its headings. `format` is a key of FORMATS, `title` the name of the sheet.

    Cells may be text, numbers, truth, dates, or None for an empty one. A text that a spreadsheet
    could take for a formula gets an apostrophe in front, which reading takes off again.
    """
    if format == "csv":
        _write_csv(stream, headings, rows)
    else:
        _write_xlsx(stream, title, headings, rows)


def write_template(stream: BinaryIO, *, format: str, kind: ImportKind) -> None:  # noqa: A002
    """A file to fill in: the kind's headings, an example row, and a sheet that explains each column."""
    labels = [str(field.label) for field in kind.fields]
    examples = [field.example for field in kind.fields]
    write_table(stream, format=format, title=str(kind.label), headings=labels, rows=[examples])


def _write_xlsx(
    stream: BinaryIO, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    for place, row in enumerate([headings, *rows]):
        sheet.write_row(place, 0, ["" if cell is None else cell for cell in row])
    book.close()


def _write_csv(stream: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    text.detach()
