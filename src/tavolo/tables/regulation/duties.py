"""What the rules ask of the years: notice, absences, end, balance."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from tavolo.kernel.terms import ITALY, Ending, Holidays, Rule, Unit, ends, in_time
from tavolo.tables.regulation.rules import Balance, Convocation, Duration, Lapsing


class Attended(StrEnum):
    PRESENT = "present"
    JUSTIFIED = "justified"
    ABSENT = "absent"


def latest_notice(
    rules: Convocation, meeting: datetime, *, urgent: bool = False, holidays: Holidays = ITALY
) -> Ending:
    """Until when a meeting can be called; without end where the rules know no urgent one."""
    rule = rules.urgent if urgent else rules.notice
    return Ending() if rule is None else ends(rule, meeting, holidays=holidays)


def called_in_time(
    rules: Convocation,
    *,
    sent: datetime,
    meeting: datetime,
    urgent: bool = False,
    holidays: Holidays = ITALY,
) -> bool:
    """Whether the notice was sent in time, to the second; never where urgent ones are not provided."""
    if urgent and rules.urgent is None:
        return False
    return in_time(latest_notice(rules, meeting, urgent=urgent, holidays=holidays), sent)


def may_ask_for_meeting(rules: Convocation, *, asking: int, members: int) -> bool:
    """Whether so many members can have a meeting called."""
    return rules.on_request is not None and 0 < asking >= rules.on_request * members


def seat_lapses(rules: Lapsing, attended: Iterable[Attended]) -> bool:
    """Whether the absences, the oldest first, are as many as the rules say.

    A presence begins the count anew where they must follow each other; a justified absence that
    does not count neither adds to it nor begins it anew.
    """
    if rules.absences is None:
        return False
    number = 0
    for one in attended:
        if one == Attended.PRESENT:
            number = 0 if rules.in_a_row else number
        elif one == Attended.ABSENT or rules.justified:
            number += 1
        if number >= rules.absences:
            return True
    return False


def ends_on(
    rules: Duration,
    *,
    began: date,
    administration_ended: date | None = None,
    holidays: Holidays = ITALY,
) -> date | None:
    """The last day of the body or of its composition: what comes first; None while nothing ends it."""
    found = []
    if rules.years is not None:
        found.append(ends(Rule(rules.years, Unit.YEARS), began, holidays=holidays).last_day)
    if rules.with_administration and administration_ended is not None:
        found.append(_prolonged(rules.prolonged, administration_ended, holidays))
    return min(filter(None, found), default=None)


def balanced(rules: Balance, *, women: int, men: int) -> bool | None:
    """Whether neither falls beneath the part set; None where none is set or nobody is there."""
    number = women + men
    if rules.least is None or number == 0:
        return None
    return min(Fraction(women, number), Fraction(men, number)) >= rules.least


def _prolonged(rule: Rule | None, day: date, holidays: Holidays) -> date | None:
    return day if rule is None else ends(rule, day, holidays=holidays).last_day
