"""Tables that leave: XLSX, ODS, CSV; and templates to fill in. Reading gives back what was written."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from tavolo.imports.plugs import ImportKind
from tavolo.imports.writing import ods, separated, templates, xlsx

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

    Cells may be text, numbers, truth, days, instants, or None for an empty one. A text that a
    spreadsheet could take for a formula gets an apostrophe in front, which reading takes off again.
    Rows are gone through once; the stream stays open.
    Refuses with `errors.TooLongToWrite` a text that fits into no cell.
    """
    if format == "csv":
        separated.write(stream, headings, rows)
    elif format == "ods":
        ods.write(stream, title, headings, rows)
    else:
        xlsx.write(stream, title, headings, rows)


def write_template(stream: BinaryIO, *, format: str, kind: ImportKind) -> None:  # noqa: A002
    """A file to fill in: the kind's headings in the language of the moment, and an example row.

    In a workbook another sheet explains each column: whether it is needed, what it is, which words
    may stand there. XLSX offers these words in the cells.
    """
    if format == "csv":
        labels, example = templates.headings(kind), templates.example(kind)
        separated.write(stream, labels, [example] if any(example) else [])
    elif format == "ods":
        templates.write_ods(stream, kind)
    else:
        templates.write_xlsx(stream, kind)
