"""From day to day, and from hour to hour: which of them count."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from tavolo.kernel.clock import in_rome
from tavolo.kernel.terms.holidays import Holidays
from tavolo.kernel.terms.instants import HOUR
from tavolo.kernel.terms.rules import Count, Rule, Unit

DAY = timedelta(days=1)
AUGUST, SEPTEMBER, MONTHS = 8, 9, 12
# Until 2014 the courts rested until 15 September (D.L. 12 settembre 2014, n. 132, art. 16).
SHORTENED, LONGER = 2015, 15


@dataclass(frozen=True)
class Suspension:
    """Days that do not count, both included; `last` None: the clock still stands still."""

    first: date
    last: date | None = None

    @classmethod
    def asked(cls, on: date, answered: date | None = None) -> Self:
        """For a request of integration: the day of the request still counts, that of the answer not.

        What is left runs on from the day after the answer (L. 241/1990, art. 2, c. 7). An answer on
        the day of the request stops nothing.
        """
        return cls(on + DAY, answered)

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Walk:
    """A way along the calendar in the direction of a rule; None where the clock stands still for ever."""

    rule: Rule
    holidays: Holidays
    suspensions: tuple[Suspension, ...] = ()

    @property
    def step(self) -> timedelta:
        return -DAY if self.rule.backwards else DAY

    def days(self, length: int, start: date) -> date | None:
        """The day that is the `length`th to count after the start."""
        return self._walk(length, start, self.counts)

    def running(self, length: int, start: date) -> date | None:
        """The `length`th day after it on which the clock runs, whether it works or not."""
        return self._walk(length, start, lambda day: not self.stopped(day))

    def months(self, length: int, start: date) -> date | None:
        """So many months or years after it; days that a suspension takes are added at the end."""
        begun = self._begun(start)
        if begun is None:
            return None
        number = length if self.rule.unit is Unit.MONTHS else MONTHS * length
        last = _months_on(begun, -number if self.rule.backwards else number)
        taken = sum(map(self.stopped, self._between(begun, last)))
        if self._for_ever(last):
            return None
        return self.running(taken, last) if taken else last

    def hours(self, length: int, start: datetime) -> datetime | None:
        """So many hours that run after a whole hour; they are hours that pass, whatever clocks say."""
        at, left = start, length
        while left:
            first = at - HOUR if self.rule.backwards else at
            day = in_rome(first).date()
            if self._for_ever(day):
                return None
            left -= self.counts(day)
            at += -HOUR if self.rule.backwards else HOUR
        return at

    def to_work(self, day: date) -> date | None:
        """The day, or the first one after it that works and on which the clock runs."""
        while self.stopped(day) or not self.holidays.works(day, saturday=self.rule.saturday):
            if self._for_ever(day):
                return None
            day += self.step
        return day

    def counts(self, day: date) -> bool:
        works = self.rule.count is not Count.WORKING or self.holidays.works(
            day, saturday=self.rule.saturday
        )
        return works and not self.stopped(day)

    def stopped(self, day: date) -> bool:
        rests = self.rule.august and _courts_rest(day)
        return rests or any(day in suspension for suspension in self.suspensions)

    def _for_ever(self, day: date) -> bool:
        return not self.rule.backwards and any(
            each.last is None and day in each for each in self.suspensions
        )

    def _walk(self, length: int, day: date, counts: Callable[[date], bool]) -> date | None:
        left = length
        while left:
            day += self.step
            if self._for_ever(day):
                return None
            left -= counts(day)
        return day

    def _begun(self, start: date) -> date | None:
        while self.stopped(start + self.step):
            start += self.step
            if self._for_ever(start):
                return None
        return start

    def _between(self, start: date, last: date) -> list[date]:
        """The days after the start, the last one included."""
        return [start + number * self.step for number in range(1, abs((last - start).days) + 1)]


def _months_on(day: date, number: int) -> date:
    """The day of the same number so many months on, or the last of a month that is shorter."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + number, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _courts_rest(day: date) -> bool:
    """L. 7 ottobre 1969, n. 742, art. 1: the whole of August."""
    longer = day.year < SHORTENED and day.month == SEPTEMBER and day.day <= LONGER
    return day.month == AUGUST or longer
