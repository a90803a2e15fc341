"""What a person holds in the bodies of a network: where she is sent, and where she sits in person."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Held, Passing, holdings
from tavolo.people.models import Person
from tavolo.tables.actions import end_delegate, end_seat, name_delegate
from tavolo.tables.actions.seats import add_seat
from tavolo.tables.choices import Basis, DelegateKind, SeatEnd, SeatRole
from tavolo.tables.errors import SeatActMissing
from tavolo.tables.models import Body, Delegate, Seat


class Delegates:
    """Seats to which she is sent; the seat stays with its holder."""

    key = "tables.delegates"
    label = _("Seats to which she is sent")
    order = 60

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = Delegate.objects.on(on).filter(person__uid=person, body__network__uid=network)
        rows = rows.filter(valid_until=None).select_related("body")
        return [
            Held(row.uid, row.body.name, str(DelegateKind(row.kind).label), _href(row.body))
            for row in rows.order_by("body__sort_key", "id")
        ]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = Delegate.objects.known().select_related("body__network", "person").get(uid=held)
        end_delegate(delegate=row, last=passing.last_day, reason=SeatEnd.SUCCESSION, by=passing.by)
        if passing.to is None:
            return
        if not passing.act:
            raise SeatActMissing
        seat = Seat.objects.known().select_related("body__network").get(uid=row.seat)
        name_delegate(
            seat=seat,
            person=_person(passing.to),
            kind=row.kind,
            act=passing.act,
            began=passing.on,
            by=passing.by,
        )


class InPerson:
    """Seats that an act gave to her: another has them by another act alone."""

    key = "tables.seats_in_person"
    label = _("Seats that she has in person")
    order = 70

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = Seat.objects.on(on).filter(person__uid=person, network__uid=network)
        rows = rows.filter(valid_until=None).select_related("body")
        return [
            Held(row.uid, row.body.name, str(SeatRole(row.role).label), _href(row.body))
            for row in rows.order_by("body__sort_key", "id")
        ]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = Seat.objects.known().select_related("body__network", "person").get(uid=held)
        act = passing.act or row.act
        end_seat(seat=row, last=passing.last_day, reason=SeatEnd.SUCCESSION, act=act, by=passing.by)
        if passing.to is None:
            return
        if not passing.act:
            raise SeatActMissing
        add_seat(
            body=row.body,
            person=_person(passing.to),
            role=row.role,
            basis=Basis.SUCCESSION,
            act=passing.act,
            began=passing.on,
            takes_over=row,
            by=passing.by,
        )


def _person(uid: UUID) -> Person:
    return Person.objects.get(uid=uid)


def _href(body: Body) -> str:
    return reverse("tables:body", args=[body.code])


holdings.add(Delegates())
holdings.add(InPerson())
