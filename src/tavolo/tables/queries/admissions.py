"""The applications for a notice with their checks; one with all that happened; who was admitted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.models import Person
from tavolo.tables.checking.choices import ADMITS, CheckState
from tavolo.tables.checking.moves import Move, Party, moves_for, parties_of
from tavolo.tables.choices import ApplicationState
from tavolo.tables.models import (
    AdmissionAct,
    Application,
    Check,
    CheckAnswer,
    ChecklistItem,
    CheckStep,
    Decision,
    Notice,
    Score,
    ScoringCriterion,
)
from tavolo.tables.queries.commissioners import commissioners

IN_ORDER = ("sort_key", "id")


@dataclass(frozen=True)
class Desk:
    """A notice as somebody comes to its applications."""

    notice: Notice
    actor: Actor
    parties: frozenset[Party]

    def moves(self, application: Application) -> list[Move]:
        """What she can do with an application now; nothing with one that was withdrawn."""
        if application.state == ApplicationState.WITHDRAWN:
            return []
        state = state_of(application)
        return moves_for(self.parties, state, competitive=self.notice.competitive)


@dataclass(frozen=True)
class Whole:
    """The check of one application: items with answers, steps, points, what was decided.

    `names` are those of the persons who took part, by uid: who has none any more is left out.
    """

    items: tuple[tuple[ChecklistItem, CheckAnswer | None], ...]
    steps: tuple[CheckStep, ...]
    criteria: tuple[ScoringCriterion, ...]
    scores: tuple[Score, ...]
    decisions: tuple[Decision, ...]
    names: Mapping[UUID, str]


def desk_of(code: str, actor: Actor) -> Desk:
    """For the secretariat of its network and its commissioners. Refuses with NotFound everybody else."""
    rows = Notice.objects.select_related("network", "body__network")
    notice = rows.filter(code=code).first()
    if notice is None:
        raise NotFound
    judges = commissioners(notice, on=clock.today())
    parties = parties_of(actor, network=notice.network.uid, commissioners=judges)
    if not parties:
        raise NotFound
    return Desk(notice, actor, parties)


def received(desk: Desk, *, state: str = "") -> QuerySet[Application]:
    """What was received for the notice, with its check; late and withdrawn ones too. `state`: of those alone."""
    rows = _received(desk.notice)
    return rows.filter(state=state) if state else rows


def application_of(desk: Desk, uid: UUID) -> Application:
    """One of them. Refuses with NotFound."""
    row = _received(desk.notice).filter(uid=uid).first()
    if row is None:
        raise NotFound
    # What the actions ask of it, already at hand.
    row.notice, row.network = desk.notice, desk.notice.network
    return row


def check_of(application: Application) -> Check | None:
    """Its check, None while none has begun."""
    check: Check | None = getattr(application, "check_made", None)
    if check is not None:
        check.application = application
    return check


def state_of(application: Application) -> CheckState:
    check = check_of(application)
    return CheckState(check.state) if check else CheckState.WAITING


def whole_check(check: Check) -> Whole:
    """All that there is of a check; seven queries."""
    notice = check.application.notice
    answers = {row.item_id: row for row in CheckAnswer.objects.filter(check_made=check)}
    items = ChecklistItem.objects.filter(notice=notice).order_by("number")
    steps = tuple(CheckStep.objects.filter(check_made=check).order_by("number"))
    scores = Score.objects.filter(check_made=check).select_related("criterion", "person")
    decisions = Decision.objects.filter(check_made=check).select_related("act").order_by("id")
    uids = {row.by for row in answers.values() if row.by} | {row.by for row in steps if row.by}
    return Whole(
        items=tuple((item, answers.get(item.pk)) for item in items),
        steps=steps,
        criteria=tuple(ScoringCriterion.objects.filter(notice=notice).order_by("number")),
        scores=tuple(scores.order_by("criterion__number", "person_id")),
        decisions=tuple(decisions),
        names=_names(uids),
    )


def completed(notice: Notice) -> list[Check]:
    """Those of which no act has decided yet, by name."""
    rows = Check.objects.filter(application__notice=notice, state=CheckState.CONCLUDED)
    rows = rows.exclude(application__state=ApplicationState.WITHDRAWN)
    return list(rows.select_related("application").order_by("application__sort_key", "id"))


def acts_of(notice: Notice) -> list[AdmissionAct]:
    """The acts that decided, the last first; withdrawn ones too."""
    return list(AdmissionAct.objects.filter(notice=notice).order_by("-adopted_on", "-id"))


def admitted(code: str) -> tuple[Notice, QuerySet[Decision]]:
    """Who was admitted by a published notice, by the name in the register: organisations only.

    Refuses with NotFound a notice that is not published or of which no act has decided.
    """
    notice = Notice.objects.select_related("network", "body").filter(code=code).first()
    if notice is None or notice.published_at is None:
        raise NotFound
    rows = Decision.objects.filter(act__notice=notice, withdrawn_at=None)
    if not rows.exists():
        raise NotFound
    found = rows.filter(outcome__in=ADMITS).select_related(
        "act", "check_made__application__organisation"
    )
    by_name = "check_made__application__organisation__sort_key"
    return notice, found.order_by(by_name, "id")


def _received(notice: Notice) -> QuerySet[Application]:
    rows = Application.objects.filter(notice=notice).exclude(state=ApplicationState.DRAFT)
    return rows.select_related("check_made", "organisation")


def _names(uids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(uid__in=uids).values_list("uid", "name"))
