"""ODS, read by ourselves: calamine drops tabs and line breaks inside a cell, errors and joined cells.

Values come from their attributes, text from the paragraphs; formulas are not looked at, but for
whether their result is there.
"""

from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from tavolo.imports.reading import limits
from tavolo.imports.reading.books import Remarks, SheetName
from tavolo.imports.reading.grids import Grid, Keeper, Merged
from tavolo.imports.reading.odscells import OdsCell
from tavolo.imports.reading.packages import damage_refused, open_package, parse_part
from tavolo.imports.reading.refused import PROTECTED, Refused
from tavolo.imports.reading.remarks import HAS_LINKS, HAS_MACROS

_MANIFEST, _CONTENT = "META-INF/manifest.xml", "content.xml"
_TABLE, _ROW, _CELL = "table:table", "table:table-row", "table:table-cell"
_COVERED = "table:covered-table-cell"
_DOWN, _ACROSS = "table:number-rows-spanned", "table:number-columns-spanned"
# What stands within a cell and is none of its text: notes, drawings, readings, tables in tables.
_ASIDE = {
    "office:annotation",
    "office:forms",
    "table:shapes",
    "table:table",
    "text:note",
    "text:ruby-text",
}
_DRAWN = "draw:"

At = dict[str, str]


class Ods:
    """A workbook of LibreOffice and others; a sheet is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._package = open_package(path)
        self._refuse_protected()
        listing = _Listing()
        parse_part(self._package, _CONTENT, listing.prepare)
        self.sheets = [SheetName(name, hidden=hidden) for name, hidden in listing.tables]
        self._filled = listing.filled
        self._links = listing.links

    def _refuse_protected(self) -> None:
        with damage_refused():
            if b"encryption-data" in self._package.read(_MANIFEST):
                raise Refused(PROTECTED)

    def remarks(self) -> Remarks:
        if any(name.startswith(("Basic/", "Scripts/")) for name in self._package.namelist()):
            yield HAS_MACROS, {}
        if self._links:
            yield HAS_LINKS, {}

    def grid(self, name: str) -> Grid:
        if name not in self._filled:
            return Grid([])
        reader = _Reader(name)
        parse_part(self._package, _CONTENT, reader.prepare)
        return Grid(reader.keeper.lines, reader.merged)


def _is_cache(table: str) -> bool:
    """LibreOffice keeps what other files said in sheets of its own, named after the file."""
    return table.startswith("'") and "'#$" in table


class _Listing:
    """The sheets, whether they hide, and which hold anything."""

    def __init__(self) -> None:
        self.tables: list[tuple[str, bool]] = []
        self.filled: set[str] = set()
        self.links = False
        self._hiding: set[str] = set()
        self._style = ""
        self._within = 0
        self._empty = False

    def prepare(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, at: At) -> None:
        if self._empty and (name == "text:p" or (name == _CELL and "office:value-type" in at)):
            self.filled.add(self.tables[-1][0])
            self._empty = False
        elif name == _TABLE:
            self._within += 1
            # A table in a cell of another is no sheet.
            if self._within == 1:
                self._list(at)
        elif name == "style:style":
            self._style = at.get("style:name", "")
        elif name == "style:table-properties" and at.get("table:display") == "false":
            self._hiding.add(self._style)

    def _end(self, name: str) -> None:
        if name == _TABLE:
            self._within -= 1

    def _list(self, at: At) -> None:
        table = at.get("table:name", "")
        cache = _is_cache(table)
        self.links |= cache
        self._empty = bool(table) and not cache
        if self._empty:
            self.tables.append((table, at.get("table:style-name") in self._hiding))


class _Reader:
    """The rows of one sheet. What is repeated is written out only as far as the limits reach."""

    def __init__(self, wanted: str) -> None:
        self.keeper = Keeper()
        self.merged: list[Merged] = []
        self._wanted = wanted
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1
        self._cells: list[str] = []
        self._cell = cell = OdsCell()
        self._aside = 0
        self._starts: dict[str, Callable[[At], None]] = {
            _ROW: self._start_row,
            _CELL: self._start_cell,
            _COVERED: self._start_cell,
            "text:p": cell.start_paragraph,
            "text:s": cell.blanks,
            "text:tab": cell.tab,
            "text:line-break": cell.line_break,
        }
        self._ends: dict[str, Callable[[], None]] = {
            _ROW: self._end_row,
            _CELL: self._end_cell,
            _COVERED: self._end_cell,
            "text:p": cell.end_paragraph,
            _TABLE: self._end_table,
        }

    def prepare(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._seek

    def _seek(self, name: str, at: At) -> None:
        if name == _TABLE and at.get("table:name") == self._wanted:
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._cell.characters

    def _start(self, name: str, at: At) -> None:
        if self._aside:
            self._aside += 1
        elif name in _ASIDE or name.startswith(_DRAWN):
            self._aside = 1
            self._parser.CharacterDataHandler = None
        elif name in self._starts:
            self._starts[name](at)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            if not self._aside:
                self._parser.CharacterDataHandler = self._cell.characters
        elif name in self._ends:
            self._ends[name]()

    def _end_table(self) -> None:
        # Another sheet of the same name would be read as one with it.
        self._parser.StartElementHandler = None
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _start_row(self, at: At) -> None:
        self._rows = _times(at, "table:number-rows-repeated")
        self._cells, self._column = [], 0

    def _start_cell(self, at: At) -> None:
        self._cell.begin(at, self._row + 1, self._column)
        if _DOWN in at or _ACROSS in at:
            bottom = self._row + _times(at, _DOWN) - 1
            right = self._column + _times(at, _ACROSS) - 1
            self.merged.append(Merged(self._row, self._column, bottom, right))
        self._columns = _times(at, "table:number-columns-repeated")

    def _end_cell(self) -> None:
        text = self._cell.text()
        if text:
            missing = min(self._column, limits.COLUMNS) - len(self._cells)
            self._cells += [""] * missing + [text] * min(self._columns, limits.COLUMNS + 1)
        self._column += self._columns

    def _end_row(self) -> None:
        if self._cells:
            for further in range(min(self._rows, limits.ROWS + 2)):
                self.keeper.add(self._row + further + 1, list(self._cells))
        self._row += self._rows


def _times(at: At, name: str) -> int:
    return max(int(at[name]), 1) if name in at else 1
