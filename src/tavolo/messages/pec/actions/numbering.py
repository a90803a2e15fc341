"""Numbers that a register outside gave: entered, never made; one that was wrong is corrected by another row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, numbered
from tavolo.messages.models import ExternalNumber
from tavolo.messages.pec.errors import (
    AlreadyNumbered,
    DayUnusable,
    NothingToCorrect,
    NumberUnusable,
    ReasonMissing,
    UnknownThing,
)
from tavolo.messages.pec.facts import NumberCorrected, NumberEntered

LONGEST = 60
LONGEST_REASON = 500
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Numbering:
    """A number as the register gave it: with its date, the register and who keeps it, where it is known."""

    number: str
    day: date
    register: str = ""
    administration: str = ""
    office: str = ""


@transaction.atomic
def enter_number(
    *, network: Network, kind: str, subject: UUID, told: Numbering, source: str, by: Actor
) -> ExternalNumber:
    """Enter the number that a register outside gave to a thing that has none.

    That another thing has the same is not refused: see `queries.same_number`.
    Refuses with NotAllowed, UnknownThing, NumberUnusable, DayUnusable, AlreadyNumbered.
    """
    plug = _plug(kind, network, by)
    _require_thing(plug, network, [subject])
    # Of two who enter at once, the second finds the number of the first.
    Network.objects.select_for_update().get(pk=network.pk)
    if _standing(network, kind).filter(subject=subject).exists():
        raise AlreadyNumbered
    row = _made((network, kind, subject), told, source=source, by=by)
    _tell("messages.number_entered", row, by)
    announce(NumberEntered(kind, subject), network=network)
    plug.number(subject, row.number, row.day, by)
    return row


@transaction.atomic
def enter_numbers(
    *,
    network: Network,
    told: Sequence[tuple[str, UUID, Numbering]],
    source: str,
    by: Actor,
) -> list[ExternalNumber]:
    """Enter several (kind, thing, number) at once, all or none; refuses as `enter_number`."""
    return [
        enter_number(network=network, kind=kind, subject=subject, told=each, source=source, by=by)
        for kind, subject, each in told
    ]


@transaction.atomic
def correct_number(
    *,
    network: Network,
    kind: str,
    subject: UUID,
    told: Numbering,
    source: str,
    reason: str,
    by: Actor,
) -> ExternalNumber:
    """Replace a number that was wrong: the old row stays and points to the new one, which says why.

    Refuses with NotAllowed, NothingToCorrect, ReasonMissing, NumberUnusable, DayUnusable.
    """
    _plug(kind, network, by)
    if not reason.strip():
        raise ReasonMissing
    Network.objects.select_for_update().get(pk=network.pk)
    old = _standing(network, kind).filter(subject=subject).first()
    if old is None:
        raise NothingToCorrect
    # For a moment it points to itself: of one thing only one number stands.
    ExternalNumber.objects.filter(pk=old.pk).update(superseded_by=old)
    row = _made((network, kind, subject), told, source=source, by=by, reason=reason)
    ExternalNumber.objects.filter(pk=old.pk).update(superseded_by=row)
    _tell("messages.number_corrected", row, by)
    announce(NumberCorrected(kind, subject), network=network)
    return row


def _plug(kind: str, network: Network, by: Actor) -> Numbered:
    plug = next((each for each in numbered if each.key == kind), None)
    if plug is None:
        raise UnknownThing
    if not plug.may(by, network.uid):
        raise NotAllowed
    return plug


def _require_thing(plug: Numbered, network: Network, uids: Sequence[UUID]) -> None:
    if set(uids) - set(plug.named(network.uid, uids)):
        raise UnknownThing


def _standing(network: Network, kind: str) -> QuerySet[ExternalNumber]:
    return ExternalNumber.objects.filter(network=network, kind=kind, superseded_by=None)


def _made(
    of: tuple[Network, str, UUID], told: Numbering, *, source: str, by: Actor, reason: str = ""
) -> ExternalNumber:
    network, kind, subject = of
    number = " ".join(told.number.split())
    if not 0 < len(number) <= LONGEST or not number.isprintable():
        raise NumberUnusable
    if told.day > clock.today() or told.day.year < FIRST_YEAR:
        raise DayUnusable
    return ExternalNumber.objects.create(
        network=network,
        kind=kind,
        subject=subject,
        number=number,
        day=told.day,
        register=told.register.strip()[:LONGEST],
        administration=told.administration.strip()[:LONGEST],
        office=told.office.strip()[:LONGEST],
        source=source,
        reason=" ".join(reason.split())[:LONGEST_REASON],
        recorded_at=clock.now(),
        recorded_by=by.person,
    )


def _tell(action: str, row: ExternalNumber, by: Actor) -> None:
    values = {
        "kind": row.kind,
        "subject": row.subject,
        "number": row.number,
        "day": row.day,
        "register": row.register,
        "source": row.source,
    }
    if row.reason:
        values["reason"] = row.reason
    record(action=action, actor=by, subject=row, network=row.network, values=values)
