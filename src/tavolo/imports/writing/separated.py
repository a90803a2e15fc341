"""CSV as an Italian Excel opens it: UTF-8 with its mark, semicolons, decimal commas, CRLF."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from tavolo.imports.writing.cells import cell, shown


def write(stream: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Every cell stands in quotation marks, so that no other separator can be read out of a text."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([shown(cell(heading)) for heading in headings])
    writer.writerows([shown(cell(value)) for value in row] for row in rows)
    # The stream belongs to the caller and stays open.
    text.detach()
