"""An act is withdrawn: its seats were never held, and what it decided waits for another."""

from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.versions import save_version
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.checking.common import saved, stepped, told
from tavolo.tables.actions.common import runs
from tavolo.tables.actions.seats import withdraw_seat
from tavolo.tables.checking.choices import CheckState, StepKind
from tavolo.tables.checking.errors import AlreadyWithdrawn, SeatPassedOn
from tavolo.tables.facts import AdmissionWithdrawn
from tavolo.tables.models import AdmissionAct, Decision, Seat


@transaction.atomic
def withdraw_admission(*, act: AdmissionAct, reason: str, version: int, by: Actor) -> AdmissionAct:
    """Say that an act is as if it had never been: its seats and delegates are withdrawn with the reason.

    The checks stand completed again. Refuses with NotAllowed, ReasonMissing, AlreadyWithdrawn,
    SeatPassedOn where another has taken a seat over, StaleVersion.
    """
    notice = act.notice
    runs(by, notice.body)
    if not reason.strip():
        raise ReasonMissing
    row = AdmissionAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()
    save_version(row, expected=version, fields={"withdrawn_at", "withdrawn_reason"})
    decisions = Decision.objects.filter(act=row).order_by("check_made_id")
    for decision in decisions.select_related("check_made__application__network"):
        _undo(decision, row, by)
    values = {"notice": notice.uid, "reason": row.withdrawn_reason}
    record(
        action="tables.admission_withdrawn",
        actor=by,
        subject=row,
        network=notice.network,
        values=values,
    )
    announce(AdmissionWithdrawn(row.uid, notice.uid), network=notice.network)
    return row


def _undo(decision: Decision, act: AdmissionAct, by: Actor) -> None:
    given = [decision.seat] if decision.seat else []
    for uid in [*map(UUID, decision.group_seats), *given]:
        _withdraw(uid, act.withdrawn_reason, by)
    decision.withdrawn_at = act.withdrawn_at
    decision.save(update_fields=["withdrawn_at"])
    check = decision.check_made
    day = clock.today()
    stepped(check, StepKind.ACT_WITHDRAWN, on=day, words=act.withdrawn_reason, by=by)
    saved(check, expected=check.version, state=CheckState.CONCLUDED)
    told("decision_withdrawn", check, by, act=act.uid)


def _withdraw(uid: UUID, reason: str, by: Actor) -> None:
    if Seat.objects.known().filter(takes_over=uid).exists():
        raise SeatPassedOn
    seat = Seat.objects.known().filter(uid=uid).select_related("body__network").first()
    if seat is not None:
        withdraw_seat(seat=seat, reason=reason, by=by)
