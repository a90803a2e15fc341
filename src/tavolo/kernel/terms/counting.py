"""When a term ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tavolo.kernel.clock import in_rome
from tavolo.kernel.terms.holidays import Holidays
from tavolo.kernel.terms.instants import last_instant, whole_hour
from tavolo.kernel.terms.rules import Count, Rule, Unit
from tavolo.kernel.terms.walking import Suspension, Walk


@dataclass(frozen=True)
class Ending:
    """The last day, and the last second in UTC; both None where there is no end, or the clock stands still."""

    last_day: date | None = None
    instant: datetime | None = None


def ends(
    rule: Rule,
    start: date | datetime,
    *,
    holidays: Holidays,
    suspensions: Sequence[Suspension] = (),
) -> Ending:
    """When a term ends that runs from `start`, or back from it.

    The day of the start is not counted (art. 2963, c. 2 c.c.; art. 155, c. 1 c.p.c.; art. 3 Reg.
    1182/71); months and years end on the day of the same number, or the last of the month (art.
    2963, c. 4 and 5; art. 155, c. 2); an end on a holiday rolls over where the rule says so (art.
    2963, c. 3; art. 155, c. 4 and 5). Days that a suspension takes are added; of a term of months
    that begins during one, the beginning passes to its last day (L. 742/1969, art. 1).

    An instant is read on Italian clocks. TypeError for hours that run from a day without hour.
    """
    if rule.length is None:
        return Ending()
    if rule.unit is Unit.HOURS:
        return _hours(rule, rule.length, start, holidays, suspensions)
    day = in_rome(start).date() if isinstance(start, datetime) else start
    return _days(rule, rule.length, day, holidays, suspensions)


def in_time(ending: Ending, at: datetime) -> bool:
    """Whether what came at that instant came in time: to the second, the last one included."""
    return ending.instant is None or at.replace(microsecond=0) <= ending.instant


def _days(
    rule: Rule, length: int, start: date, holidays: Holidays, suspensions: Sequence[Suspension]
) -> Ending:
    walk = Walk(rule, holidays, tuple(suspensions))
    last = walk.days(length, start) if rule.unit is Unit.DAYS else walk.months(length, start)
    if last is not None and rule.count is Count.CLEAR:
        last = walk.running(1, last)
    if last is not None and rule.roll_over:
        last = walk.to_work(last)
    if last is None:
        return Ending()
    return Ending(last, last_instant(last, rule.hour, backwards=rule.backwards))


def _hours(
    rule: Rule,
    length: int,
    start: date | datetime,
    holidays: Holidays,
    suspensions: Sequence[Suspension],
) -> Ending:
    if not isinstance(start, datetime):
        raise TypeError(f"Hours are counted from an instant, not from {start!r}.")
    walk = Walk(rule, holidays, tuple(suspensions))
    at = walk.hours(length, whole_hour(start, backwards=rule.backwards))
    if at is None:
        return Ending()
    # What ends at midnight ends with the day before.
    shown = at if rule.backwards else at - timedelta(seconds=1)
    return Ending(in_rome(shown).date(), at)
