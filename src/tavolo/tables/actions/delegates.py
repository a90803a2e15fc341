"""Whom a seat's holder sends: an effective delegate and substitutes, each by an act and for a time."""

from django.db import transaction

from tavolo.kernel.actor import Actor
from tavolo.people.models import Person
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.actions.recorded import entered
from tavolo.registry.errors import EndNotKnown
from tavolo.tables.actions.common import (
    Day,
    alone_in,
    as_known,
    ended_on,
    lasting,
    partial,
    refuse_beside,
    runs,
    said,
    told,
)
from tavolo.tables.choices import DelegateKind, HolderKind, SeatEnd
from tavolo.tables.errors import (
    AlreadyDelegate,
    EffectiveDelegateThere,
    FillsItself,
    OutsideSeat,
    SeatActMissing,
    SitsInPerson,
)
from tavolo.tables.facts import DelegateEnded, DelegateNamed
from tavolo.tables.models import Delegate, Seat


@transaction.atomic
def name_delegate(
    *,
    seat: Seat,
    person: Person,
    kind: str = DelegateKind.EFFECTIVE,
    act: str,
    began: Day = None,
    ended: Day = None,
    source: str = "",
    by: Actor,
) -> Delegate:
    """Send a person to a seat, within its time; without `began` it is not known since when.

    The seat of an office has no effective delegate: whoever holds the office sits there; that of a
    person has none at all. Refuses with NotAllowed, SeatActMissing, FillsItself, SitsInPerson, OutsideSeat,
    EffectiveDelegateThere, AlreadyDelegate, EndsBeforeItBegan; AlreadySuperseded of a seat that was withdrawn.
    """
    runs(by, seat.body)
    alone_in(seat.body)
    seat = as_known(seat)
    row = Delegate(
        body=seat.body, seat=seat.uid, person=person, kind=kind, act=act.strip(), source=source
    )
    lasting(row, began, ended)
    # A delegate of whom nobody says since when was sent no earlier than the seat is held.
    row.valid_from = row.valid_from or seat.valid_from
    _refuse_odd(seat, row)
    _refuse_beside(row)
    refusal = EffectiveDelegateThere if kind == DelegateKind.EFFECTIVE else AlreadyDelegate
    unless_raced(lambda: entered(row), refusal)
    values = {"person": person.uid, "kind": kind, "act": row.act, "began": said(began)}
    values |= {"seat": seat.uid, "ended": said(ended)}
    told("tables.delegate_named", row, by, DelegateNamed(seat.uid, person.uid), values)
    return row


@transaction.atomic
def end_delegate(
    *, delegate: Delegate, last: Day, reason: str = SeatEnd.OTHER, by: Actor
) -> Delegate:
    """Let a person be sent until the last day that `last` can mean; the seat stays.

    Refuses with NotAllowed, EndNotKnown, AlreadyEnded, EndsBeforeItBegan.
    """
    runs(by, delegate.body)
    known = partial(last)
    day = known.last_day() if known else None
    if day is None:
        raise EndNotKnown
    row = ended_on(delegate, day, ended=known, end_reason=reason)
    fact = DelegateEnded(row.seat, row.person.uid)
    values = {"last": said(last), "reason": reason}
    told("tables.delegate_ended", row, by, fact, values)
    return row


def _refuse_odd(seat: Seat, row: Delegate) -> None:
    if not row.act:
        raise SeatActMissing
    if seat.holder_kind is HolderKind.PERSON:
        raise SitsInPerson
    if seat.holder_kind is HolderKind.OFFICE and row.kind == DelegateKind.EFFECTIVE:
        raise FillsItself
    if row.valid_from is not None and row.valid_from not in seat.period:
        raise OutsideSeat
    end = seat.valid_until
    if end is not None and (row.valid_until is None or row.valid_until > end):
        raise OutsideSeat


def _refuse_beside(row: Delegate) -> None:
    others = list(Delegate.objects.known().filter(seat=row.seat))
    mine = [other for other in others if other.person_id == row.person_id]
    refuse_beside(mine, row.period, AlreadyDelegate)
    if row.kind == DelegateKind.EFFECTIVE:
        effective = [other for other in others if other.kind == DelegateKind.EFFECTIVE]
        refuse_beside(effective, row.period, EffectiveDelegateThere)
