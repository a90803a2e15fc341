"""Dates that are known in part, kept as known and never completed (decision 3).

Written in the extended format of ISO 8601-2 (EDTF), level 1 of it as far as the field needs:

    2015-06-30   a day                 XXXX-03-09   a day of an unknown year
    2015-06      a month               2006/..      since (still going on)
    2007         a year                ../2004      before, or until

Order: by the earliest day that it can mean; "before" stands first, a day of an unknown year last. Match:
every day that it can mean, so a day without year matches in each year.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_FORM = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?", re.ASCII)
LEAP_YEAR = 2000


@dataclass(frozen=True)
class PartialDate:
    """`year`, `month`, `day`: what is known; `bound` is "since", "before" or nothing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    bound: str = ""

    def __post_init__(self) -> None:
        gap = self.day is not None and self.month is None
        # Of an unknown year only a day says something, and nothing can begin or end with it.
        vague = self.year is None and (self.day is None or self.bound != "")
        if gap or vague or self.bound not in {"", "since", "before"}:
            raise ValueError(f"Not a date known in part: {self!r}")
        date(
            LEAP_YEAR if self.year is None else self.year,
            1 if self.month is None else self.month,
            1 if self.day is None else self.day,
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError for any other."""
        bound, core = "", text.strip()
        if core.endswith("/.."):
            bound, core = "since", core[:-3]
        elif core.startswith("../"):
            bound, core = "before", core[3:]
        found = _FORM.fullmatch(core)
        if not found:
            raise ValueError(f"Not a date known in part: {text!r}")
        year, month, day = found.group("year", "month", "day")
        return cls(
            None if year == "XXXX" else int(year),
            int(month) if month else None,
            int(day) if day else None,
            bound,
        )

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        core = "-".join(
            part
            for part in (
                "XXXX" if self.year is None else f"{self.year:04}",
                "" if self.month is None else f"{self.month:02}",
                "" if self.day is None else f"{self.day:02}",
            )
            if part
        )
        return {"": core, "since": f"{core}/..", "before": f"../{core}"}[self.bound]

    @property
    def precision(self) -> str:
        """One of "day", "month", "year" and "day without year"."""
        if self.year is None:
            return "day without year"
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    def first_day(self) -> date | None:
        """The first day it can mean; None where the year is unknown or it says "before"."""
        if self.year is None or self.bound == "before":
            return None
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date | None:
        """The last day it can mean; None where the year is unknown or it says "since"."""
        if self.year is None or self.bound == "since":
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def may_be(self, day: date) -> bool:
        """Whether `day` is among the days it can mean. A day without year matches in every year."""
        if self.year is None:
            return (day.month, day.day) == (self.month, self.day)
        first, last = self.first_day(), self.last_day()
        return (first is None or first <= day) and (last is None or day <= last)

    def order_key(self) -> str:
        """Text to order by: the earliest day it can mean; "before" stands first, an unknown year last."""
        first, last = self.first_day(), self.last_day()
        if first:
            return first.isoformat()
        return f"0000-{last.isoformat()}" if last else str(self)


class PartialDateField(models.CharField[Any, Any]):
    """Keeps a `PartialDate` in its written form; an empty text is None."""

    description = _("A date known in part")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_args: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate) or value == "":
            return value or None
        try:
            return PartialDate.parse(str(value))
        except ValueError as fault:
            raise ValidationError(_("Write a day, a month or a year.")) from fault

    def run_validators(self, value: Any) -> None:
        """Length is that of the written form."""
        super().run_validators(str(value) if value else value)

    def get_prep_value(self, value: Any) -> str:
        return str(value) if value else ""
