"""Who sits in a body: by an act, for a time; resigning, forfeiting, passing the seat on."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.actions.recorded import copied, entered, replaced, superseded, withdrawn
from tavolo.registry.errors import EndNotKnown, ReasonMissing
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.tables.actions.common import (
    Day,
    alone_in,
    cut_off,
    ended_on,
    lasting,
    partial,
    refuse_beside,
    runs,
    said,
    told,
    within,
)
from tavolo.tables.choices import CATEGORY_OF_KIND, Basis, Category, SeatEnd, SeatRole
from tavolo.tables.errors import AlreadySits, HolderMissing, OutsideSeat, SeatActMissing
from tavolo.tables.facts import SeatAdded, SeatChanged, SeatEnded
from tavolo.tables.models import Body, Delegate, Seat

ONE_DAY = timedelta(days=1)


@transaction.atomic
def add_seat(
    *,
    body: Body,
    organisation: Organisation | None = None,
    unit: OrganisationUnit | None = None,
    title: str = "",
    theme: str = "",
    person: Person | None = None,
    role: str = SeatRole.MEMBER,
    category: str = "",
    basis: str = Basis.ADHESION,
    act: str,
    began: Day = None,
    ended: Day = None,
    takes_over: Seat | None = None,
    source: str = "",
    by: Actor,
) -> Seat:
    """Give somebody a seat by an act: an organisation or a unit of it, an office of one, or a person.

    `title` or `theme` make it the seat of whoever holds that office, or that delegation, on the
    day. Without `category` it follows from the kind of organisation; without `began` it is not known
    since when. Refuses with NotAllowed, SeatActMissing, HolderMissing, AlreadySits, BodyHasEnded,
    EndsBeforeItBegan.
    """
    runs(by, body)
    seat = Seat(
        network=body.network,
        body=body,
        organisation=organisation,
        unit=unit,
        title=title,
        theme=theme,
        person=person,
        role=role,
        category=category or category_of(organisation),
        basis=basis,
        act=act.strip(),
        takes_over=takes_over.uid if takes_over else None,
        source=source,
    )
    _refuse_odd(seat)
    write_seat(lasting(seat, began, ended))
    told("tables.seat_added", seat, by, SeatAdded(seat.uid, body.uid), _values(seat))
    return seat


@transaction.atomic
def change_role(*, seat: Seat, role: str, began: Day, act: str, by: Actor) -> Seat:
    """Let the same holder sit as something else from a day on: gives the seat from then on.

    The one until then ends with the day before, and `takes_over` leads back to it; delegates
    pass on. Refuses with NotAllowed, SeatActMissing, EndNotKnown,
    AlreadyEnded, EndsBeforeItBegan.
    """
    runs(by, seat.body)
    alone_in(seat.body)
    first = _first_day(began)
    before = _ended(seat, PartialDate.of(first), SeatEnd.ROLE, act, day_before=True)
    again = copied(before, role=role, act=act.strip(), end_reason="", end_act="")
    again.uid, again.takes_over = Seat().uid, seat.uid
    # A mandate that was to end on a day ends then, whatever its role.
    write_seat(lasting(again, began, seat.ended))
    _delegates_pass(before, again)
    values = {"role": role, "began": said(began), "act": act.strip()}
    told("tables.seat_changed", again, by, SeatChanged(again.uid, seat.body.uid), values)
    return again


@transaction.atomic
def end_seat(*, seat: Seat, last: Day, reason: str, act: str, by: Actor) -> Seat:
    """Let a seat be held until the last day that `last` can mean; its delegates end with it.

    Refuses with NotAllowed, SeatActMissing, EndNotKnown, AlreadyEnded, EndsBeforeItBegan.
    """
    runs(by, seat.body)
    alone_in(seat.body)
    row = _ended(seat, partial(last), reason, act)
    day = row.last_day
    assert day is not None  # noqa: S101  # it was written just now
    for delegate in delegates_after(seat, day):
        cut_off(delegate, day, ended=partial(last), end_reason=reason)
    values = {"last": said(last), "reason": reason, "act": act.strip()}
    told("tables.seat_ended", row, by, SeatEnded(row.uid, row.body.uid), values)
    return row


@transaction.atomic
def pass_seat_on(*, seat: Seat, to: Organisation, began: Day, act: str, by: Actor) -> Seat:
    """Let the organisation that took the place of another have its seat from `began`.

    The seat before ends the day before, by succession; its delegates with it: the successor names
    its own. Where the successor sits there already, the seat ends and that one is given. Refuses
    as `end_seat` and `add_seat`; with HolderMissing where a person holds it: she is nobody's to pass on.
    """
    runs(by, seat.body)
    if seat.person_id is not None:
        raise HolderMissing
    first = PartialDate.of(_first_day(began))
    last = _eve(first)
    end_seat(seat=seat, last=last, reason=SeatEnd.SUCCESSION, act=act, by=by)
    there = Seat.objects.known().filter(body=seat.body, organisation=to, valid_until=None)
    held = there.filter(title=seat.title, theme=seat.theme, unit=None).first()
    if held is not None:
        return held
    return add_seat(
        body=seat.body,
        organisation=to,
        title=seat.title,
        theme=seat.theme,
        role=seat.role,
        category=seat.category,
        basis=Basis.SUCCESSION,
        act=act,
        began=began,
        takes_over=seat,
        by=by,
    )


@transaction.atomic
def correct_seat(*, seat: Seat, by: Actor, began: Day, ended: Day = None, **values: Any) -> Seat:
    """Say that it was wrong: with these values from the beginning; what was known before stays known.

    `values` are among role, category, basis, act, end_reason, source. Refuses with NotAllowed,
    SeatActMissing, AlreadySits, OutsideSeat where a delegate was sent on other days, BodyHasEnded,
    EndsBeforeItBegan, AlreadySuperseded.
    """
    runs(by, seat.body)
    alone_in(seat.body)
    row = lasting(copied(seat, **values), began, ended)
    _no_earlier_than_body(row)
    within(row.body, row.period)
    _refuse_odd(row)
    _refuse_twice(row)
    _refuse_delegates_outside(row)
    unless_raced(lambda: replaced(seat, row), AlreadySits)
    told("tables.seat_corrected", row, by, SeatChanged(row.uid, row.body.uid), _values(row))
    return row


@transaction.atomic
def withdraw_seat(*, seat: Seat, reason: str, by: Actor) -> Seat:
    """Say that it was never held; its delegates were never sent. Refuses with NotAllowed, ReasonMissing."""
    runs(by, seat.body)
    alone_in(seat.body)
    if not reason.strip():
        raise ReasonMissing
    for delegate in Delegate.objects.known().filter(seat=seat.uid):
        withdrawn(delegate)
    withdrawn(seat)
    fact = SeatEnded(seat.uid, seat.body.uid)
    told("tables.seat_withdrawn", seat, by, fact, {"reason": reason.strip()})
    return seat


def category_of(organisation: Organisation | None) -> Category:
    """In which category it sits where nobody says another: persons apart, by the kind of organisation."""
    if organisation is None:
        return Category.PERSON
    return CATEGORY_OF_KIND.get(organisation.kind, Category.STAKEHOLDER)


def write_seat(seat: Seat) -> Seat:
    """The write itself, for actions that have asked their own rule."""
    alone_in(seat.body)
    _no_earlier_than_body(seat)
    within(seat.body, seat.period)
    _refuse_twice(seat)
    return unless_raced(lambda: entered(seat), AlreadySits)


def delegates_after(seat: Seat, day: date) -> list[Delegate]:
    """Who is sent to it on some day after this one."""
    later = Q(valid_until=None) | Q(valid_until__gt=day + ONE_DAY)
    return list(Delegate.objects.known().filter(later, seat=seat.uid).order_by("id"))


def _no_earlier_than_body(seat: Seat) -> None:
    """Who sits there nobody knows since when did so no earlier than the body was there."""
    seat.valid_from = seat.valid_from or seat.body.valid_from


def _refuse_odd(seat: Seat) -> None:
    if not seat.act:
        raise SeatActMissing
    if (seat.organisation_id is None) is (seat.person_id is None):
        raise HolderMissing
    if seat.unit is not None and seat.unit.organisation_id != seat.organisation_id:
        raise HolderMissing


def _refuse_twice(seat: Seat) -> None:
    same = Seat.objects.known().filter(
        body=seat.body,
        organisation=seat.organisation,
        unit=seat.unit,
        person=seat.person,
        title=seat.title,
        theme=seat.theme,
    )
    refuse_beside(same.exclude(uid=seat.uid), seat.period, AlreadySits)


def _refuse_delegates_outside(seat: Seat) -> None:
    own = seat.period
    for row in Delegate.objects.known().filter(seat=seat.uid):
        late = own.valid_until and (row.valid_until is None or row.valid_until > own.valid_until)
        if late or (own.valid_from and (row.valid_from or date.min) < own.valid_from):
            raise OutsideSeat


def _ended(
    seat: Seat, last: PartialDate | None, reason: str, act: str, *, day_before: bool = False
) -> Seat:
    if not act.strip():
        raise SeatActMissing
    known = _eve(last) if day_before and last else last
    day = known.last_day() if known else None
    if day is None:
        raise EndNotKnown
    return ended_on(seat, day, ended=known, end_reason=reason, end_act=act.strip())


def _delegates_pass(before: Seat, again: Seat) -> None:
    """From the same day on they are sent to the same seat in its other role."""
    day = before.last_day
    assert day is not None  # noqa: S101  # it ended just now
    for delegate in delegates_after(before, day):
        if delegate.valid_from is not None and delegate.valid_from > day:
            superseded(delegate, seat=again.uid)
            continue
        row = cut_off(delegate, day, ended=before.ended, end_reason=SeatEnd.ROLE)
        other = copied(row, seat=again.uid, end_reason="")
        other.uid = Delegate().uid
        entered(lasting(other, again.began, delegate.ended))


def _first_day(began: Day) -> date:
    known = partial(began)
    day = known.first_day() if known else None
    if day is None:
        raise EndNotKnown
    return day


def _eve(known: PartialDate) -> PartialDate:
    return PartialDate.of(_first_day(known) - ONE_DAY)


def _values(seat: Seat) -> dict[str, Any]:
    holder = seat.person or seat.unit or seat.organisation
    return {
        "body": seat.body.uid,
        "holder": holder.uid if holder else "",
        "office": seat.title or seat.theme,
        "role": str(seat.role),
        "category": str(seat.category),
        "act": seat.act,
        "began": said(seat.began),
        "ended": said(seat.ended),
    }
