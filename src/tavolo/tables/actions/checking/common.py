"""What the steps of a check share: who may, in which state, on which day; and what each leaves behind."""

from datetime import date
from typing import Any
from uuid import UUID

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.kernel.facts import announce
from tavolo.kernel.versions import save_version
from tavolo.registry.actions.common import require
from tavolo.tables.checking.choices import CheckState, Outcome, StepKind
from tavolo.tables.checking.errors import ApplicationWithdrawn, NotNow, StepDayWrong
from tavolo.tables.checking.moves import Move, fits, may, parties_of
from tavolo.tables.checking.terms import Happened, book_of_checks, concluded_by
from tavolo.tables.choices import ApplicationState
from tavolo.tables.facts import CheckMoved
from tavolo.tables.models import Application, Check, CheckStep
from tavolo.tables.queries.commissioners import commissioners

# What whoever applied, and everybody who reads the application, sees of the state of its check.
SEEN_AS = {
    CheckState.IN_CHECK: ApplicationState.IN_CHECK,
    CheckState.INTEGRATION: ApplicationState.INTEGRATION,
    CheckState.REJECTION: ApplicationState.REJECTION_NOTICE,
    CheckState.CONCLUDED: ApplicationState.IN_CHECK,
}
DECIDED_AS = {
    Outcome.ADMITTED: ApplicationState.ADMITTED,
    Outcome.RESERVE: ApplicationState.RESERVED,
    Outcome.REFUSED: ApplicationState.REJECTED,
}


def allow(move: Move, application: Application, by: Actor) -> None:
    """Refuse with NotAllowed whoever never makes that move."""
    judges = commissioners(application.notice, on=clock.today())
    parties = parties_of(by, network=application.network.uid, commissioners=judges)
    require(may(move, parties))


def alone(move: Move, check: Check) -> Check:
    """The check as it stands, locked with its application. Refuses with ApplicationWithdrawn, NotNow."""
    stands(check.application)
    row = Check.objects.select_for_update(of=("self",)).get(pk=check.pk)
    row.application = check.application
    if not fits(move, row.state, competitive=check.application.notice.competitive):
        raise NotNow
    return row


def stands(application: Application) -> None:
    """Lock the application. Refuses with ApplicationWithdrawn, with NotNow what is still a draft."""
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.state = row.state
    if row.state == ApplicationState.WITHDRAWN:
        raise ApplicationWithdrawn
    if row.state == ApplicationState.DRAFT:
        raise NotNow


def happened(check: Check) -> list[Happened]:
    """Its steps as the terms read them, the oldest first."""
    rows = CheckStep.objects.filter(check_made=check).order_by("number")
    return [Happened(row.kind, row.on, row.until) for row in rows]


def the_day(check: Check, on: date | None) -> date:
    """The day of a step: today, or one that is said. Refuses with StepDayWrong."""
    day = on or clock.today()
    last = CheckStep.objects.filter(check_made=check).order_by("-number").first()
    first = last.on if last else in_rome(check.application.received_at or clock.now()).date()
    if not first <= day <= clock.today():
        raise StepDayWrong
    return day


def stepped(
    check: Check,
    kind: StepKind,
    *,
    on: date,
    words: str = "",
    paper: str = "",
    until: date | None = None,
    letter: UUID | None = None,
    by: Actor,
) -> CheckStep:
    """Write a step after those that are there."""
    return CheckStep.objects.create(
        check_made=check,
        number=CheckStep.objects.filter(check_made=check).count() + 1,
        kind=kind,
        on=on,
        words=words.strip(),
        paper=" ".join(paper.split()),
        until=until,
        letter=letter,
        at=clock.now(),
        by=by.person,
    )


def saved(check: Check, *, expected: int, state: CheckState, **values: Any) -> Check:
    """Write where a check stands now, with its term counted anew, and let its application say so.

    Refuses with StaleVersion where somebody was quicker.
    """
    check.state, check.waits_until = state, values.pop("waits_until", None)
    for name, value in values.items():
        setattr(check, name, value)
    ending = concluded_by(check.starts_on, happened(check), book=book_of_checks())
    check.due_on = ending.last_day
    fields = {"state", "waits_until", "due_on", *values}
    save_version(check, expected=expected, fields=fields)
    seen = SEEN_AS.get(state) or DECIDED_AS[Outcome(check.outcome)]
    rows = Application.objects.filter(pk=check.application.pk)
    # Whoever withdrew once an act had decided stays withdrawn, whatever becomes of the act.
    rows.exclude(state=ApplicationState.WITHDRAWN).update(state=seen)
    check.application.state = seen
    return check


def told(action: str, check: Check, by: Actor, **values: Any) -> None:
    """Journal and fact: what each act on a check ends with."""
    application = check.application
    network = application.network
    record(
        action=f"tables.{action}",
        actor=by,
        subject=check,
        network=network,
        values={"application": application.uid, **values},
    )
    announce(CheckMoved(check.uid, application.uid, check.state), network=network)
