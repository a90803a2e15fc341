"""Days as people write them in cells: 2024-02-28, 28/02/2024, 28 febbraio 2024, 45350."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tavolo.kernel.dates import PartialDate
from tavolo.kernel.text import folded

_ITALIAN = (
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
)
_ENGLISH = "january february march april may june july august september october november december"
MONTHS = {
    month: number for names in (_ITALIAN, _ENGLISH) for number, month in enumerate(names.split(), 1)
}
_SHORT = 3
# Spreadsheets count days from here; five digits reach from 1927 to 2173, and no year has five.
_COUNTED_FROM = date(1899, 12, 30)
_MIDNIGHT = r"(?:[t ]00:00(?::00(?:[.,]0+)?)?z?)?"
_DAY_FORMS = (
    re.compile(rf"(?P<y>\d{{4}})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?){_MIDNIGHT}", re.ASCII),
    re.compile(rf"(?P<d>\d\d?)[-/.](?P<m>\d\d?)[-/.](?P<y>\d{{4}}){_MIDNIGHT}", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)", re.ASCII),
    re.compile(r"(?:[a-z]+,? )?(?P<d>\d\d?)[°o]? (?P<word>[a-z]+)\.?,? (?P<y>\d{4})", re.ASCII),
)
_COUNT = re.compile(r"[1-9]\d{4}", re.ASCII)
_PART_FORMS = (
    re.compile(r"(?P<m>\d\d?)[-/.](?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<word>[a-z]+)\.? (?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<d>\d\d?)[°o]? (?P<word>[a-z]+)", re.ASCII),
)
_SINCE = re.compile(r"(?:dall'|dallo |dalla |dal |da |since )(?P<rest>.+)")
_BEFORE = re.compile(r"(?:prima del |prima dell'|prima di |before )(?P<rest>.+)")


def day_in(said: str) -> date | None:
    """The day that a text says, with its year in four digits; None where it says none, or a time."""
    plain = _plain(said)
    if _COUNT.fullmatch(plain):
        return _COUNTED_FROM + timedelta(days=int(plain))
    for parts in _parts(_DAY_FORMS, plain):
        try:
            return date(*parts)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return None
    return None


def partial_day_in(said: str) -> PartialDate | None:
    """What a text says of a day, a month, a year, a day without year; since or before one of them."""
    plain = _plain(said)
    for form, bound in ((_SINCE, "since"), (_BEFORE, "before")):
        found = form.fullmatch(plain)
        if found:
            known = partial_day_in(found.group("rest"))
            return _bounded(known, bound) if known else None
    day = day_in(said)
    return PartialDate.of(day) if day else _in_part(said, plain)


def _in_part(said: str, plain: str) -> PartialDate | None:
    try:
        return PartialDate.parse(said.upper())
    except ValueError:
        pass
    for parts in _parts(_PART_FORMS, plain):
        try:
            return PartialDate(*parts)
        except ValueError:
            return None
    return None


def _bounded(known: PartialDate, bound: str) -> PartialDate | None:
    try:
        return PartialDate(known.year, known.month, known.day, known.bound or bound)
    except ValueError:
        return None


def _plain(said: str) -> str:
    """Small letters without accents, single blanks."""
    return " ".join(folded(said).replace("’", "'").split())


def _parts(
    forms: tuple[re.Pattern[str], ...], plain: str
) -> Iterator[tuple[int | None, int | None, int | None]]:
    """Year, month and day by each form that the text has, None for what the form does not know."""
    for form in forms:
        found = form.fullmatch(plain)
        if found:
            told = found.groupdict()
            word = told.get("word")
            month = _month(word) if word else _number(told.get("m"))
            if month or not word:
                yield _number(told.get("y")), month, _number(told.get("d"))


def _month(word: str) -> int | None:
    """By its name or by its first three letters or more."""
    if len(word) < _SHORT:
        return None
    return next((number for name, number in MONTHS.items() if name.startswith(word)), None)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
