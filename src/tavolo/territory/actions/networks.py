"""Saying which territory is a network's."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.errors import AlreadyItsTerritory, EndsBeforeItBegins, NoPlaceNamed
from tavolo.territory.facts import NetworkLeft, NetworkPlaced
from tavolo.territory.models import Area, Municipality, NetworkArea


@transaction.atomic
def place_network(
    *,
    network: Network,
    area: Area | None = None,
    municipality: Municipality | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    by: Actor,
) -> NetworkArea:
    """Add an area or a municipality to the network's territory, for a time (half-open).

    No `valid_from` means since before the data. Refuses with NotAllowed, NoPlaceNamed,
    EndsBeforeItBegins and AlreadyItsTerritory.
    """
    if not rules.may_place_network(by, network.uid):
        raise NotAllowed
    place = area or municipality
    if place is None or (area and municipality):
        raise NoPlaceNamed
    if valid_from and valid_until and valid_until <= valid_from:
        raise EndsBeforeItBegins
    row = NetworkArea(
        network=network,
        area=area,
        municipality=municipality,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _refuse_twice(row)
    row.save()
    record(
        action="territory.network_placed",
        actor=by,
        subject=network,
        network=network,
        values={"place": str(place.uid), "from": _said(valid_from), "until": _said(valid_until)},
    )
    announce(NetworkPlaced(network=network.uid, place=place.uid), network=network)
    return row


@transaction.atomic
def leave_place(*, piece: NetworkArea, on: date, by: Actor) -> None:
    """From that day a piece is the network's territory no more; the days before stay as they were.

    One that begins on that day or later was never its territory: its row goes, the journal keeps it.
    One that has ended by then is left as it is. Refuses with NotAllowed.
    """
    network = piece.network
    if not rules.may_place_network(by, network.uid):
        raise NotAllowed
    Network.objects.select_for_update().get(pk=network.pk)
    rows = NetworkArea.objects.filter(pk=piece.pk).exclude(valid_until__lte=on)
    row = rows.select_related("area", "municipality").first()
    if row is None:
        return
    if row.valid_from and row.valid_from >= on:
        row.delete()
    else:
        row.valid_until = on
        row.save(update_fields=["valid_until"])
    place = row.area or row.municipality
    assert place is not None  # noqa: S101  a constraint of the table
    record(
        action="territory.network_left",
        actor=by,
        subject=network,
        network=network,
        values={"place": str(place.uid), "from": _said(row.valid_from), "until": _said(on)},
    )
    announce(NetworkLeft(network=network.uid, place=place.uid), network=network)


def _refuse_twice(row: NetworkArea) -> None:
    # Two at once are held by the unique constraints of the table; the network's row is the lock.
    Network.objects.select_for_update().get(pk=row.network_id)
    same = NetworkArea.objects.filter(
        Q(area=row.area_id) if row.area_id else Q(municipality=row.municipality_id),
        network=row.network_id,
    )
    if any(Period(other.valid_from, other.valid_until).overlaps(row.period) for other in same):
        raise AlreadyItsTerritory


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
