"""Tables of offices: whatever encoding and separator, columns found by the names they go by."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tavolo.imports.reading import read_table
from tavolo.kernel.text import search_key
from tavolo.territory.errors import ColumnsMissing, NotATable

# A title, a note or two may stand before the headings.
SEARCHED_LINES = 20
SEPARATORS = (";", ",", "\t", "|")
LONGEST_CELL = 1_000_000
HEAD = 20_000
# How workbooks begin, whatever they are called: those of today, and those of long ago.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_BLANK = re.compile(r"\s+")

Names = Mapping[str, Sequence[str]]
Line = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """A table: `title` is what stands before the headings, `lines` are numbered as in the file."""

    title: str
    columns: Mapping[str, int]
    lines: Iterable[Line]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Cells by the key of their column, with single blanks; once, as they are read."""
        for number, cells in self.lines:
            if any(cells):
                yield number, {key: _cell(cells, place) for key, place in self.columns.items()}


def read_sheet(path: Path, wanted: Names, *, optional: Names | None = None) -> Sheet:
    """The table in a file. `wanted` says under which names each column goes about.

    A heading fits that is such a name or begins with it; capitals, accents and signs apart.
    Refuses with NotATable what is none, with ColumnsMissing, naming them, and with whatever
    `imports.reading` refuses of a workbook.
    """
    best: Sequence[str] = [names[0] for names in wanted.values()]
    for lines in _readings(path):
        before: list[str] = []
        for _number, cells in islice(lines, SEARCHED_LINES):
            columns = _columns(cells, wanted)
            missing = [names[0] for key, names in wanted.items() if key not in columns]
            if not missing:
                return Sheet(" ".join(before), _columns(cells, optional or {}) | columns, lines)
            best = min(best, missing, key=len)
            before += cells
    raise ColumnsMissing(best)


def _readings(path: Path) -> Iterator[Iterator[Line]]:
    """The file as it reads with each separator, the likeliest first; a workbook reads in one way."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise NotATable from fault
    if raw.startswith(WORKBOOKS):
        table = read_table(path, name=path.name)
        yield iter(
            [(1, table.headings), *((row.number, row.cells) for row in table.rows)],
        )
        return
    text = _text(raw)
    for separator in sorted(SEPARATORS, key=lambda sign: -text.count(sign, 0, HEAD)):
        yield _lines(text, separator)


def _text(raw: bytes) -> str:
    if b"\0" in raw:
        raise NotATable
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What offices write: every byte is a letter or one of five holes.
        return raw.decode("cp1252", errors="replace")


def _lines(text: str, separator: str) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as fault:
        raise NotATable from fault


def _columns(cells: Sequence[str], wanted: Names) -> dict[str, int]:
    headings = [search_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for key, names in wanted.items():
        place = _place(headings, [search_key(name) for name in names], set(found.values()))
        if place is not None:
            found[key] = place
    return found


def _place(headings: Sequence[str], names: Sequence[str], taken: set[int]) -> int | None:
    free = [(place, heading) for place, heading in enumerate(headings) if place not in taken]
    exact = (place for name in names for place, heading in free if heading == name)
    begun = (place for name in names for place, heading in free if heading.startswith(f"{name} "))
    return next(chain(exact, begun), None)


def _cell(cells: Sequence[str], place: int) -> str:
    return _BLANK.sub(" ", cells[place]).strip() if place < len(cells) else ""
