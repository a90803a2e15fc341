"""The terms of the check: until when it is concluded, what stops that clock, and by which law."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.network import RuleBook, UnknownValue, rule_book
from tavolo.kernel.terms import ITALY, Ending, Holidays, Rule, Suspension, Term, Version, ends
from tavolo.tables.checking.choices import StepKind

ONE_DAY = timedelta(days=1)

CONCLUSION = Term(
    key="tables.check_concluded",
    label=_("Conclusion of the check of an application"),
    start=_("the last day of the notice, or the day on which the application came where it has none"),
    owes=_("the secretariat of the network"),
    then=_("whoever applied may ask whoever can decide in its place, and go to court"),
    versions=(
        Version(Rule(30, roll_over=True), "L. 241/1990, art. 2, c. 2; L. 69/2009, art. 7", date(2009, 7, 4)),
    ),
    reminders=(7,),
)  # fmt: skip

INTEGRATION = Term(
    key="tables.integration",
    label=_("Integration of an application"),
    start=_("the day on which it was asked"),
    owes=_("whoever applied"),
    then=_("the application is judged as it is"),
    versions=(Version(Rule(10, roll_over=True), "L. 241/1990, art. 6, c. 1, lett. b"),),
    reminders=(3,),
)

LONGEST_PAUSE = Term(
    key="tables.integration_pause",
    label=_("Longest pause of the term for an integration"),
    start=_("the day on which it was asked"),
    owes=_("the secretariat of the network"),
    then=_("the term runs on"),
    versions=(
        Version(Rule(30), "L. 241/1990, art. 2, c. 7; L. 69/2009, art. 7", date(2009, 7, 4)),
    ),
)

OBSERVATIONS = Term(
    key="tables.observations",
    label=_("Observations on an announced rejection"),
    start=_("the day on which it was announced"),
    owes=_("whoever applied"),
    then=_("the application can be refused"),
    versions=(
        Version(
            Rule(10, roll_over=True),
            "L. 241/1990, art. 10-bis; L. 15/2005, art. 6",
            date(2005, 3, 8),
        ),
    ),
    reminders=(3,),
)

# Until 16 July 2020 the announcement interrupted the term, which then began anew.
RESUMPTION = Term(
    key="tables.resumption",
    label=_("Resumption of the term after observations"),
    start=_("the day on which the observations came"),
    owes=_("the secretariat of the network"),
    then=_("the term runs on"),
    versions=(
        Version(
            Rule(10),
            "L. 241/1990, art. 10-bis; D.L. 76/2020, art. 12, c. 1, lett. e",
            date(2020, 7, 17),
        ),
    ),
)


@dataclass(frozen=True)
class Happened:
    """A step with its day; `until` is the last day of what it asked."""

    kind: str
    on: date
    until: date | None = None


@dataclass(frozen=True)
class Clock:
    """From which day the term runs, and the days that do not count."""

    start: date
    pauses: tuple[Suspension, ...] = ()


def book_of_checks() -> RuleBook:
    """The numbers of all terms of a check; one query."""
    return rule_book(CONCLUSION, INTEGRATION, LONGEST_PAUSE, OBSERVATIONS, RESUMPTION)


def last_day(term: Term, on: date, *, book: RuleBook, holidays: Holidays = ITALY) -> date:
    """The last day of a term that runs from `on`."""
    found = ends(book.on(term, on), on, holidays=holidays).last_day
    if found is None:
        raise UnknownValue(advice=f"{term.key}: {on.isoformat()}")
    return found


def concluded_by(
    start: date,
    steps: Sequence[Happened],
    *,
    book: RuleBook,
    holidays: Holidays = ITALY,
    length: int | None = None,
) -> Ending:
    """Until when the check is concluded; `length` in days where the notice sets another.

    The first integration stops the clock, for thirty days at most (art. 2, c. 7). An announced
    rejection stops it, until ten days after the observations or, without, until their term has passed; until
    16 July 2020 it made the term begin anew (art. 10-bis).
    """
    clock = clock_of(start, steps, book=book)
    rule = Rule(length, roll_over=True) if length else book.on(CONCLUSION, start)
    return ends(rule, clock.start, holidays=holidays, suspensions=clock.pauses)


def clock_of(start: date, steps: Sequence[Happened], *, book: RuleBook) -> Clock:
    """What the steps make of the clock, the oldest first."""
    pauses: list[Suspension] = []
    for number, step in enumerate(steps):
        after = steps[number + 1 :]
        if step.kind == StepKind.INTEGRATION_ASKED and not _asked_before(steps[:number]):
            pauses.append(_integration(step, after, book))
        if step.kind == StepKind.REJECTION_ANNOUNCED:
            resumed = _resumed(step, after, book)
            if resumed is None:
                start, pauses = _begins_anew(step, after), []
            else:
                pauses.append(Suspension(step.on + ONE_DAY, resumed))
    return Clock(start, tuple(pauses))


def _asked_before(steps: Iterable[Happened]) -> bool:
    return any(step.kind == StepKind.INTEGRATION_ASKED for step in steps)


def _integration(step: Happened, after: Sequence[Happened], book: RuleBook) -> Suspension:
    """From the day after the request to that of the answer, or to the end of the term that was given."""
    came = _first(after, StepKind.INTEGRATION_CAME)
    longest = last_day(LONGEST_PAUSE, step.on, book=book)
    until = min(came.on, _until(step)) if came else _until(step)
    return Suspension.asked(step.on, min(until, longest))


def _resumed(step: Happened, after: Sequence[Happened], book: RuleBook) -> date | None:
    """The last day on which the clock stands still; None where by the law of that day it begins anew."""
    try:
        rule = book.on(RESUMPTION, step.on)
    except UnknownValue:
        return None
    came = _observed(step, after)
    return ends(rule, came, holidays=ITALY).last_day if came else _until(step)


def _begins_anew(step: Happened, after: Sequence[Happened]) -> date:
    return _observed(step, after) or _until(step)


def _observed(step: Happened, after: Sequence[Happened]) -> date | None:
    """When observations came in their term: later ones are read too, and stop no clock."""
    came = _first(after, StepKind.OBSERVATIONS_CAME)
    return came.on if came and came.on <= _until(step) else None


def _until(step: Happened) -> date:
    return step.until or step.on


def _first(steps: Iterable[Happened], kind: StepKind) -> Happened | None:
    """The first of that kind."""
    return next((step for step in steps if step.kind == kind), None)
