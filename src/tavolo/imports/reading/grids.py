"""A sheet as it lies there, and the table found in it. The rules of finding stand in docs/reference/imports.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tavolo.imports.reading import limits
from tavolo.imports.reading.cells import letters
from tavolo.imports.reading.refused import (
    CELL_TOO_LONG,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_WIDE_AN_AREA,
    Refused,
)

# Nobody writes more titles above a table than this.
LOOKED_AT = 100
_BLANK = " \t\r\n\x0b\x0c\xa0\u200b\ufeff"

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Merged:
    """Cells joined into one, counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> bool:
        return self.right > self.left

    @property
    def tall(self) -> bool:
        return self.bottom > self.top

    @property
    def columns(self) -> range:
        return range(self.left, min(self.right, limits.COLUMNS) + 1)


@dataclass(frozen=True)
class Grid:
    """Rows with something in them under their numbers, from 1; and which cells are joined."""

    lines: list[Line]
    merged: Sequence[Merged] = ()


@dataclass(frozen=True)
class Found:
    """The table: its headings and where they stand, the rows beneath, whether anything stands above."""

    heading_row: int
    headings: list[str]
    lines: list[Line]
    above: bool = False


def blank(text: str) -> bool:
    return not text.strip(_BLANK)


class Keeper:
    """Keeps the rows that hold something; refuses what exceeds the limits."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._widest = 0

    def add(self, number: int, cells: list[str]) -> None:
        wide = _width(cells)
        if not wide:
            return
        self._widest = max(self._widest, wide)
        _within(len(self.lines) + 1, self._widest)
        if max(map(len, cells)) > limits.CELL_CHARACTERS:
            _refuse_long(number, cells)
        self.lines.append((number, cells))


def kept(numbered: Iterable[Line]) -> list[Line]:
    keeper = Keeper()
    for number, cells in numbered:
        keeper.add(number, cells)
    return keeper.lines


def _width(cells: list[str]) -> int:
    """Up to the last cell that holds something."""
    wide = len(cells)
    while wide and blank(cells[wide - 1]):
        wide -= 1
    return wide


def _within(rows: int, columns: int) -> None:
    # One more: the headings are no row of the table.
    if rows > limits.ROWS + 1:
        raise Refused(TOO_MANY_ROWS, limit=limits.ROWS)
    if columns > limits.COLUMNS:
        raise Refused(TOO_MANY_COLUMNS, limit=limits.COLUMNS)
    if rows * columns > limits.AREA:
        raise Refused(TOO_WIDE_AN_AREA, limit=limits.AREA)


def _refuse_long(number: int, cells: list[str]) -> None:
    place = next(n for n, cell in enumerate(cells) if len(cell) > limits.CELL_CHARACTERS)
    raise Refused(CELL_TOO_LONG, cell=f"{letters(place)}{number}", limit=limits.CELL_CHARACTERS)


def find_table(grid: Grid) -> Found:
    """Headings are the first row that fills half of the columns of the fullest row, or more.

    Looked for among the first 100 rows that hold something; two columns at least, where there are
    two. Where headings are joined across columns and only beneath those something stands, the row
    beneath belongs to the headings too. Joined cells further down say the same in each of their rows.
    """
    top = _heading_place(grid.lines)
    number, first = grid.lines[top]
    beneath = next((cells for n, cells in grid.lines[top + 1 : top + 2] if n == number + 1), [])
    across = [joined for joined in grid.merged if joined.top == number - 1 and joined.wide]
    double = bool(beneath) and _all_under(beneath, across)
    lines = grid.lines[top + 1 + double :]
    _fill_down(lines, grid.merged)
    headings = _joined(first, beneath, across) if double else first
    width = max([_width(headings), *(_width(cells) for _n, cells in lines)])
    return Found(
        number,
        [" ".join(text.split()) for text in _fitted(headings, width)],
        [(n, _fitted(cells, width)) for n, cells in lines],
        above=top > 0,
    )


def _heading_place(lines: list[Line]) -> int:
    counts = [sum(not blank(cell) for cell in cells) for _number, cells in lines[:LOOKED_AT]]
    fullest = max(counts)
    return next(
        place
        for place, count in enumerate(counts)
        if count * 2 >= fullest and count >= min(2, fullest)
    )


def _all_under(cells: list[str], across: Sequence[Merged]) -> bool:
    covered = {place for joined in across for place in joined.columns}
    return all(place in covered or blank(cell) for place, cell in enumerate(cells))


def _joined(first: list[str], beneath: list[str], across: Sequence[Merged]) -> list[str]:
    """Both rows of headings in one: "Population" over "Women" is "Population Women"."""
    width = max(len(first), len(beneath))
    above, under = _fitted(first, width), _fitted(beneath, width)
    for joined in across:
        for place in joined.columns:
            if place < width:
                above[place] = above[joined.left]
    return [f"{upper} {lower}".strip() for upper, lower in zip(above, under, strict=True)]


def _fill_down(lines: list[Line], merged: Sequence[Merged]) -> None:
    by_number = dict(lines)
    for joined in merged:
        top = by_number.get(joined.top + 1, [])
        if joined.tall and joined.left < len(top):
            for row in range(joined.top + 2, joined.bottom + 2):
                if row in by_number:
                    put(by_number[row], joined.left, top[joined.left])


def put(cells: list[str], place: int, text: str) -> None:
    """Write a cell that the row may not reach yet."""
    cells.extend([""] * (place + 1 - len(cells)))
    cells[place] = text


def _fitted(cells: list[str], width: int) -> list[str]:
    return cells[:width] + [""] * (width - len(cells))
