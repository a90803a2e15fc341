"""What a cell says, as text; and the apostrophe that keeps a text from being taken for a formula."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

# A vertical tab is a line break of old programs.
_LINE_BREAK = re.compile("\r\n?|\x0b")
# No XML may hold these, nor do they say anything.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What makes a formula of a text, full-width forms included; some programs look past the first break.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_TEXT_AS_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_GUARDED = re.compile("'" + _FORMULA.pattern)
_DIGITS_SHOWN = 15
_HALF_A_SECOND = 500_000
_LAST = datetime.max - timedelta(seconds=1)  # noqa: DTZ901  cells know no zone
_PLAIN_UP_TO = 1e21


def speakable(text: str) -> str:
    """The text with one kind of line break, and a visible mark (�) for each sign that no text may hold."""
    # Most texts are plain, and there are a million of them.
    return text if text.isprintable() else _UNSPEAKABLE.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def guarded(text: str) -> str:
    """With an apostrophe in front, where a spreadsheet could take the text for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was there before `guarded`; and the code in `="037006"`, which keeps zeros in a CSV."""
    if text.startswith("'") and _GUARDED.match(text):
        return text[1:]
    said = _TEXT_AS_FORMULA.fullmatch(text) if text.startswith("=") else None
    return said.group(1).replace('""', '"') if said else text


def number(value: float) -> str:
    """As a spreadsheet shows it: no point behind whole numbers, else a comma, 15 digits at most."""
    if value.is_integer() and abs(value) < _PLAIN_UP_TO:
        return str(int(value))
    shown = f"{value:.{_DIGITS_SHOWN}g}"
    if "e" in shown and abs(value) < _PLAIN_UP_TO:
        shown = f"{Decimal(shown):f}"
    return shown.replace(".", ",")


def truth(value: bool) -> str:  # noqa: FBT001  it is the value
    return "TRUE" if value else "FALSE"


def instant(value: datetime) -> str:
    """A day where the time is midnight; seconds at the finest, since days are kept as fractions."""
    late = timedelta(seconds=value.microsecond >= _HALF_A_SECOND)
    whole = value.replace(microsecond=0)
    rounded = whole if whole.replace(tzinfo=None) > _LAST else whole + late
    return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat()


def duration(value: timedelta) -> str:
    """Hours, minutes and seconds, with hours beyond a day."""
    total = round(value.total_seconds())
    minutes, seconds = divmod(abs(total), 60)
    return f"{'-' if total < 0 else ''}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def text(value: str) -> str:
    """A text as it was before a program guarded it."""
    return unguarded(speakable(value))


_SAID: dict[type, Callable[[Any], str]] = {
    str: text,
    float: number,
    int: str,
    bool: truth,
    date: date.isoformat,
    datetime: instant,
    time: lambda value: value.replace(microsecond=0).isoformat(),
    timedelta: duration,
}


def said(value: Any) -> str:
    """A value as calamine gives it, as text."""
    return _SAID[type(value)](value)


def letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def place_of(name: str) -> int:
    """The other way: AA is 26."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
