"""What a hostile file is to come to: exactly these cells, or exactly this sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Rows = list[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Planted:
    """What files try to reach: a file that nothing may make, an address that nothing may ask."""

    marker: Path
    url: str


@dataclass(frozen=True)
class Reads:
    headings: tuple[str, ...]
    rows: Rows
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hostile:
    """`make` gives the bytes; `expected` is a Reads, or the English sentence of the refusal."""

    key: str
    make: Callable[[Planted], bytes]
    expected: Reads | str
    name: str = "tabella.xlsx"
    sheet: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def always(content: bytes) -> Callable[[Planted], bytes]:
    return lambda _planted: content


HEADINGS = ("Codice", "Comune")
CITIES: Rows = [(2, ("037006", "Bologna")), (3, ("040012", "Forlì"))]
TABLE: list[list[object]] = [list(HEADINGS), *[list(cells) for _number, cells in CITIES]]

PLAIN = Reads(HEADINGS, CITIES)
ON_SHEET = Reads(HEADINGS, CITIES, ("Foglio1",), "Foglio1")
DAMAGED = (
    "“tabella.xlsx” is damaged or cut short. Open it where it was made, save it and bring it again."
)
PROTECTED = (
    "“tabella.xlsx” is protected by a password. "
    "Open it, take the password off, save it and bring it again."
)
ENTITIES = (
    "“tabella.xlsx” holds declarations that no spreadsheet program writes, so it was not opened."
)
UNPACKS = "“tabella.xlsx” would unpack to more than 240 MB. Keep only the sheet that is needed."
ROWS = "The table has more than 50000 rows. Divide it into several files."
COLUMNS = "The table has more than 300 columns. Keep those that are needed."
AREA = (
    "The table has more than 750000 cells, empty ones between others included. "
    "Take away what does not belong to it, or divide it into several files."
)
MEMORY = (
    "“tabella.xlsx” needs more than 480 MB of memory and was given up. "
    "Keep only what is needed, or divide it into several files."
)
NOTHING = "There is no table in “tabella.xlsx”: no sheet holds anything."
MACROS = "The file holds macros. They were left aside and did not run."
LINKS = "The file refers to other files. They were not opened: cells say what they last said."


def without_result(cell: str) -> str:
    return (
        f"The formula in cell {cell} has no result in the file, and formulas are not worked out here. "
        "Open the file in a spreadsheet program, save it and bring it again."
    )


def long_cell(cell: str) -> str:
    return f"Cell {cell} holds more than 32767 characters, so this is not a table to import."


def above(row: int) -> str:
    return f"The headings are in row {row}. What stands above them was left aside."


def hidden(names: str) -> str:
    return f"The file has hidden sheets: {names}."


def read_as(encoding: str) -> str:
    return f"The text was read as {encoding}. Look whether accents are right."
