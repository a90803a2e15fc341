"""What a PEC answers: each decision is an act of its own, the last one counts."""

from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.plugs import numbered
from tavolo.messages.models import PecBinding, PecMessage
from tavolo.messages.pec.choices import PecState
from tavolo.messages.pec.errors import ReasonMissing, UnknownThing
from tavolo.messages.pec.facts import PecBound, PecSetAside
from tavolo.messages.pec.rules import may_keep_pec

LONGEST_REASON = 500


@transaction.atomic
def bind_pec(
    *, message: PecMessage, kind: str, subject: UUID, by: Actor, reason: str = ""
) -> PecBinding:
    """Say what a PEC answers: the thing `subject` of a `numbered` kind of the same network.

    To change what was decided before, a `reason` is needed. Refuses with NotAllowed, UnknownThing,
    ReasonMissing.
    """
    row = _held(message, by)
    plug = next((each for each in numbered if each.key == kind), None)
    if plug is None or not plug.may(by, row.network.uid) or subject == row.uid:
        raise UnknownThing
    if subject not in plug.named(row.network.uid, [subject]):
        raise UnknownThing
    made = _decided(row, by, kind=kind, subject=subject, reason=reason, state=PecState.BOUND)
    record(
        action="messages.pec_bound",
        actor=by,
        subject=row,
        network=row.network,
        values={"kind": kind, "subject": subject},
    )
    announce(PecBound(row.uid, kind, subject), network=row.network)
    return made


@transaction.atomic
def set_aside_pec(*, message: PecMessage, reason: str, by: Actor) -> PecBinding:
    """Say that a PEC answers nothing here, and why; it stays. Refuses with NotAllowed, ReasonMissing."""
    row = _held(message, by)
    if not reason.strip():
        raise ReasonMissing
    made = _decided(row, by, kind="", subject=None, reason=reason, state=PecState.SET_ASIDE)
    record(
        action="messages.pec_set_aside",
        actor=by,
        subject=row,
        network=row.network,
        values={"reason": made.reason},
    )
    announce(PecSetAside(row.uid), network=row.network)
    return made


def _held(message: PecMessage, by: Actor) -> PecMessage:
    row = (
        PecMessage.objects.select_for_update(of=("self",))
        .select_related("network")
        .get(pk=message.pk)
    )
    if not may_keep_pec(by, row.network.uid):
        raise NotAllowed
    return row


def _decided(
    row: PecMessage, by: Actor, *, kind: str, subject: UUID | None, reason: str, state: PecState
) -> PecBinding:
    if row.state != PecState.TO_BIND and not reason.strip():
        raise ReasonMissing
    row.state = state
    row.save(update_fields=["state"])
    return PecBinding.objects.create(
        message=row,
        kind=kind,
        subject=subject,
        reason=" ".join(reason.split())[:LONGEST_REASON],
        decided_at=clock.now(),
        decided_by=by.person,
    )
