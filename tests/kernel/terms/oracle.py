"""When a term ends, found another way: every day and every hour is written down and looked at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random

import holidays
from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, rrule
from dateutil.tz import gettz

from tavolo.kernel.terms import ITALY, Count, Rule, Suspension, Unit, ends

ROME = gettz("Europe/Rome")
FIRST, YEARS = date(2025, 1, 1), 3
SPAN = range(FIRST.year - 4, FIRST.year + YEARS + 5)
FREE = set(holidays.country_holidays("IT", years=SPAN))
DAYS = [
    day.date() for day in rrule(DAILY, dtstart=date(SPAN[0], 1, 1), until=date(SPAN[-1], 12, 31))
]
CHANGES = [date(2025, 3, 30), date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25)]
CHANGES += [date(2027, 3, 28), date(2027, 10, 31)]


class Oracle:
    """A term that always ends: `stopped` are all the days on which its clock stands still."""

    def __init__(self, rule: Rule, start: datetime, patron: date, stops: list[Suspension]) -> None:
        self.rule, self.start = rule, start
        self.day = start.astimezone(ROME).date()
        self.sign = -1 if rule.backwards else 1
        self.free = FREE | {patron.replace(year=year) for year in SPAN}
        self.stopped = {
            day.date()
            for stop in stops
            for day in rrule(DAILY, dtstart=stop.first, until=stop.last)
        }
        if rule.august:
            self.stopped |= {date(year, 8, each) for year in SPAN for each in range(1, 32)}

    def last_day(self) -> date:
        by_days = self.rule.unit is Unit.DAYS
        last = self.nth(self.rule.length, self.day, self.counts) if by_days else self.by_months()
        if self.rule.count is Count.CLEAR:
            last = self.nth(1, last, self.runs)
        if self.rule.roll_over:
            before = last - timedelta(days=self.sign)
            last = self.nth(1, before, lambda day: self.works(day) and self.runs(day))
        return last

    def instant(self) -> datetime:
        day, hour = self.last_day(), self.rule.hour or time(23, 59, 59)
        seconds = timedelta(hours=hour.hour, minutes=hour.minute, seconds=hour.second)
        midnight = datetime.combine(day, time(), ROME).astimezone(UTC)
        # Every half hour of the day by the instants themselves, and what clocks show at each.
        shown = [midnight + timedelta(minutes=30 * number) for number in range(2 * 25)]
        exact = [
            at + seconds % timedelta(minutes=30)
            for at in shown
            if at.astimezone(ROME).replace(tzinfo=None)
            == datetime.combine(day, time())
            + seconds // timedelta(minutes=30) * timedelta(minutes=30)
        ]
        if exact:
            return exact[0] if self.rule.backwards else exact[-1]
        noon = datetime.combine(day, time(12), ROME).astimezone(UTC)
        return noon - (timedelta(hours=12) - seconds) if self.rule.backwards else midnight + seconds

    def hours_end(self) -> datetime:
        hour = self.start.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        edge = hour if self.rule.backwards else hour + timedelta(hours=1)
        away = (self.sign * timedelta(hours=number) for number in range(24 * 200))
        # The hour that begins there, or backwards the one that ends there.
        began = -timedelta(hours=1) if self.rule.backwards else timedelta()
        running = (
            edge + each
            for each in away
            if self.counts((edge + each + began).astimezone(ROME).date())
        )
        last = next(islice(running, self.rule.length - 1, None))
        return last + self.sign * timedelta(hours=1)

    # Which days are which

    def works(self, day: date) -> bool:
        return day not in self.free and day.isoweekday() <= (6 if self.rule.saturday else 5)

    def runs(self, day: date) -> bool:
        return day not in self.stopped

    def counts(self, day: date) -> bool:
        return self.runs(day) and (self.rule.count is not Count.WORKING or self.works(day))

    def nth(self, number: int, day: date, those: Callable[[date], bool]) -> date:
        here = (day - DAYS[0]).days
        beyond = DAYS[here + 1 :] if self.sign > 0 else DAYS[here - 1 :: -1]
        return next(islice(filter(those, beyond), number - 1, None))

    def by_months(self) -> date:
        begun = self.day
        if begun + timedelta(days=self.sign) in self.stopped:
            begun = self.nth(1, begun, self.runs) - timedelta(days=self.sign)
        unit = {"months": 1, "years": 12}[self.rule.unit]
        last = begun + relativedelta(months=self.sign * unit * self.rule.length)
        lost = [
            day
            for day in self.stopped
            if 0 < (day - begun).days * self.sign <= abs((last - begun).days)
        ]
        return self.nth(len(lost), last, self.runs) if lost else last


def agreeing(number: int, *, seed: int) -> tuple[int, int]:
    """Holds `ends` to the oracle on so many terms; how many kinds there were, and ends on a clock change."""
    random, changes, kinds = Random(seed), 0, set()
    for _each in range(number):
        rule, start, patron, stops = a_case(random)
        other = Oracle(rule, start, patron, stops)
        here = ITALY.and_patron(patron.month, patron.day)
        found = ends(rule, start, holidays=here, suspensions=stops)
        if rule.unit is Unit.HOURS:
            assert found.instant == other.hours_end(), (rule, start, stops)
        else:
            expected = (other.last_day(), other.instant())
            assert (found.last_day, found.instant) == expected, (rule, start, patron, stops)
        changes += found.last_day in CHANGES
        kinds.add((rule.unit, rule.count, rule.backwards))
    return len(kinds), changes


def a_case(random: Random) -> tuple[Rule, datetime, date, list[Suspension]]:
    """A term by lot: each tenth ends or begins about a night on which the clock changes."""
    unit = random.choice([Unit.DAYS, Unit.DAYS, Unit.DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS])
    in_hours, in_days = unit is Unit.HOURS, unit is Unit.DAYS
    counts = [Count.CALENDAR]
    counts += [Count.WORKING] if in_hours or in_days else []
    counts += [] if in_hours else [Count.CLEAR]
    most = {Unit.HOURS: 100, Unit.DAYS: 120, Unit.MONTHS: 12, Unit.YEARS: 2}[unit]
    rule = Rule(
        random.randint(1, most),
        unit,
        random.choice(counts),
        roll_over=not in_hours and random.random() < 0.5,
        saturday=random.random() < 0.3,
        backwards=random.random() < 0.3,
        hour=None if in_hours or random.random() < 0.5 else a_time(random),
        august=random.random() < 0.2,
    )
    start = datetime.combine(FIRST, time(), UTC) + timedelta(
        seconds=random.randrange(YEARS * 365 * 86400)
    )
    if random.random() < 0.3:
        start = datetime.combine(random.choice(CHANGES), a_time(random), UTC)
        sign = 1 if rule.backwards else -1
        length = {f"{unit}": sign * (rule.length or 0)}
        # It ends there, or begins there.
        start += relativedelta(**length) if random.random() < 0.8 else relativedelta()  # type: ignore[arg-type]
    patron = random.choice([date(2025, 12, 7), date(2025, 10, 4), date(2025, 7, 12)])
    return rule, start, patron, some_stops(random, start.date())


def a_time(random: Random) -> time:
    """Often an hour that is skipped or comes twice."""
    if random.random() < 0.4:
        return time(2, random.choice([0, 15, 30, 45]))
    return time(random.randrange(24), random.randrange(60), random.randrange(60))


def some_stops(random: Random, day: date) -> list[Suspension]:
    if random.random() < 0.6:
        return []
    firsts = [
        day + timedelta(days=random.randint(-40, 60)) for _each in range(random.randint(1, 3))
    ]
    return [Suspension(first, first + timedelta(days=random.randint(0, 30))) for first in firsts]
