"""The child: `python -m tavolo.imports.reading FILE [SHEET]`, the sheet as JSON.

Writes JSON lines to standard output: what the table is, then a row a line, then `{"end": …}` with
what it cost; or, instead of the rows, what is refused.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tavolo.imports.reading import limits
from tavolo.imports.reading.books import Book, SheetName
from tavolo.imports.reading.fence import cost, fence_in
from tavolo.imports.reading.grids import Found, find_table
from tavolo.imports.reading.kinds import open_book
from tavolo.imports.reading.names import listed, shown_sheet
from tavolo.imports.reading.refused import (
    DAMAGED,
    NO_SUCH_SHEET,
    NOTHING_IN_FILE,
    NOTHING_IN_SHEET,
    TOO_MUCH_TEXT,
    Refused,
)
from tavolo.imports.reading.remarks import ABOVE_HEADINGS, HIDDEN_SHEETS


def main(file: str, sheet: str = "") -> None:
    fence_in()
    lines = [*_answer(Path(file), sheet), json.dumps({"end": asdict(cost())})]
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _answer(path: Path, sheet: str) -> list[str]:
    try:
        return _written(_read(path, sheet))
    except Refused as refused:
        answer: dict[str, Any] = {"refused": refused.message, "values": refused.values}
    except MemoryError:
        answer = {"stopped": "memory"}
    except Exception as fault:  # noqa: BLE001  whatever it is, the parent says it in one sentence
        answer = {"stopped": type(fault).__name__}
    except BaseException as fault:
        # A panic of calamine: it met what it took to be impossible.
        if type(fault).__name__ != "PanicException":
            raise
        answer = {"refused": DAMAGED, "values": {}}
    return [json.dumps(answer)]


def _written(said: Iterable[Any]) -> list[str]:
    lines, size = [], 0
    for line in said:
        lines.append(json.dumps(line, ensure_ascii=False))
        size += len(lines[-1].encode())
        if size > limits.TABLE_BYTES:
            raise Refused(TOO_MUCH_TEXT, limit=limits.TABLE_BYTES // limits.MEGABYTE)
    return lines


def _read(path: Path, wanted: str) -> Iterator[Any]:
    book = open_book(path)
    sheet, found = _table(book, wanted)
    remarks = [*book.remarks(), *_remarks(book, found)]
    yield {
        "sheets": [name for name in _names(book) if name],
        "sheet": sheet,
        "headings": found.headings,
        "heading_row": found.heading_row,
        "remarks": remarks,
    }
    yield from found.lines


def _names(book: Book) -> dict[str, SheetName]:
    """The sheets by the names under which they are offered; of two with one name the first."""
    offered: dict[str, SheetName] = {}
    for told in book.sheets[: limits.SHEETS]:
        offered.setdefault(shown_sheet(told.name), told)
    return offered


def _table(book: Book, wanted: str) -> tuple[str, Found]:
    """The sheet that is asked for; else the first that holds something, hidden ones last."""
    offered = _names(book)
    if wanted and wanted not in offered:
        raise Refused(NO_SUCH_SHEET, sheet=shown_sheet(wanted), sheets=listed([*offered]))
    for name in [wanted] if wanted else sorted(offered, key=lambda name: offered[name].hidden):
        grid = book.grid(offered[name].name)
        if grid.lines:
            return name, find_table(grid)
    raise Refused(NOTHING_IN_SHEET, sheet=wanted) if wanted else Refused(NOTHING_IN_FILE)


def _remarks(book: Book, found: Found) -> Iterator[tuple[str, dict[str, Any]]]:
    hidden = [name for name, told in _names(book).items() if told.hidden]
    if hidden:
        yield HIDDEN_SHEETS, {"sheets": listed(hidden)}
    if found.above:
        yield ABOVE_HEADINGS, {"row": str(found.heading_row)}


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else "")  # noqa: PLR2004
