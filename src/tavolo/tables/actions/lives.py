"""How a body begins its works, goes on, and ends."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions.recorded import entered, period_of
from tavolo.registry.errors import AlreadyEnded, EndNotKnown, EndsBeforeItBegan
from tavolo.tables.actions.common import (
    Day,
    alone_in,
    cut_off,
    lasting,
    partial,
    runs,
    said,
    told,
)
from tavolo.tables.choices import GOES_ON_IN_ANOTHER, LineageManner, SeatEnd
from tavolo.tables.errors import AlreadyStarted, GroupsStillThere, ParentOfAnother, SeatActMissing
from tavolo.tables.facts import BodyEnded, BodyGoesOn, BodyStarted
from tavolo.tables.models import Body, BodyLineage, Delegate, Seat

ONE_DAY = timedelta(days=1)


@transaction.atomic
def start_body(*, body: Body, on: Day, by: Actor) -> Body:
    """Say when its works began; established and started are two days.

    Refuses with NotAllowed, AlreadyStarted, EndsBeforeItBegan.
    """
    runs(by, body)
    alone_in(body)
    _refuse_start_after_end(body, partial(on))
    if not Body.objects.filter(pk=body.pk, started="").update(started=partial(on)):
        raise AlreadyStarted
    body.started = partial(on)
    if body.established is None:
        body.valid_from = period_of(body.started, None).valid_from
        body.save(update_fields=["valid_from"])
    values = {"started": said(on)}
    told("tables.body_started", body, by, BodyStarted(body.uid), values)
    return body


@transaction.atomic
def end_body(*, body: Body, last: Day, act: str, by: Actor) -> Body:
    """Let a body be there until the last day that `last` can mean; its seats and delegates end with it.

    Refuses with NotAllowed, SeatActMissing, EndNotKnown, AlreadyEnded, EndsBeforeItBegan,
    GroupsStillThere.
    """
    runs(by, body)
    return close_body(body, last, act, SeatEnd.BODY, by)


@transaction.atomic
def confirm_body(
    *, body: Body, manner: LineageManner = LineageManner.CONFIRMED, on: Day, act: str, by: Actor
) -> BodyLineage:
    """Say that a body goes on as itself, confirmed or renewed by an act.

    Refuses with NotAllowed, SeatActMissing; with ParentOfAnother where `manner` is one that leads to another.
    """
    runs(by, body)
    if manner in GOES_ON_IN_ANOTHER:
        raise ParentOfAnother
    return _led_on(BodyLineage(body=body, manner=manner, act=act), on, by)


@transaction.atomic
def succeed_body(
    *, body: Body, successor: Body, manner: LineageManner, on: Day, act: str, by: Actor
) -> BodyLineage:
    """Say that a body goes on in another from `on`.

    What was merged or succeeded ends with the day before, where the day is known. Seats do not pass
    by themselves: an act says who sits in the successor. Refuses with NotAllowed, SeatActMissing,
    ParentOfAnother, GroupsStillThere, AlreadyEnded.
    """
    runs(by, body)
    if successor.network_id != body.network_id or successor.pk == body.pk:
        raise ParentOfAnother
    row = BodyLineage(body=body, successor=successor, manner=manner, act=act)
    led = _led_on(row, on, by)
    day = led.valid_from
    if manner in GOES_ON_IN_ANOTHER and day is not None and body.valid_until is None:
        close_body(body, PartialDate.of(day - ONE_DAY), act, SeatEnd.SUCCESSION, by)
    return led


def close_body(body: Body, last: Day, act: str, reason: SeatEnd, by: Actor) -> Body:
    """The write itself, for actions that have asked their own rule."""
    alone_in(body)
    period, act = _closing(body, last, act)
    rows = Body.objects.filter(pk=body.pk, valid_until=None)
    if not rows.update(valid_until=period.valid_until, ended=partial(last), end_act=act):
        raise AlreadyEnded
    body.valid_until, body.ended, body.end_act = period.valid_until, partial(last), act
    ended = end_what_is_in(body, last, act, reason)
    values = {"last": said(last), "act": act, "seats": ended}
    told("tables.body_ended", body, by, BodyEnded(body.uid), values)
    return body


def end_what_is_in(body: Body, last: Day, act: str, reason: SeatEnd) -> int:
    """End all seats of a body that would go on after it, and their delegates; how many seats.

    What was to begin later never was.
    """
    day = body.last_day
    assert day is not None  # noqa: S101  # it was written just now
    known = partial(last)
    later = Q(valid_until=None) | Q(valid_until__gt=day + ONE_DAY)
    seats = Seat.objects.known().filter(later, body=body).order_by("id")
    delegates = Delegate.objects.known().filter(later, body=body).order_by("id")
    ended = [cut_off(seat, day, ended=known, end_reason=reason, end_act=act) for seat in seats]
    for delegate in delegates:
        cut_off(delegate, day, ended=known, end_reason=reason)
    return len(ended)


def _refuse_start_after_end(body: Body, started: PartialDate | None) -> None:
    first = started.first_day() if started else None
    if body.valid_until is not None and first is not None and first >= body.valid_until:
        raise EndsBeforeItBegan


def _closing(body: Body, last: Day, act: str) -> tuple[Period, str]:
    act = act.strip()
    if not act:
        raise SeatActMissing
    period = period_of(body.established or body.started, partial(last))
    if period.valid_until is None:
        raise EndNotKnown
    if Body.objects.filter(parent=body, valid_until=None).exists():
        raise GroupsStillThere
    return period, act


def _led_on(row: BodyLineage, on: Day, by: Actor) -> BodyLineage:
    row.act = row.act.strip()
    if not row.act:
        raise SeatActMissing
    entered(lasting(row, on))
    other = str(row.successor.uid) if row.successor else ""
    values = {"manner": str(row.manner), "act": row.act, "on": said(on), "successor": other}
    told("tables.body_goes_on", row.body, by, BodyGoesOn(row.body.uid, other), values)
    return row
