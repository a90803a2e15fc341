"""Leaving every seat at once, for a person whose data are erased."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.search.actions import note_change
from tavolo.tables.actions.common import cut_off
from tavolo.tables.choices import SeatEnd
from tavolo.tables.models import Delegate, Seat

ONE_DAY = timedelta(days=1)


@transaction.atomic
def leave_all_seats(*, person: Person, by: Actor) -> int:
    """End, with today as the last day, what she holds in bodies; what had not begun is withdrawn. How many.

    No rule is asked: whoever erases a person has asked hers.
    """
    today = clock.today()
    rows: list[Seat | Delegate] = []
    for model in (Seat, Delegate):
        later = Q(valid_until=None) | Q(valid_until__gt=today + ONE_DAY)
        held = model._base_manager.filter(later, person=person, superseded_at=None)
        rows += held.select_related("body__network").order_by("id")
    for row in rows:
        cut_off(row, today, ended=PartialDate.of(today), end_reason=SeatEnd.OTHER)
        record(
            action="tables.seat_left",
            actor=by,
            subject=row,
            network=row.body.network,
            values={"last": today.isoformat()},
        )
        note_change(row.body)
    return len(rows)
