"""Coordinations for all areas of a kind of district in one act; seats for an office in each municipality."""

from django.db import transaction

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.registry.actions.common import require
from tavolo.registry.choices import DelegationTheme
from tavolo.tables import rules
from tavolo.tables.actions.bodies import found_body
from tavolo.tables.actions.common import Day, partial
from tavolo.tables.actions.seats import add_seat
from tavolo.tables.choices import ActKind, Basis, Level
from tavolo.tables.errors import NoSuchAreas, SeatActMissing
from tavolo.tables.models import Body, Seat
from tavolo.tables.queries.places import administrations_of, areas_within, municipalities_of
from tavolo.territory.models import Area

EQUAL_OPPORTUNITIES = DelegationTheme.EQUAL_OPPORTUNITIES


@transaction.atomic
def coordinate_areas(
    *,
    network: Network,
    kind: str,
    area_kind: str,
    within: Area,
    name: str,
    parent: Body | None = None,
    theme: str = EQUAL_OPPORTUNITIES,
    seats: bool = True,
    act: str,
    founding_kind: str = ActKind.OTHER,
    established: Day,
    source: str = "",
    by: Actor,
) -> list[Body]:
    """Found a coordination for each area of a kind that has municipalities in `within` on that day.

    `name` holds `{area}`, where the area's full name stands. With `seats`, each municipality of the area
    has one, of whoever holds the delegation `theme` there. One act for all. Refuses with NotAllowed,
    SeatActMissing, NoSuchAreas, and as `found_body`.
    """
    require(rules.may_run_bodies(by, network.uid))
    if not act.strip():
        raise SeatActMissing
    known = partial(established)
    day = known.first_day() if known else None
    areas = areas_within(area_kind, within, on=day)
    if not areas:
        raise NoSuchAreas
    found = []
    for area in areas:
        body = found_body(
            network=network,
            kind=kind,
            name=name.replace("{area}", area.title),
            parent=parent,
            level=Level.DISTRICT,
            founding_kind=founding_kind,
            founding_act=act,
            established=established,
            areas=[area],
            source=source,
            by=by,
        )
        if seats:
            seat_offices(body=body, area=area, theme=theme, act=act, began=established, by=by)
        found.append(body)
    return found


@transaction.atomic
def seat_offices(
    *,
    body: Body,
    area: Area,
    theme: str = "",
    title: str = "",
    role: str = "member",
    act: str,
    began: Day = None,
    by: Actor,
) -> list[Seat]:
    """Give a seat to an office in each municipality of an area: it fills and empties by itself.

    Those municipalities that the register knows as organisations; who has the seat already keeps it.
    Refuses as `add_seat`.
    """
    known = partial(began)
    towns = municipalities_of(area, known.first_day() if known else None)
    there = Seat.objects.known().filter(body=body, title=title, theme=theme, valid_until=None)
    sitting = set(there.values_list("organisation", flat=True))
    return [
        add_seat(
            body=body,
            organisation=one,
            title=title,
            theme=theme,
            role=role,
            basis=Basis.OFFICE,
            act=act,
            began=began,
            by=by,
        )
        for one in administrations_of(towns)
        if one.pk not in sitting
    ]
