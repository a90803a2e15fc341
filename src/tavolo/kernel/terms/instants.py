"""An hour on Italian clocks as an instant, also on the two nights on which the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

from tavolo.kernel.clock import ROME

LAST_SECOND = time(23, 59, 59)
HOUR = timedelta(hours=1)


def last_instant(day: date, hour: time | None, *, backwards: bool = False) -> datetime:
    """The last instant, in UTC, at which something is done by that hour of the day, or within the day.

    On the last Sunday of March the hour between 2 and 3 does not exist, on that of October it exists
    twice. The law is silent; the rule here: a term never loses time by it. One that runs forward
    takes the later of the two readings (2.30 that is skipped is 3.30, 2.30 that comes twice is the
    second), one that runs back from an event the earlier, so that nobody has less notice.
    """
    told = datetime.combine(day, hour or LAST_SECOND, ROME)
    both = [told.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(both) if backwards else max(both)


def whole_hour(instant: datetime, *, backwards: bool) -> datetime:
    """From which instant hours are counted: the hour in which the event falls is left out.

    Art. 155 c.p.c., first paragraph; art. 3 Reg. (CEE, Euratom) 1182/71.
    """
    hour = instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if backwards else hour + HOUR
