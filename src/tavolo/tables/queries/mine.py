"""What somebody has in bodies: the seats of those she acts for, her own, and whose time ends soon."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.registry import rules as registry
from tavolo.registry.models import Delegation, OfficeHolding, Organisation
from tavolo.tables.models import Delegate, Seat
from tavolo.tables.queries.roster import BESIDE, SeatLine, lines_of

AHEAD = timedelta(days=90)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """A seat (`delegate` None), or somebody sent to one, whose time ends on `last_day` and is not followed."""

    seat: Seat
    delegate: Delegate | None
    last_day: date


@dataclass(frozen=True)
class Mine:
    """Her organisations by name, and the seats of the day by name of body."""

    organisations: Sequence[Organisation]
    lines: Sequence[SeatLine]


def my_seats(actor: Actor, *, on: date) -> Mine:
    """The seats of the organisations that she acts for, those she was given, is sent to or has by office.

    Five queries. Who acts for another sees those of the organisations alone.
    """
    rows = Organisation.objects.filter(uid__in=registry.organisations_of(actor))
    organisations = list(rows.order_by("sort_key", "id"))
    wanted = Q(organisation__in=[row.pk for row in organisations])
    person = actor.person if registry.acts_in_person(actor) else None
    if person is not None:
        wanted |= _of_person(person, on)
    seats = Seat.objects.on(on).filter(wanted).select_related(*BESIDE)
    known = {row.pk for row in organisations}
    lines = [
        line
        for line in lines_of(seats, on=on, actor=actor)
        if line.seat.organisation_id in known or _sits(line, person)
    ]
    ordered = sorted(lines, key=lambda line: (line.seat.body.sort_key, line.seat.pk))
    return Mine(organisations, ordered)


def endings_of(seats: Iterable[Seat], *, on: date, until: date) -> list[Ending]:
    """Of these seats what ends between two days, the first to end first: seats, and those sent to them; one query.

    Who is followed by somebody in the same place, and whose seat ends with her, is left out.
    """
    by_uid = {seat.uid: seat for seat in seats}
    found = [
        Ending(seat, None, seat.last_day)
        for seat in by_uid.values()
        if seat.last_day is not None and on <= seat.last_day <= until
    ]
    ending = {one.seat.uid for one in found}
    sent = Delegate.objects.known().filter(seat__in=by_uid).select_related("person", "body")
    for row in _not_followed(sent):
        last = row.last_day
        if last is not None and on <= last <= until and row.seat not in ending:
            found.append(Ending(by_uid[row.seat], row, last))
    return sorted(found, key=lambda one: (one.last_day, one.seat.body.sort_key, one.seat.pk))


def endings_in(networks: QuerySet[Network], *, on: date, until: date) -> list[Ending]:
    """The same for all bodies of these networks; two queries."""
    soon = Q(valid_until__gt=on, valid_until__lte=until + ONE_DAY)
    sent = Delegate.objects.known().filter(soon, body__network__in=networks)
    here = soon | Q(uid__in=sent.values("seat"))
    seats = Seat.objects.on(on).filter(here, network__in=networks).select_related(*BESIDE)
    return endings_of(seats, on=on, until=until)


def endings_for(organisations: Collection[UUID], *, on: date, until: date) -> list[Ending]:
    """The same for the seats of these organisations; two queries."""
    rows = Seat.objects.on(on).filter(organisation__uid__in=organisations)
    return endings_of(rows.select_related(*BESIDE), on=on, until=until)


def _of_person(person: UUID, on: date) -> Q:
    """Her own, those she is sent to, and those of offices where she is in office."""
    sent = Delegate.objects.on(on).filter(person__uid=person)
    offices = OfficeHolding.objects.on(on).filter(person__uid=person)
    matters = Delegation.objects.on(on).filter(person__uid=person)
    in_office = Q(organisation__in=offices.values("organisation"))
    in_office |= Q(organisation__in=matters.values("organisation"))
    by_office = in_office & ~Q(title="", theme="")
    return Q(person__uid=person) | Q(uid__in=sent.values("seat")) | by_office


def _sits(line: SeatLine, person: UUID | None) -> bool:
    return any(one.person is not None and one.person.uid == person for one in line.sent)


def _not_followed(sent: Iterable[Delegate]) -> list[Delegate]:
    rows = list(sent)
    return [row for row in rows if not any(_follows(other, row) for other in rows)]


def _follows(other: Delegate, row: Delegate) -> bool:
    """Whether somebody is sent as the same, to the same seat, for longer."""
    same = (other.seat, other.kind) == (row.seat, row.kind) and other.pk != row.pk
    end = row.valid_until
    return same and end is not None and (other.valid_until is None or other.valid_until > end)
