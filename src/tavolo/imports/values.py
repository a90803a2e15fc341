"""Readers for the cells of an import: a text becomes a value that JSON can hold, or a CellFault.

Each has a way back, so that what is exported can be imported: `written(value)` is what an export
puts into the cell. `shape` says what the cells of such a column are in a spreadsheet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar, Literal, Protocol

from django.utils.translation import gettext_noop

from tavolo.imports.days import day_in, partial_day_in
from tavolo.imports.numerals import is_ambiguous, number_in, ungrouped, whole_in
from tavolo.imports.plugs import CellFault
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.text import search_key

Cell = str | int | float | date
Shape = Literal["text", "number", "day"]

_QUOTED = 60
_LISTED = 12
# Signs that nobody sees: control characters, those that turn the text around, and one that was lost.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")


class Reader(Protocol):
    """What `Field.read` may be, with its way back."""

    @property
    def shape(self) -> Shape: ...

    def __call__(self, said: str) -> Any: ...

    def written(self, value: Any) -> Cell: ...


def written(read: Any, value: Any) -> Cell:
    """What an export puts into a cell for a value that `read` would give; nothing for None."""
    if value is None:
        return ""
    back = getattr(read, "written", None)
    return back(value) if back else value  # type: ignore[no-any-return]


def shape_of(read: Any) -> Shape:
    """Of a plain function nobody knows more than that it reads text."""
    return getattr(read, "shape", "text")


def text(longest: int = 300) -> Reader:
    """Any text that can be seen, as it stands, of at most `longest` characters."""
    return _Text(longest)


def whole_number(least: int = 0, most: int | None = None) -> Reader:
    """1234, 1.234 or 1 234, from `least` to `most`."""
    return _WholeNumber(least, most)


def one_of(words: Mapping[str, Any]) -> Reader:
    """One of some words, case, accents and signs aside; its value is what the word stands for.

    Where several words stand for a value, the first is the one that is written.
    """
    return _OneOf(words)


@dataclass(frozen=True)
class _Text:
    longest: int
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        if len(said) > self.longest:
            raise CellFault(
                gettext_noop("This text has %(length)s characters; at most %(longest)s fit."),
                length=len(said),
                longest=self.longest,
            )
        if _UNSEEN.search(said):
            raise CellFault(
                gettext_noop("“%(said)s” holds signs that cannot be seen or that got lost (�)."),
                said=quoted(said),
            )
        return said

    def written(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True)
class _WholeNumber:
    least: int
    most: int | None
    shape: ClassVar[Shape] = "number"

    def __call__(self, said: str) -> int:
        value = whole_in(said)
        if value is None:
            raise CellFault(
                gettext_noop("“%(said)s” is no whole number: write it like 1234."),
                said=quoted(said),
            )
        return self._within(value)

    def _within(self, value: int) -> int:
        if value < self.least:
            raise CellFault(
                gettext_noop("%(value)s is too small: it can be %(least)s or more."),
                value=value,
                least=self.least,
            )
        if self.most is not None and value > self.most:
            raise CellFault(
                gettext_noop("%(value)s is too large: it can be %(most)s or less."),
                value=value,
                most=self.most,
            )
        return value

    def written(self, value: Any) -> int:
        return int(value)


@dataclass(frozen=True)
class _Number:
    """With a decimal comma, or a point where it cannot be one that groups thousands."""

    shape: ClassVar[Shape] = "number"

    def __call__(self, said: str) -> float:
        if is_ambiguous(said):
            raise CellFault(
                gettext_noop("“%(said)s” can be read in two ways: write %(whole)s or %(part)s."),
                said=quoted(said),
                whole=said.replace(".", ""),
                part=said.replace(".", ","),
            )
        value = number_in(said)
        if value is None:
            raise CellFault(
                gettext_noop("“%(said)s” is no number: write it like 1234,5."), said=quoted(said)
            )
        return value

    def written(self, value: Any) -> float:
        return float(value)


@dataclass(frozen=True)
class _Day:
    shape: ClassVar[Shape] = "day"

    def __call__(self, said: str) -> str:
        """ISO text of the day."""
        found = day_in(said)
        if not found:
            raise CellFault(
                gettext_noop("“%(said)s” is no day: write it like 2024-02-28 or 28/02/2024."),
                said=quoted(said),
            )
        return found.isoformat()

    def written(self, value: Any) -> date:
        return date.fromisoformat(value)


@dataclass(frozen=True)
class _DayKnownInPart:
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        """The written form of `kernel.dates.PartialDate`."""
        found = partial_day_in(said)
        if not found:
            raise CellFault(
                gettext_noop(
                    "“%(said)s” is no date: write a day like 28/02/2024, a month like 02/2024, "
                    "or a year."
                ),
                said=quoted(said),
            )
        return str(found)

    def written(self, value: Any) -> Cell:
        """A date where the day is known, else its written form."""
        known = PartialDate.parse(str(value))
        day = known.first_day()
        return day if day and known == PartialDate.of(day) else str(known)


@dataclass(frozen=True)
class _OneOf:
    words: Mapping[str, Any]
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> Any:
        for word, value in self.words.items():
            if word == said or _key(word) == _key(said) != "":
                return value
        listed = [self.written(value) for value in dict.fromkeys(self.words.values())]
        raise CellFault(
            gettext_noop("“%(said)s” is none of the words that can stand here: %(words)s."),
            said=quoted(said),
            words=", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else ""),
        )

    def written(self, value: Any) -> str:
        return next((word for word, meant in self.words.items() if meant == value), str(value))


@dataclass(frozen=True)
class _YesNo:
    shape: ClassVar[Shape] = "text"
    yes: ClassVar[frozenset[str]] = frozenset({"si", "s", "yes", "y", "true", "vero", "x", "1"})
    no: ClassVar[frozenset[str]] = frozenset({"no", "n", "false", "falso", "0"})

    def __call__(self, said: str) -> bool:
        word = search_key(said)
        if word not in self.yes | self.no:
            raise CellFault(
                gettext_noop("“%(said)s” is neither yes nor no: write “sì” or “no”."),
                said=quoted(said),
            )
        return word in self.yes

    def written(self, value: Any) -> str:
        return "sì" if value else "no"


@dataclass(frozen=True)
class _IstatCode:
    shape: ClassVar[Shape] = "text"

    def __call__(self, said: str) -> str:
        """Six digits; the zeros that a spreadsheet dropped come back, the point it put in goes."""
        digits = ungrouped(said)
        if not re.fullmatch(r"\d{4,6}", digits, re.ASCII):
            raise CellFault(
                gettext_noop("“%(said)s” is no ISTAT code: it has six digits, as in 037006."),
                said=quoted(said),
            )
        return digits.zfill(6)

    def written(self, value: Any) -> str:
        return str(value)


number: Reader = _Number()
day: Reader = _Day()
day_known_in_part: Reader = _DayKnownInPart()
yes_no: Reader = _YesNo()
istat_code: Reader = _IstatCode()


@lru_cache(maxsize=4096)
def _key(word: str) -> str:
    """Compared with every word of a list, row by row."""
    return search_key(word)


def quoted(said: str) -> str:
    """A text as a sentence repeats it: in one line, not long, without signs that nobody sees."""
    line = " ".join(_UNSEEN.sub("�", said).split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
