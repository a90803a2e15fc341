"""A look at the XML of a sheet, cell by cell, without laying anything out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from tavolo.imports.reading.books import Errors
from tavolo.imports.reading.cells import letters, place_of

_DIGITS = "0123456789"


@dataclass
class Scan:
    """What is there: errors as results by (row, column), the latter counted from 0; formulas by cell.

    `zero_results` are formulas with the result 0: what some programs write instead of none.
    """

    errors: Errors = field(default_factory=dict)
    without_result: list[str] = field(default_factory=list)
    zero_results: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


class Look:
    """Handlers for expat. Text is listened to only where a cell has a formula or an error."""

    def __init__(self) -> None:
        self.scan = Scan()
        self._places: dict[str, int] = {}
        self._row = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._formula = False
        self._value: list[str] | None = None
        self._tags: dict[str, Callable[[dict[str, str]], None]] = {}

    def prepare(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start_first

    def _start_first(self, name: str, _at: dict[str, str]) -> None:
        """The root says which prefix the elements have, if any."""
        prefix = name[: name.find(":") + 1]
        self._cell_tag, self._value_tag = f"{prefix}c", f"{prefix}v"
        self._tags = {
            f"{prefix}row": self._start_row,
            self._cell_tag: self._start_cell,
            f"{prefix}f": self._start_formula,
            self._value_tag: self._start_value,
            f"{prefix}is": self._start_value,
        }
        self._parser.StartElementHandler = self._start

    def _start(self, name: str, at: dict[str, str]) -> None:
        started = self._tags.get(name)
        if started:
            started(at)

    def _start_row(self, at: dict[str, str]) -> None:
        self._row = int(at["r"]) if "r" in at else self._row + 1
        self._column = -1

    def _start_cell(self, at: dict[str, str]) -> None:
        self._cell = at
        name = at.get("r", "").rstrip(_DIGITS)
        if not name:
            self._column += 1
        elif name in self._places:
            self._column = self._places[name]
        else:
            self._column = self._places[name] = place_of(name)

    def _start_formula(self, _at: dict[str, str]) -> None:
        self._formula = True
        self._parser.EndElementHandler = self._end

    def _start_value(self, _at: dict[str, str]) -> None:
        scan = self.scan
        scan.rows = max(scan.rows, self._row)
        if self._column >= scan.columns:
            scan.columns = self._column + 1
        if self._formula or self._cell.get("t") == "e":
            self._value = []
            self._parser.CharacterDataHandler = self._value.append
            self._parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        if name == self._value_tag:
            self._parser.CharacterDataHandler = None
        elif name == self._cell_tag:
            self._end_cell()

    def _end_cell(self) -> None:
        kind = self._cell.get("t", "n")
        said = None if self._value is None else "".join(self._value)
        if self._formula:
            self._end_formula(kind, said)
        if kind == "e" and said:
            self.scan.errors[self._row, self._column] = said
        self._formula, self._value = False, None
        self._parser.EndElementHandler = None

    def _end_formula(self, kind: str, said: str | None) -> None:
        cell = f"{letters(self._column)}{self._row}"
        # A text as result may be empty; a number may not.
        if said is None or (not said and kind != "str"):
            self.scan.without_result.append(cell)
        elif kind == "n" and said == "0":
            self.scan.zero_results.append(cell)
