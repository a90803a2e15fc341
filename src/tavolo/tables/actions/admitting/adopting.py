"""An act decides of applications, and in the same transaction its seats and first delegates are there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.people.actions.persons import add_person
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.models import Organisation
from tavolo.tables.actions.checking.common import saved, stands, stepped, told
from tavolo.tables.actions.checking.writing import Writing, reached_at, written
from tavolo.tables.actions.common import runs
from tavolo.tables.actions.delegates import name_delegate
from tavolo.tables.actions.seats import add_seat
from tavolo.tables.checking.choices import ADMITS, CheckState, StepKind
from tavolo.tables.checking.errors import (
    AdmissionActIncomplete,
    AdmissionActThere,
    ApplicantNotInRegister,
    CheckNotCompleted,
    NothingDecided,
    TooManyAdmitted,
)
from tavolo.tables.choices import ActKind, Basis
from tavolo.tables.errors import AlreadySits
from tavolo.tables.facts import AdmissionAdopted
from tavolo.tables.models import AdmissionAct, Body, Check, Decision, Notice, Seat


@dataclass(frozen=True)
class ActSaid:
    """An act as it was adopted: seats hold from `holds_from`, else from the day of the act."""

    kind: str
    number: str
    adopted_on: date
    organ: str
    paper: str = ""
    holds_from: date | None = None


@transaction.atomic
def adopt_admission(
    *, notice: Notice, act: ActSaid, checks: Collection[UUID], words: str = "", by: Actor
) -> AdmissionAct:
    """Enter the act that decides of these checks as they propose; seats and delegates follow from it.

    Whoever is admitted gets a seat in the body of the notice and one in each group that was chosen; the
    delegates whom the application names are sent to the first. With `words` a letter goes to each whose
    address is known. All or nothing: refuses with NotAllowed, NothingDecided, AdmissionActIncomplete,
    AdmissionActThere, CheckNotCompleted, ApplicationWithdrawn, ApplicantNotInRegister, TooManyAdmitted,
    and as `add_seat` and `name_delegate` do.
    """
    runs(by, notice.body)
    # One act at a time for a notice: its seats are counted.
    Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    row = _entered(notice, act, by)
    found = _completed(notice, checks)
    _refuse_too_many(notice, found)
    for check in found:
        _decide(row, check, words, by)
    values = {"notice": notice.uid, "act": row.words, "checks": [str(one.uid) for one in found]}
    record(
        action="tables.admission_adopted",
        actor=by,
        subject=row,
        network=notice.network,
        values=values,
    )
    announce(AdmissionAdopted(row.uid, notice.uid), network=notice.network)
    return row


def _entered(notice: Notice, act: ActSaid, by: Actor) -> AdmissionAct:
    number, organ = " ".join(act.number.split()), " ".join(act.organ.split())
    known = act.kind in ActKind and number and organ
    if not known or act.adopted_on > clock.today():
        raise AdmissionActIncomplete
    row = AdmissionAct(
        network=notice.network,
        notice=notice,
        kind=act.kind,
        number=number,
        adopted_on=act.adopted_on,
        organ=organ,
        paper=" ".join(act.paper.split()),
        holds_from=act.holds_from or act.adopted_on,
        made_at=clock.now(),
        made_by=by.person,
    )
    unless_raced(row.save, AdmissionActThere)
    return row


def _completed(notice: Notice, checks: Collection[UUID]) -> list[Check]:
    """The checks in order, locked with their applications. Refuses with NothingDecided, CheckNotCompleted."""
    beside = ("application__notice__body", "application__network", "application__organisation")
    rows = Check.objects.select_for_update(of=("self",)).select_related(*beside)
    found = list(rows.filter(uid__in=checks, application__notice=notice).order_by("id"))
    if not checks:
        raise NothingDecided
    if len(found) < len(set(checks)) or any(one.state != CheckState.CONCLUDED for one in found):
        raise CheckNotCompleted
    for check in found:
        stands(check.application)
        if check.outcome in ADMITS and check.application.organisation_id is None:
            raise ApplicantNotInRegister(advice=check.application.name)
    return found


def _refuse_too_many(notice: Notice, found: Sequence[Check]) -> None:
    if notice.seats is None:
        return
    held = Decision.objects.filter(
        check_made__application__notice=notice, withdrawn_at=None, outcome__in=ADMITS
    )
    if held.count() + sum(check.outcome in ADMITS for check in found) > notice.seats:
        raise TooManyAdmitted


def _decide(act: AdmissionAct, check: Check, words: str, by: Actor) -> None:
    seats = _seats(act, check, by) if check.outcome in ADMITS else []
    Decision.objects.create(
        act=act,
        check_made=check,
        outcome=check.outcome,
        reason=check.reason,
        reserve=check.reserve,
        seat=seats[0].uid if seats else None,
        group_seats=[str(seat.uid) for seat in seats[1:]],
    )
    sent = None
    if words.strip() and reached_at(check.application):
        sent = written(check, Writing(StepKind.DECIDED, _letter(act, check, words)), by=by)
    day = max(act.adopted_on, _last_day(check))
    stepped(check, StepKind.DECIDED, on=day, words=act.words, paper=act.paper, letter=sent, by=by)
    saved(check, expected=check.version, state=CheckState.DECIDED)
    told("application_decided", check, by, act=act.uid, outcome=check.outcome)


def _last_day(check: Check) -> date:
    last = check.steps.order_by("-number").values_list("on", flat=True).first()
    return last or date.min


def _letter(act: AdmissionAct, check: Check, words: str) -> str:
    """The words of who sends it, the act, the outcome with its reason or reserve."""
    outcome = f"{act.words}: {check.get_outcome_display()}"
    parts = (words.strip(), outcome, check.reserve, check.reason)
    return "\n\n".join(part for part in parts if part)


def _seats(act: AdmissionAct, check: Check, by: Actor) -> list[Seat]:
    """The seat in the body with its delegates first, then those in the groups that were chosen."""
    application = check.application
    organisation = application.organisation
    assert organisation is not None  # noqa: S101  # `_completed` has asked
    seat = _seat(application.notice.body, organisation, application.category, act, by)
    for named in application.delegates.order_by("kind", "id"):
        person = add_person(given_name=named.given_name, family_name=named.family_name, by=by)
        name_delegate(
            seat=seat, person=person, kind=named.kind, act=act.words, began=act.holds_from, by=by
        )
    chosen = application.groups.select_related("group__network").order_by("group__number", "id")
    return [seat] + [
        _seat(one.group, organisation, application.category, act, by) for one in chosen
    ]


def _seat(
    body: Body, organisation: Organisation, category: str, act: AdmissionAct, by: Actor
) -> Seat:
    try:
        return add_seat(
            body=body,
            organisation=organisation,
            category=category,
            basis=Basis.NOTICE,
            act=act.words,
            began=act.holds_from,
            by=by,
        )
    except AlreadySits as refusal:
        raise AlreadySits(advice=f"{organisation.name}: {body.name}") from refusal
