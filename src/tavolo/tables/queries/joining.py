"""Who of a body's territory has not joined it, and where an organisation sits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.dated import valid_on
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation
from tavolo.tables.models import Body, BodyTerritory, Seat
from tavolo.tables.queries.places import first_of_each
from tavolo.tables.queries.roster import BESIDE, SeatLine, lines_of
from tavolo.territory.models import AreaMembership, Municipality


@dataclass(frozen=True)
class NotJoined:
    """A municipality of the territory without a seat; `organisation` None: the register lacks it."""

    municipality: Municipality
    organisation: Organisation | None


def not_joined(body: Body, *, on: date, known_at: datetime | None = None) -> list[NotJoined]:
    """The municipalities of a body's territory that have no seat in it on the day, by name; three queries."""
    places = BodyTerritory.objects.on(on, known_at=known_at).filter(body=body)
    members = AreaMembership.objects.on(on).filter(area__in=places.values("area"))
    here = Q(pk__in=members.values("municipality")) | Q(pk__in=places.values("municipality"))
    towns = list(Municipality.objects.filter(here, valid_on(on)).order_by("sort_key", "id"))
    rows = Organisation.objects.filter(
        kind=OrganisationKind.MUNICIPALITY, municipality__in=towns, merged_into__isnull=True
    )
    known = {row.municipality_id: row for row in first_of_each(rows)}
    seats = Seat.objects.on(on, known_at=known_at).filter(body=body)
    sitting = set(seats.values_list("organisation", flat=True))
    found = [NotJoined(town, known.get(town.pk)) for town in towns]
    return [one for one in found if one.organisation is None or one.organisation.pk not in sitting]


def where_they_sit(
    organisations: Sequence[Organisation], *, on: date, actor: Actor = ANONYMOUS
) -> dict[int, list[SeatLine]]:
    """For each organisation its seats on the day, by name of body; as many queries for 200 as for one."""
    rows = Seat.objects.on(on).filter(organisation__in=organisations).select_related(*BESIDE)
    lines = lines_of(rows, on=on, actor=actor)
    found: dict[int, list[SeatLine]] = {}
    for line in sorted(lines, key=lambda line: (line.seat.body.sort_key, line.seat.pk)):
        found.setdefault(line.seat.organisation_id or 0, []).append(line)
    return found


def seats_story(
    body: Body, *, known_at: datetime | None = None, actor: Actor = ANONYMOUS, on: date
) -> list[SeatLine]:
    """Every seat there ever was in a body, the last to begin first, under the names of the day."""
    rows = Seat.objects.known(known_at).filter(body=body).select_related(*BESIDE)
    lines = lines_of(rows, on=on, known_at=known_at, actor=actor)
    return sorted(lines, key=lambda line: line.seat.valid_from or date.min, reverse=True)
