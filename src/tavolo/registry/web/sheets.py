"""Rows as a file that a spreadsheet opens."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.http import StreamingHttpResponse

# A cell that begins with one of these would be worked out as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def safe(value: object) -> str:
    """The value as text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_answer(
    name: str, header: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Sent as it is read; with the mark by which Excel knows UTF-8."""
    answer = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    yield _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[object]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow([safe(cell) for cell in cells])
    return buffer.getvalue()
