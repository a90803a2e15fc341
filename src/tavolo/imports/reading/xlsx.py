"""XLSX: the values by calamine, and what calamine leaves out by a look at the XML of the sheet.

That look finds errors as results (calamine gives nothing), formulas without a result, and how far the
cells reach, before calamine lays out every cell between the first and the last.
"""

import posixpath
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from xml.parsers import expat

import python_calamine

from tavolo.imports.reading.books import (
    Remarks,
    SheetName,
    calamine_refused,
    lines_of,
    merged_of,
    refuse_far_cells,
)
from tavolo.imports.reading.grids import Grid, kept
from tavolo.imports.reading.looks import Look, Scan
from tavolo.imports.reading.packages import damage_refused, local, open_package, parse_part
from tavolo.imports.reading.refused import WITHOUT_RESULT, Refused
from tavolo.imports.reading.remarks import HAS_LINKS, HAS_MACROS

_WORKBOOK, _RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHARED = "xl/sharedStrings.xml"


class Xlsx:
    """A workbook; a sheet is read when it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.package = open_package(path)
        self._parts: dict[str, str] = {}
        with damage_refused():
            self.sheets = list(self._sheets())
            told = self._elements(_WORKBOOK, "calcPr")
        self.yet_to_calculate = any(at.get("fullCalcOnLoad") in {"1", "true"} for at in told)

    def _sheets(self) -> Iterator[SheetName]:
        targets = {
            at["Id"]: posixpath.normpath(posixpath.join("/xl", at["Target"])).lstrip("/")
            for at in self._elements(_RELS, "Relationship")
            if at.get("Type", "").endswith("/worksheet")
        }
        for at in self._elements(_WORKBOOK, "sheet"):
            if at["id"] in targets:
                self._parts[at["name"]] = targets[at["id"]]
                yield SheetName(at["name"], hidden=at.get("state", "visible") != "visible")

    def _elements(self, part: str, wanted: str) -> list[dict[str, str]]:
        """The attributes of each such element, all without prefixes."""
        found: list[dict[str, str]] = []

        def start(name: str, at: dict[str, str]) -> None:
            if local(name) == wanted:
                found.append({local(key): value for key, value in at.items()})

        def prepare(parser: expat.XMLParserType) -> None:
            parser.StartElementHandler = start

        parse_part(self.package, part, prepare)
        return found

    @cached_property
    def _book(self) -> python_calamine.CalamineWorkbook:
        if _SHARED in self.package.namelist():
            parse_part(self.package, _SHARED, lambda _parser: None)
        with calamine_refused(), self.path.open("rb") as stream:
            return python_calamine.load_workbook(stream)

    def remarks(self) -> Remarks:
        names = self.package.namelist()
        if any(name.endswith("vbaProject.bin") for name in names):
            yield HAS_MACROS, {}
        if any(name.startswith("xl/externalLinks/") for name in names):
            yield HAS_LINKS, {}

    def grid(self, name: str) -> Grid:
        scan = self._look_at(self._parts[name])
        refuse_far_cells(scan.rows, scan.columns)
        lacking = scan.without_result + (scan.zero_results if self.yet_to_calculate else [])
        if lacking:
            raise Refused(WITHOUT_RESULT, cell=lacking[0])
        if not scan.rows:
            return Grid([])
        with calamine_refused():
            sheet = self._book.get_sheet_by_name(name)
            return Grid(kept(lines_of(sheet, scan.errors)), merged_of(sheet))

    def _look_at(self, part: str) -> Scan:
        look = Look()
        parse_part(self.package, part, look.prepare)
        return look.scan
