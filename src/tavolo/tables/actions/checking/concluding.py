"""A check is completed with what it proposes, and opened again while no act rests on it."""

from datetime import date

from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.checking.common import (
    allow,
    alone,
    saved,
    stepped,
    the_day,
    told,
)
from tavolo.tables.checking.choices import CheckState, Outcome, StepKind
from tavolo.tables.checking.concluding import Found, obstacle
from tavolo.tables.checking.errors import UnknownItem
from tavolo.tables.checking.moves import Move
from tavolo.tables.checking.scoring import Criterion, Point, Total, total
from tavolo.tables.models import (
    Check,
    CheckAnswer,
    ChecklistItem,
    CheckStep,
    Score,
    ScoringCriterion,
)
from tavolo.tables.queries.commissioners import commissioners


@transaction.atomic
def conclude_check(
    *,
    check: Check,
    outcome: str,
    reason: str = "",
    reserve: str = "",
    on: date | None = None,
    version: int,
    by: Actor,
) -> Check:
    """Complete a check with what it proposes; only an act admits or refuses.

    Refuses with NotAllowed, NotNow, ItemsOpen, RequirementsNotMet, PointsLacking, ReserveMissing, ReasonMissing,
    RejectionNotAnnounced, UnknownItem, StepDayWrong, ApplicationWithdrawn, StaleVersion.
    """
    allow(Move.CONCLUDE, check.application, by)
    row = alone(Move.CONCLUDE, check)
    if outcome not in Outcome:
        raise UnknownItem
    refused = obstacle(found_of(row), outcome, reason=reason, reserve=reserve)
    if refused is not None:
        raise refused
    day = the_day(row, on)
    stepped(row, StepKind.CONCLUDED, on=day, words=reason or reserve, by=by)
    saved(
        row,
        expected=version,
        state=CheckState.CONCLUDED,
        outcome=outcome,
        reason=reason.strip(),
        reserve=reserve.strip() if outcome == Outcome.RESERVE else "",
    )
    told("check_concluded", row, by, outcome=outcome, reason=row.reason, reserve=row.reserve)
    return row


@transaction.atomic
def reopen_check(*, check: Check, reason: str, version: int, by: Actor) -> Check:
    """Go back to a completed check of which no act has decided.

    Refuses with NotAllowed, NotNow, ReasonMissing, ApplicationWithdrawn, StaleVersion.
    """
    allow(Move.REOPEN, check.application, by)
    row = alone(Move.REOPEN, check)
    if not reason.strip():
        raise ReasonMissing
    stepped(row, StepKind.REOPENED, on=clock.today(), words=reason, by=by)
    saved(row, expected=version, state=CheckState.IN_CHECK, outcome="", reason="", reserve="")
    told("check_reopened", row, by, reason=reason.strip())
    return row


def found_of(check: Check) -> Found:
    """What a check has found until now."""
    notice = check.application.notice
    return Found(
        items=ChecklistItem.objects.filter(notice=notice).count(),
        answers=list(CheckAnswer.objects.filter(check_made=check).values_list("answer", flat=True)),
        steps=set(CheckStep.objects.filter(check_made=check).values_list("kind", flat=True)),
        points_complete=not notice.competitive or points_of(check).complete,
        competitive=notice.competitive,
    )


def points_of(check: Check) -> Total:
    """What its commissioners of today gave, with what is lacking; where nobody judges, all is."""
    notice = check.application.notice
    criteria = [
        Criterion(str(row.number), row.words, row.most)
        for row in ScoringCriterion.objects.filter(notice=notice).order_by("number")
    ]
    given = [
        Point(str(row.criterion.number), row.person.uid, row.points)
        for row in Score.objects.filter(check_made=check).select_related("criterion", "person")
    ]
    judges = commissioners(notice, on=clock.today()) | {one.commissioner for one in given}
    return total(criteria, judges, given)
