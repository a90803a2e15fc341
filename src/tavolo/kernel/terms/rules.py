"""How long a term is, and how it is counted."""

from dataclasses import asdict, dataclass
from datetime import time
from enum import StrEnum
from typing import Any, Self


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Count(StrEnum):
    """All days; working days alone; or *giorni liberi*, of which neither the first nor the last counts."""

    CALENDAR = "calendar"
    WORKING = "working"
    CLEAR = "clear"


@dataclass(frozen=True)
class Rule:
    """The numbers of a term, as a law or a regulation sets them.

    `length` None: there is no end. `roll_over`: an end on a day that does not work passes to the
    next one that does, of a term that runs `backwards` (from an event) to the one before.
    `saturday`: Saturdays work. `hour`: until that hour of the last day, on Italian clocks; None:
    until the day is over. `august`: the clock stands still in August (L. 742/1969).

    ValueError for what has no meaning: working months, hours that roll over or end at an hour.
    """

    length: int | None
    unit: Unit = Unit.DAYS
    count: Count = Count.CALENDAR
    roll_over: bool = False
    saturday: bool = False
    backwards: bool = False
    hour: time | None = None
    august: bool = False

    def __post_init__(self) -> None:
        by_months = self.unit in {Unit.MONTHS, Unit.YEARS}
        in_hours = self.unit is Unit.HOURS
        if (
            (self.length is not None and self.length < 1)
            or (by_months and self.count is Count.WORKING)
            or (in_hours and (self.roll_over or self.hour or self.count is Count.CLEAR))
            or (self.hour is not None and self.hour.tzinfo is not None)
        ):
            raise ValueError(f"Not a term: {self!r}")

    @classmethod
    def read(cls, value: dict[str, Any]) -> Self:
        """From plain JSON, as a dated value keeps it; ValueError, TypeError or KeyError for any other."""
        told = dict(value)
        if hour := told.get("hour"):
            told["hour"] = time.fromisoformat(hour)
        told["unit"] = Unit(told.get("unit", Unit.DAYS))
        told["count"] = Count(told.get("count", Count.CALENDAR))
        return cls(**told)

    def plain(self) -> dict[str, Any]:
        """What `read` reads."""
        return asdict(self) | {"hour": self.hour.isoformat() if self.hour else None}
