"""What the work screens ask: her bodies, a seat with its story, who could sit, what would be founded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry.models import Organisation, OrganisationSuccession
from tavolo.registry.queries import networks_run_by, participants
from tavolo.tables import rules
from tavolo.tables.models import Body, BodyTerritory, Delegate, Seat
from tavolo.tables.queries.places import administrations_of, areas_within, municipalities_of
from tavolo.tables.queries.roster import BESIDE
from tavolo.territory.models import Area


@dataclass(frozen=True)
class ToPass:
    """A seat whose holder went on in another, and the succession that says so."""

    seat: Seat
    succession: OrganisationSuccession


@dataclass(frozen=True)
class WouldBe:
    """An area for which a coordination would be founded: how many municipalities, how many seats.

    `there`: one of the same kind works for it already.
    """

    area: Area
    municipalities: int
    seats: int
    there: bool


def networks_of_bodies(actor: Actor) -> list[Network]:
    """The networks whose bodies the actor runs, by name."""
    return list(networks_run_by(actor, rules.TABLES).order_by("sort_key", "id"))


def bodies_at_work(networks: Sequence[Network], *, on: date, ended: bool = False) -> QuerySet[Body]:
    """The bodies of these networks with networks and parents: those that end later than `on`, or those that have.

    One that will begin is at work too.
    """
    over = Q(valid_until__isnull=False, valid_until__lte=on)
    rows = Body.objects.filter(network__in=networks).select_related("network", "parent")
    return rows.filter(over if ended else ~over)


def seat_by_uid(body: Body, uid: UUID) -> Seat:
    """The seat of a body as it is known now, with its holder. Refuses with NotFound."""
    seat = Seat.objects.known().filter(body=body, uid=uid).select_related(*BESIDE).first()
    if seat is None:
        raise NotFound
    return seat


def delegates_of(seat: Seat) -> list[Delegate]:
    """All who are or were sent to it, the last to begin first."""
    rows = Delegate.objects.known().filter(seat=seat.uid).select_related("person", "body__network")
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk), reverse=True)


def delegate_by_uid(seat: Seat, uid: UUID) -> Delegate:
    """One of them. Refuses with NotFound."""
    row = next((one for one in delegates_of(seat) if one.uid == uid), None)
    if row is None:
        raise NotFound
    return row


def seat_before(seat: Seat) -> Sequence[Seat]:
    """The rows of this seat that are no longer held to be true, the last first."""
    rows = Seat.objects.filter(uid=seat.uid, superseded_at__isnull=False)
    return list(rows.select_related(*BESIDE).order_by("-superseded_at", "-id"))


def free_participants(body: Body, *, on: date) -> list[Organisation]:
    """Who takes part in the network on the day and has no seat of its own in the body, by name; one query."""
    seats = Seat.objects.on(on).filter(body=body, title="", theme="", unit=None)
    rows = participants(body.network, on=on)
    free = rows.exclude(Exists(seats.filter(organisation=OuterRef("organisation"))))
    found = free.order_by("organisation__sort_key", "organisation_id")
    return list({row.organisation_id: row.organisation for row in found}.values())


def seats_to_pass(body: Body, *, on: date) -> list[ToPass]:
    """Open seats whose holder went on in another until that day; by name of holder; two queries.

    Where it was divided, each of those that follow is told.
    """
    rows = Seat.objects.known().filter(body=body, valid_until=None, organisation__isnull=False)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    known = OrganisationSuccession.objects.known().filter(begun)
    led = known.filter(organisation__in=rows.values("organisation"))
    found: dict[int, list[OrganisationSuccession]] = {}
    for row in led.select_related("successor", "organisation").order_by("valid_from", "id"):
        found.setdefault(row.organisation_id, []).append(row)
    if not found:
        return []
    seats = rows.filter(organisation__in=found).select_related(*BESIDE)
    return [
        ToPass(seat, succession)
        for seat in seats.order_by("organisation__sort_key", "id")
        for succession in found[seat.organisation_id or 0]
    ]


def would_be(
    *, network: Network, kind: str, area_kind: str, within: Area, on: date | None
) -> list[WouldBe]:
    """For which areas coordinations would be founded, and with how many seats; by name."""
    areas = areas_within(area_kind, within, on=on)
    placed = BodyTerritory.objects.known().filter(area__in=areas, valid_until=None)
    bodies = placed.filter(body__network=network, body__kind=kind, body__valid_until=None)
    there = set(bodies.values_list("area", flat=True))
    found = []
    for area in areas:
        towns = municipalities_of(area, on)
        seats = len(administrations_of(towns))
        found.append(WouldBe(area, towns.count(), seats, area.pk in there))
    return found
