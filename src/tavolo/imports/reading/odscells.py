"""One cell of an ODS sheet: its value from its attributes, its text from its paragraphs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tavolo.imports.reading import limits
from tavolo.imports.reading.cells import duration, instant, letters, number, text, truth
from tavolo.imports.reading.refused import WITHOUT_RESULT, Refused

_WHITE = re.compile(r"[ \t\r\n]+")
_TIME = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
# What programs show instead of a result; some keep a zero beside it.
_ERROR = re.compile(r"#[A-Z/0?!]+|Err:\d{3}")

At = dict[str, str]


class OdsCell:
    """Listens to what stands inside a cell, one cell after the other; `text` says what it says."""

    def __init__(self) -> None:
        self.begin({}, 0, 0)

    def begin(self, at: At, row: int, column: int) -> None:
        self._at = at
        self._place = (row, column)
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None
        self._after_blank = True

    def start_paragraph(self, _at: At) -> None:
        self._pieces, self._after_blank = [], True

    def end_paragraph(self) -> None:
        said = "".join(self._pieces or ())
        self._paragraphs.append(said[:-1] if self._after_blank and said else said)
        self._pieces = None

    def blanks(self, at: At) -> None:
        self._literal(" " * min(int(at.get("text:c", "1")), limits.CELL_CHARACTERS + 1))

    def tab(self, _at: At) -> None:
        self._literal("\t")

    def line_break(self, _at: At) -> None:
        self._literal("\n")

    def _literal(self, said: str) -> None:
        if self._pieces is not None:
            self._pieces.append(said)
            self._after_blank = False

    def characters(self, said: str) -> None:
        """White space counts once within a paragraph, and not at its ends."""
        if self._pieces is None:
            return
        said = _WHITE.sub(" ", said)
        if self._after_blank:
            said = said.removeprefix(" ")
        if said:
            self._pieces.append(said)
            self._after_blank = said.endswith(" ")

    def text(self) -> str:
        """What the cell says; refuses a formula whose result is not in the file."""
        at, shown = self._at, "\n".join(self._paragraphs)
        kind = at.get("office:value-type", "")
        if "table:formula" in at:
            if not kind and not shown:
                row, column = self._place
                raise Refused(WITHOUT_RESULT, cell=f"{letters(column)}{row}")
            if _ERROR.fullmatch(shown):
                return shown
        return _SAID.get(kind, _shown)(at, shown)


def _shown(at: At, shown: str) -> str:
    return text(at.get("office:string-value", shown))


def _number(at: At, _shown: str) -> str:
    return number(float(at["office:value"]))


def _date(at: At, shown: str) -> str:
    try:
        return instant(datetime.fromisoformat(at["office:date-value"]))
    except (ValueError, OverflowError):
        # A year that calendars do not have.
        return shown


def _time(at: At, shown: str) -> str:
    found = _TIME.fullmatch(at["office:time-value"])
    if not found or found[1]:
        return shown
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return duration(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))


def _truth(at: At, _shown: str) -> str:
    return truth(at["office:boolean-value"] == "true")


_SAID: dict[str, Callable[[At, str], str]] = {
    "float": _number,
    "percentage": _number,
    "currency": _number,
    "date": _date,
    "time": _time,
    "boolean": _truth,
}
