"""What the actions of this room share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from tavolo.kernel.dated import Dated, Period, closing
from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.registry.errors import AlreadyEnded, EndsBeforeItBegan

D = TypeVar("D", bound=Dated)
T = TypeVar("T")


def require(allowed: bool) -> None:  # noqa: FBT001  # the answer of a rule
    """Refuse with NotAllowed where the rule says no."""
    if not allowed:
        raise NotAllowed


def refuse_overlap(rows: QuerySet[D], period: Period, refusal: type[Refusal]) -> None:
    """Refuse where one of `rows` holds on some day of the period."""
    later = (
        Q()
        if period.valid_until is None
        else Q(valid_from=None) | Q(valid_from__lt=period.valid_until)
    )
    earlier = (
        Q()
        if period.valid_from is None
        else Q(valid_until=None) | Q(valid_until__gt=period.valid_from)
    )
    if rows.filter(later & earlier).exists():
        raise refusal


def unless_raced(write: Callable[[], T], refusal: type[Refusal]) -> T:
    """The constraint has the last word where two write at once: its no is the named one."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as fault:
        raise refusal from fault


def end_row(rows: QuerySet[D], row: D, last_day: date, **also: Any) -> None:
    """Let an open row among `rows` hold until `last_day`, that day included; write `also` with it.

    Refuses with AlreadyEnded, also where somebody ended it meanwhile, and EndsBeforeItBegan.
    """
    if row.valid_from is not None and last_day < row.valid_from:
        raise EndsBeforeItBegan
    ended = closing(last_day) | also
    if not rows.filter(pk=row.pk, valid_until=None).update(**ended):
        raise AlreadyEnded
    for name, value in ended.items():
        setattr(row, name, value)
