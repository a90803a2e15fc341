"""Which days are holidays, since when and until when, with the law that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6

L_260_1949 = "L. 27 maggio 1949, n. 260, art. 2"
L_54_1977 = "L. 5 marzo 1977, n. 54"
# What the laws of 1949 and 1977 changed begins and ends on these days.
LAID, TAKEN = date(1949, 6, 1), date(1977, 3, 8)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year: the anonymous algorithm of 1876 (Meeus, "Astronomical Algorithms", ch. 8)."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True)
class Holiday:
    """A holiday of each year on `month` and `day`, or so many days `after_easter`.

    It holds half-open from `valid_from` to `valid_until`; None is ever, and until further notice.
    """

    key: str
    source: str
    month: int = 0
    day: int = 0
    after_easter: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.after_easter is None:
            # 29 February is a day, and a holiday of leap years alone.
            date(2000, self.month, self.day)

    def in_year(self, year: int) -> date | None:
        """Its day in that year; None where it has none, or did not hold."""
        found = self._day(year)
        after = self.valid_from is None or (found is not None and self.valid_from <= found)
        before = self.valid_until is None or (found is not None and found < self.valid_until)
        return found if after and before else None

    def _day(self, year: int) -> date | None:
        if self.after_easter is not None:
            return easter(year) + timedelta(days=self.after_easter)
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True)
class Holidays:
    """A frozen set of holidays; Sundays are holidays in each (L. 260/1949, art. 2)."""

    days: tuple[Holiday, ...]

    def __contains__(self, day: date) -> bool:
        return day.weekday() == SUNDAY or day in in_year(self, day.year)

    def works(self, day: date, *, saturday: bool = False) -> bool:
        """Whether it is a working day; `saturday`: whether Saturdays are."""
        return day not in self and (saturday or day.weekday() != SATURDAY)

    def and_patron(
        self,
        month: int,
        day: int,
        *,
        source: str = "",
        valid_from: date | None = None,
        valid_until: date | None = None,
    ) -> "Holidays":
        """The same, and the day of a municipality's patron saint."""
        patron = Holiday(
            "patron", source, month, day, valid_from=valid_from, valid_until=valid_until
        )
        return replace(self, days=(*self.days, patron))


@lru_cache(maxsize=512)
def in_year(holidays: Holidays, year: int) -> Mapping[date, str]:
    """The holidays of a year, Sundays apart, each with its key."""
    found = ((holiday.in_year(year), holiday.key) for holiday in holidays.days)
    return {day: key for day, key in found if day is not None}


ITALY = Holidays(
    (
        Holiday("new_year", L_260_1949, 1, 1),
        Holiday("epiphany", L_260_1949, 1, 6, valid_until=TAKEN),
        Holiday("epiphany", "D.P.R. 28 dicembre 1985, n. 792", 1, 6, valid_from=date(1986, 1, 1)),
        Holiday("saint_joseph", L_260_1949, 3, 19, valid_from=LAID, valid_until=TAKEN),
        Holiday(
            "unification",
            "D.L. 22 febbraio 2011, n. 5",
            *(3, 17),
            valid_from=date(2011, 1, 1),
            valid_until=date(2012, 1, 1),
        ),
        Holiday("easter_monday", L_260_1949, after_easter=1),
        Holiday("ascension", L_260_1949, after_easter=39, valid_from=LAID, valid_until=TAKEN),
        Holiday("corpus_christi", L_260_1949, after_easter=60, valid_from=LAID, valid_until=TAKEN),
        Holiday("liberation", L_260_1949, 4, 25),
        Holiday("labour", L_260_1949, 5, 1),
        Holiday("republic", f"{L_260_1949} e art. 1", 6, 2, valid_from=LAID, valid_until=TAKEN),
        Holiday(
            "republic", "L. 20 novembre 2000, n. 336, art. 1", 6, 2, valid_from=date(2001, 1, 1)
        ),
        Holiday("peter_and_paul", L_260_1949, 6, 29, valid_from=LAID, valid_until=TAKEN),
        Holiday("assumption", L_260_1949, 8, 15),
        Holiday("saint_francis", "L. 8 ottobre 2025, n. 151", 10, 4, valid_from=date(2026, 1, 1)),
        Holiday("all_saints", L_260_1949, 11, 1),
        Holiday("national_unity", L_260_1949, 11, 4, valid_from=LAID, valid_until=TAKEN),
        Holiday("immaculate_conception", L_260_1949, 12, 8),
        Holiday("christmas", L_260_1949, 12, 25),
        Holiday("saint_stephen", L_260_1949, 12, 26),
    )
)
"""The national holidays, abolished in part by L. 54/1977 and restored since; see `reference/terms.md`."""
