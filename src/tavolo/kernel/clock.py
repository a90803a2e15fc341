"""The one door to the time. Instants are kept in UTC and shown in Europe/Rome."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Italy."""
    return now().astimezone(ROME).date()


def in_rome(instant: datetime) -> datetime:
    """The same instant on an Italian clock."""
    return instant.astimezone(ROME)
