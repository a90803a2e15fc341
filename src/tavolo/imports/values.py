"""Readers for the cells of an import: a text becomes a value that JSON can hold, or a CellFault.

Each has a way back: `written(value)` is what an export puts into the cell.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import CellFault
from tavolo.kernel.dates import PartialDate

Cell = str | int | float | date


class Reader(Protocol):
    def __call__(self, said: str) -> Any: ...

    def written(self, value: Any) -> Cell: ...


def written(read: Any, value: Any) -> Cell:
    """What an export puts into a cell for a value; nothing for None."""
    if value is None:
        return ""
    back = getattr(read, "written", None)
    return back(value) if back else value  # type: ignore[no-any-return]


@dataclass(frozen=True)
class text:  # noqa: N801  read as a word: `Field(read=text(60))`
    longest: int = 300

    def __call__(self, said: str) -> str:
        if len(said) > self.longest:
            raise CellFault(
                gettext_noop("This text has %(length)s characters; at most %(longest)s fit."),
                length=len(said),
                longest=self.longest,
            )
        return said

    def written(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True)
class whole_number:  # noqa: N801
    least: int = 0

    def __call__(self, said: str) -> int:
        if not re.fullmatch(r"-?\d+", said):
            raise CellFault(gettext_noop("“%(said)s” is no whole number."), said=said)
        return int(said)

    def written(self, value: Any) -> int:
        return int(value)


class _Number:
    def __call__(self, said: str) -> float:
        try:
            return float(said.replace(",", "."))
        except ValueError as fault:
            raise CellFault(gettext_noop("“%(said)s” is no number."), said=said) from fault

    def written(self, value: Any) -> float:
        return float(value)


class _Day:
    def __call__(self, said: str) -> str:
        """ISO text of the day."""
        found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", said)
        try:
            if found:
                return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            return date.fromisoformat(said).isoformat()
        except ValueError as fault:
            raise CellFault(
                gettext_noop("“%(said)s” is no day: write it like 2024-02-28 or 28/02/2024."),
                said=said,
            ) from fault

    def written(self, value: Any) -> date:
        return date.fromisoformat(value)


class _DayKnownInPart:
    def __call__(self, said: str) -> str:
        """The written form of `kernel.dates.PartialDate`."""
        try:
            return str(PartialDate.parse(said))
        except ValueError as fault:
            raise CellFault(gettext_noop("“%(said)s” is no date."), said=said) from fault

    def written(self, value: Any) -> str:
        return str(value)


class _YesNo:
    def __call__(self, said: str) -> bool:
        if said.casefold() in {"sì", "si", "yes", "true", "vero", "x", "1"}:
            return True
        if said.casefold() in {"no", "false", "falso", "0"}:
            return False
        raise CellFault(gettext_noop("“%(said)s” is neither yes nor no."), said=said)

    def written(self, value: Any) -> str:
        return "sì" if value else "no"


class one_of:  # noqa: N801
    """One of some words (case and accents aside); the value is what the word stands for."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words

    def __call__(self, said: str) -> Any:
        for word, value in self.words.items():
            if word.casefold() == said.casefold():
                return value
        raise CellFault(
            gettext_noop("“%(said)s” is none of: %(words)s."),
            said=said,
            words=", ".join(self.words),
        )

    def written(self, value: Any) -> str:
        return next((word for word, meant in self.words.items() if meant == value), str(value))


class _IstatCode:
    def __call__(self, said: str) -> str:
        """Six digits; zeros that a spreadsheet dropped come back."""
        if not re.fullmatch(r"\d{4,6}", said):
            raise CellFault(gettext_noop("“%(said)s” is no ISTAT code."), said=said)
        return said.zfill(6)

    def written(self, value: Any) -> str:
        return str(value)


number = _Number()
day = _Day()
day_known_in_part = _DayKnownInPart()
yes_no = _YesNo()
istat_code = _IstatCode()
