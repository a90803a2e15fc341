"""Facts with two times: entered, changed from a day, corrected, ended, withdrawn; nothing is rewritten."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ForeignKey

from tavolo.kernel import clock
from tavolo.kernel.dated import Period, Recorded, closing
from tavolo.kernel.dates import PartialDate
from tavolo.registry.errors import AlreadyEnded, AlreadySuperseded, EndsBeforeItBegan

R = TypeVar("R", bound=Recorded)


def period_of(began: PartialDate | None, ended: PartialDate | None) -> Period:
    """From the first day that `began` can mean to the last that `ended` can mean, as rows are matched.

    Refuses with EndsBeforeItBegan.
    """
    first = began.first_day() if began else None
    last = ended.last_day() if ended else None
    if first and last and last < first:
        raise EndsBeforeItBegan
    return Period(first, closing(last)["valid_until"] if last else None)


def entered(row: R, *, at: datetime | None = None) -> R:
    """Save a new fact, known from now on."""
    row.recorded_at = at or clock.now()
    row.save()
    return row


def copied(row: R, **values: Any) -> R:
    """A row that is not saved yet: what this one says, but for these values."""
    another = type(row)()
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            setattr(another, field.attname, getattr(row, field.attname))
        if isinstance(field, ForeignKey) and field.is_cached(row):
            field.set_cached_value(another, field.get_cached_value(row))
    for name, value in values.items():
        setattr(another, name, value)
    another.superseded_at = None
    return another


def replaced(row: R, another: R, *, at: datetime | None = None) -> R:
    """Let `another` be what is held to be true from this instant on, and this row what was until then.

    Refuses with AlreadySuperseded where somebody did so meanwhile.
    """
    # One instant for both: at no moment is neither known.
    instant = at or clock.now()
    _close(row, instant)
    return entered(another, at=instant)


def superseded(row: R, *, at: datetime | None = None, **values: Any) -> R:
    """Put another row in the place of this one, under the same uid, with these values; gives the new one.

    Refuses with AlreadySuperseded where somebody did so meanwhile.
    """
    return replaced(row, copied(row, **values), at=at)


def ended(row: R, last_day: date, **values: Any) -> R:
    """Let an open fact hold until `last_day`, that day included; gives the row that says so.

    Refuses with AlreadyEnded, EndsBeforeItBegan, AlreadySuperseded.
    """
    if row.valid_until is not None:
        raise AlreadyEnded
    if row.valid_from is not None and last_day < row.valid_from:
        raise EndsBeforeItBegan
    try:
        return superseded(row, **closing(last_day), **values)
    except AlreadySuperseded:
        now = type(row)._base_manager.filter(uid=row.uid, superseded_at__isnull=True).first()
        if now is not None and now.valid_until is not None:
            raise AlreadyEnded from None
        raise


def withdrawn(row: R) -> R:
    """Say that it was never true: it stays in what was known before. Refuses with AlreadySuperseded."""
    _close(row, clock.now())
    return row


def _close(row: Recorded, at: datetime) -> None:
    rows = type(row)._base_manager.filter(pk=row.pk, superseded_at__isnull=True)
    if not rows.update(superseded_at=at):
        raise AlreadySuperseded
    row.superseded_at = at
