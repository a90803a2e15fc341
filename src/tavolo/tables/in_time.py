"""When a notice is open, and which time of an application counts: pure functions, to the second.

Hours are those of Rome where they are shown and written; here they are instants.
"""

from dataclasses import dataclass
from datetime import datetime

from tavolo.tables.choices import ApplicationWay, CountingTime, NoticeState, Timing


@dataclass(frozen=True)
class Times:
    """The times of one application: our receipt, and those that a provider of PEC certified."""

    received: datetime
    accepted: datetime | None = None
    delivered: datetime | None = None


def notice_state(
    *,
    published: datetime | None,
    opens: datetime | None,
    ends: datetime | None,
    now: datetime,
    over: bool = False,
) -> NoticeState:
    """Where a notice stands at an instant; without an end it stays open."""
    if published is None or published > now:
        return NoticeState.DRAFT
    if over:
        return NoticeState.CLOSED
    if opens is not None and now < opens:
        return NoticeState.COMING
    return NoticeState.CLOSED if ends is not None and _second(now) > ends else NoticeState.OPEN


def counting(way: str, pec_counts: str, times: Times) -> datetime:
    """The time that counts by the notice's rule; where it is not known, the next one that is.

    Only what comes by PEC has other times than our receipt.
    """
    if way != ApplicationWay.PEC or pec_counts == CountingTime.RECEIPT:
        return times.received
    first = times.accepted if pec_counts == CountingTime.ACCEPTANCE else None
    return first or times.delivered or times.received


def timing_of(counts: datetime, *, opens: datetime | None, ends: datetime | None) -> Timing:
    """In time through the last second of the term: at 12:00 what came within 12:00:00 is, 12:00:01 is late."""
    if opens is not None and counts < opens:
        return Timing.EARLY
    return Timing.LATE if ends is not None and _second(counts) > ends else Timing.IN_TIME


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
