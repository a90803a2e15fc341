"""CSV and its relatives: the separator that makes the most even rows; quotation marks that close."""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from tavolo.imports.reading import limits
from tavolo.imports.reading.books import Remarks, SheetName
from tavolo.imports.reading.cells import text
from tavolo.imports.reading.encodings import Encoding, encoding_of
from tavolo.imports.reading.grids import Grid, Line, kept
from tavolo.imports.reading.refused import Refused, gettext_noop
from tavolo.imports.reading.remarks import READ_AS

NOT_CLOSED = gettext_noop(
    "A quotation mark opens in row %(row)s and is never closed, so the rest cannot be told apart. "
    "Mend it there and bring the file again."
)
TOO_LONG = gettext_noop(
    "A cell in row %(row)s holds more than %(limit)s characters. "
    "Perhaps a quotation mark opens there and is never closed."
)

# In the order in which they are preferred, where they do equally well.
SEPARATORS = ";\t|,"
_SAMPLE = 65_536
_RECORDS = 100
_SAID = re.compile(r'"?sep=([^\w"\r\n])"?\r?\n?', re.IGNORECASE)
# What stood after the last line of a text in DOS.
_END_IN_DOS = "\x1a"
# Our own last line, so that one which ends inside a cell shows a quotation mark left open. It is
# drawn by lot: no file can know it.
_END = os.urandom(16).hex()


class Separated:
    """A text of rows and cells: one sheet without a name."""

    sheets = (SheetName(""),)

    def __init__(self, path: Path) -> None:
        self._path = path
        self._encoding: Encoding = encoding_of(path)
        with self._open() as stream:
            self.beginning = stream.read(_SAMPLE)

    def _open(self) -> io.TextIOWrapper:
        return self._path.open(encoding=self._encoding.codec, newline="")

    def remarks(self) -> Remarks:
        if self._encoding.guessed:
            yield READ_AS, {"encoding": self._encoding.name}

    def grid(self, name: str) -> Grid:  # noqa: ARG002  there is but one
        return Grid(kept(self._records()))

    @cached_property
    def _separator(self) -> tuple[str, bool]:
        """The separator, and whether the first line does nothing but say it."""
        said = _SAID.match(self.beginning)
        if said:
            return said.group(1), True
        return max(SEPARATORS, key=lambda separator: evenness(self.beginning, separator)), False

    def _records(self) -> Iterator[Line]:
        separator, is_said = self._separator
        csv.field_size_limit(limits.CELL_CHARACTERS)
        number = 0
        with self._open() as stream:
            if is_said:
                stream.readline()
            try:
                for cells in csv.reader(_ended(stream), delimiter=separator):
                    if cells == [_END]:
                        return
                    number += 1
                    if cells != [_END_IN_DOS]:
                        yield number, [text(cell) for cell in cells]
            except csv.Error as fault:
                row, limit = str(number + 1), limits.CELL_CHARACTERS
                raise Refused(TOO_LONG, row=row, limit=limit) from fault
        raise Refused(NOT_CLOSED, row=str(number))


def _ended(stream: io.TextIOWrapper) -> Iterator[str]:
    line = ""
    for line in stream:
        yield line
    if not line.endswith(("\n", "\r")):
        yield "\n"
    yield _END


def evenness(sample: str, separator: str) -> float:
    """The share of rows that have as many cells as most, where most have more than one."""
    lines = io.StringIO(sample, newline="")
    counts: list[int] = []
    try:
        for record in csv.reader(lines, delimiter=separator):
            if any(cell.strip() for cell in record):
                counts.append(len(record))
            if len(counts) == _RECORDS:
                break
    except csv.Error:
        return 0
    several = Counter(count for count in counts if count > 1).most_common(1)
    return several[0][1] / len(counts) if several else 0
