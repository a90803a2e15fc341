"""A pasted list of numbers: our receipt, the number, its date, one a line, with tabs or semicolons between."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tavolo.kernel import clock
from tavolo.kernel.plugs import Registrable
from tavolo.messages.pec.actions.numbering import FIRST_YEAR, LONGEST

LINES = 2000
FIELDS = 3
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
_BETWEEN = re.compile(r"\t|;")


@dataclass(frozen=True)
class Line:
    """One line as it was pasted, what it means, and what is wrong with it."""

    place: int
    text: str
    code: str = ""
    number: str = ""
    day: date | None = None
    kind: str = ""
    thing: Registrable | None = None
    fault: str = ""


# A receipt's code to the kind of its thing and the thing; None where there is none that waits.
Find = Callable[[Sequence[str]], dict[str, tuple[str, Registrable]]]


def read(text: str, find: Find) -> list[Line]:
    """The lines that are not empty, in their order; a heading is told as any other fault."""
    rows = [
        (place, line)
        for place, line in enumerate(text.splitlines(), 1)
        if line.strip() and place <= LINES
    ]
    parts = {place: [each.strip() for each in _BETWEEN.split(line)] for place, line in rows}
    known = find([each[0].upper() for each in parts.values()])
    taken: set[str] = set()
    return [_line(place, line, parts[place], known, taken) for place, line in rows]


def _line(
    place: int,
    text: str,
    parts: list[str],
    known: dict[str, tuple[str, Registrable]],
    taken: set[str],
) -> Line:
    while len(parts) > FIELDS and not parts[-1]:
        parts.pop()
    if len(parts) != FIELDS:
        return Line(
            place, text[:200], fault=_("Write receipt, number and date with a tab between them.")
        )
    code, number, told = parts
    day, (kind, thing) = day_of(told), known.get(code.upper(), ("", None))
    fault = _fault(code, number, day, thing, taken)
    if not fault:
        taken.add(code.upper())
    return Line(place, text[:200], code.upper(), number, day, kind, thing, fault)


def _fault(
    code: str, number: str, day: date | None, thing: Registrable | None, taken: set[str]
) -> str:
    if thing is None:
        return _("Nothing with the receipt %(code)s waits for a number here.") % {"code": code[:40]}
    if code.upper() in taken:
        return _("This receipt stands on an earlier line already.")
    if not 0 < len(number) <= LONGEST or not number.isprintable():
        return _("Write the number as the register gave it, at most 60 signs.")
    if day is None:
        return _("Write the date as 30/06/2026.")
    if day > clock.today() or day.year < FIRST_YEAR:
        return _("The date of registration cannot lie in the future, nor before 1900.")
    return ""


def day_of(text: str) -> date | None:
    """A day as it is usually written; None for anything else."""
    for form in DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None
