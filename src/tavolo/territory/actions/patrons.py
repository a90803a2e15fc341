"""Entering on which day a municipality keeps its patron saint."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.actions.memberships import lock_municipalities
from tavolo.territory.errors import (
    EndsBeforeItBegins,
    NoSuchDay,
    NotInTerritory,
    SaintMissing,
    SourceMissing,
)
from tavolo.territory.facts import PatronEntered
from tavolo.territory.models import Municipality, PatronSaint
from tavolo.territory.queries.editing import territory_on

LEAP_YEAR = 2000


@transaction.atomic
def set_patron(
    *,
    municipality: Municipality,
    month: int,
    day: int,
    name: str,
    source: str,
    since: date | None = None,
    network: Network | None = None,
    by: Actor,
) -> PatronSaint:
    """Say the day of the patron saint: from `since` on, or with None as it always was.

    What stood there ends the day before `since`; without `since` it was wrong, and is put right.
    The journal keeps what stood there. A secretariat enters it for its own territory.
    Refuses with NotAllowed, NotInTerritory, NoSuchDay, SaintMissing, SourceMissing,
    EndsBeforeItBegins.
    """
    _require(municipality, network, by)
    words, told = " ".join(name.split()), " ".join(source.split())
    _check(month, day, words, told)
    lock_municipalities([municipality.pk])
    row = PatronSaint.objects.filter(municipality=municipality, valid_until=None).first()
    before = [row.month, row.day, row.name, row.source] if row else None
    if row is not None and since is not None:
        _end(row, since)
        row = None
    row = row or PatronSaint(municipality=municipality, valid_from=since)
    row.month, row.day, row.name, row.source = month, day, words, told
    row.save()
    record(
        action="territory.patron_entered",
        actor=by,
        subject=municipality,
        network=network,
        values={"before": before, "after": [month, day, words, told], "since": _said(since)},
    )
    announce(PatronEntered(municipality=municipality.uid), network=network)
    return row


def _require(municipality: Municipality, network: Network | None, by: Actor) -> None:
    if not rules.may_edit_districts(by, network.uid if network else None):
        raise NotAllowed
    if network and not by.has("operator"):
        held = territory_on(network, clock.today())
        if municipality.pk not in held:
            raise NotInTerritory(municipality.name)


def _check(month: int, day: int, name: str, source: str) -> None:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError as fault:
        raise NoSuchDay from fault
    if not name:
        raise SaintMissing
    if not source:
        raise SourceMissing


def _end(row: PatronSaint, since: date) -> None:
    if row.valid_from is not None and row.valid_from >= since:
        raise EndsBeforeItBegins
    row.valid_until = since
    row.save()


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None
