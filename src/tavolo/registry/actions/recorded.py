"""Facts with two times: entered, changed from a day, corrected, ended, withdrawn; nothing is rewritten."""

from datetime import date, timedelta
from typing import Any, TypeVar

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
    return Period(first, last + timedelta(days=1) if last else None)


def entered(row: R) -> R:
    """Save a new fact, known from now on."""
    row.recorded_at = clock.now()
    row.save()
    return row


def superseded(row: R, **values: Any) -> R:
    """Put another row in the place of this one, under the same uid, with these values; gives the new one.

    Refuses with AlreadySuperseded where somebody did so meanwhile.
    """
    _close(row)
    another = type(row)()
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            setattr(another, field.attname, getattr(row, field.attname))
    for name, value in values.items():
        setattr(another, name, value)
    another.superseded_at = None
    return entered(another)


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
    _close(row)
    return row


def _close(row: Recorded) -> None:
    at = clock.now()
    rows = type(row)._base_manager.filter(pk=row.pk, superseded_at__isnull=True)
    if not rows.update(superseded_at=at):
        raise AlreadySuperseded
    row.superseded_at = at
