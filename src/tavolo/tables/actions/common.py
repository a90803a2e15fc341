"""What the actions of this room share."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Dated, Period, closing
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import Refusal
from tavolo.kernel.facts import Fact, announce
from tavolo.registry.actions.common import require
from tavolo.registry.actions.recorded import ended, period_of, superseded, withdrawn
from tavolo.registry.errors import AlreadySuperseded, EndsBeforeItBegan
from tavolo.search.actions import note_change
from tavolo.tables import rules
from tavolo.tables.errors import BodyHasEnded
from tavolo.tables.models import Body, Delegate, Seat

D = TypeVar("D", bound=Dated)
T = TypeVar("T", Seat, Delegate)
Day = PartialDate | date | None
OfBody = Seat | Delegate


def partial(day: Day) -> PartialDate | None:
    """As far as it is known: a day is known whole."""
    return PartialDate.of(day) if isinstance(day, date) else day


def lasting(row: D, began: Day, ended: Day = None) -> D:
    """Write both ends of a row, as known and as it is matched. Refuses with EndsBeforeItBegan."""
    first, last = partial(began), partial(ended)
    period = period_of(first, last)
    row.valid_from, row.valid_until = period.valid_from, period.valid_until
    row.began, row.ended = first, last  # type: ignore[attr-defined]
    return row


def runs(by: Actor, body: Body) -> None:
    """Refuse with NotAllowed where the actor does not run the bodies of the network."""
    require(rules.may_run_bodies(by, body.network.uid))


def alone_in(body: Body) -> None:
    """Let one act at a time change who sits in a body; its days are those of this moment."""
    row = Body.objects.select_for_update().only("valid_from", "valid_until").get(pk=body.pk)
    body.valid_from, body.valid_until = row.valid_from, row.valid_until


def as_known(row: T) -> T:
    """The row that is held to be true now of this seat or delegate; refuses with AlreadySuperseded where none is."""
    now: T | None = type(row).objects.known().filter(uid=row.uid).first()
    if now is None:
        raise AlreadySuperseded
    return now


def ended_on(row: T, day: date, **values: Any) -> T:
    """End what is open, or before the day that was foreseen: a mandate may end early.

    Refuses with AlreadyEnded, EndsBeforeItBegan, AlreadySuperseded.
    """
    foreseen = row.last_day if not row.end_reason else None
    if foreseen is None or day >= foreseen:
        return ended(row, day, **values)
    if row.valid_from is not None and day < row.valid_from:
        raise EndsBeforeItBegan
    return superseded(row, **closing(day), **values)


def cut_off(row: OfBody, day: date, **values: Any) -> OfBody:
    """Let nothing of it hold after `day`: what had not begun is withdrawn, what ended by then stays as it is."""
    if row.last_day is not None and row.last_day <= day:
        return row
    if row.valid_from is not None and row.valid_from > day:
        return withdrawn(row)
    return superseded(row, **closing(day), **values)


def within(body: Body, period: Period) -> None:
    """Refuse with BodyHasEnded what would begin before the body or after it, or go on after it."""
    own = body.period
    if period.valid_from is not None and period.valid_from not in own:
        raise BodyHasEnded
    if own.valid_until and (period.valid_until is None or period.valid_until > own.valid_until):
        raise BodyHasEnded


def refuse_beside(rows: Iterable[Dated], period: Period, refusal: type[Refusal]) -> None:
    """Refuse where one of these rows holds on some day of the period."""
    if any(row.period.overlaps(period) for row in rows):
        raise refusal


def told(
    action: str, subject: Body | OfBody, by: Actor, fact: Fact, values: dict[str, Any]
) -> None:
    """Journal, fact, and the index: what each act of this room ends with."""
    body = subject if isinstance(subject, Body) else subject.body
    record(action=action, actor=by, subject=subject, network=body.network, values=values)
    announce(fact, network=body.network)
    note_change(body)


def said(day: Day) -> str:
    """A date as the journal keeps it."""
    known = partial(day)
    return str(known) if known else ""
