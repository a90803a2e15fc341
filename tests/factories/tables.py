"""Bodies, seats and delegates, made by the room's own actions."""

from itertools import count
from typing import Any

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.models import Organisation
from tavolo.tables.actions import add_seat, found_body, name_delegate
from tavolo.tables.models import Body, Delegate, Seat
from tests.factories.in_office import When, partly
from tests.factories.registry import many_participants

_numbers = count(1)
ACT = "delibera 12/2015"


def a_body(
    network: Network,
    name: str = "",
    kind: str = "standing_table",
    *,
    since: When = None,
    **values: Any,
) -> Body:
    """A standing table, established by an act on that day; without one, always there."""
    return found_body(
        network=network,
        kind=kind,
        name=name or f"Tavolo {next(_numbers)}",
        established=partly(since),
        by=OPERATOR,
        **values,
    )


def a_seat(
    body: Body,
    organisation: Organisation | None = None,
    *,
    since: When = None,
    until: When = None,
    act: str = ACT,
    **values: Any,
) -> Seat:
    return add_seat(
        body=body,
        organisation=organisation,
        act=act,
        began=partly(since),
        ended=partly(until),
        by=OPERATOR,
        **values,
    )


def a_delegate(seat: Seat, person: Person, *, since: When = None, **values: Any) -> Delegate:
    return name_delegate(
        seat=seat, person=person, act=ACT, began=partly(since), by=OPERATOR, **values
    )


def many_seats(body: Body, number: int) -> None:
    """As many as a list should bear, written at once: what is asked is how they are read."""
    many_participants(body.network, number)
    rows = Organisation.objects.filter(steward=body.network).order_by("-id")[:number]
    Seat.objects.bulk_create(
        Seat(
            network=body.network,
            body=body,
            organisation=row,
            category="association",
            basis="notice",
            act=ACT,
            recorded_at=clock.now(),
        )
        for row in rows
    )
