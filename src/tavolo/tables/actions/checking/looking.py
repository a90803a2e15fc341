"""The check of an application begins, and its items are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.checking.common import allow, alone, saved, stands, stepped, told
from tavolo.tables.actions.checking.preparing import draw_checklist
from tavolo.tables.checking.choices import Answer, CheckState, StepKind
from tavolo.tables.checking.errors import CriteriaMissing, NotNow, UnknownItem
from tavolo.tables.checking.items import proposed
from tavolo.tables.checking.moves import Move
from tavolo.tables.models import (
    Application,
    Check,
    CheckAnswer,
    ChecklistItem,
    Notice,
    NoticeAsk,
    ScoringCriterion,
)


@dataclass(frozen=True)
class Said:
    """What is found of an item; `why` wherever it is not simply met."""

    answer: str
    why: str = ""


@transaction.atomic
def begin_check(*, application: Application, by: Actor) -> Check:
    """Begin to check an application that was received; its term runs from the end of the notice.

    Where nobody has drawn a checklist, it is what the notice asks, in its order. Refuses with
    NotAllowed, ApplicationWithdrawn, CriteriaMissing, and with NotNow where it has begun.
    """
    allow(Move.BEGIN, application, by)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=application.notice_id)
    stands(application)
    if notice.competitive and not ScoringCriterion.objects.filter(notice=notice).exists():
        raise CriteriaMissing
    if not ChecklistItem.objects.filter(notice=notice).exists():
        asks = NoticeAsk.objects.filter(notice=notice).order_by("kind", "number")
        words = [ask.words for ask in asks]
        draw_checklist(notice=notice, items=proposed(notice.requirements, words), by=by)
    check = Check(
        network=application.network,
        application=application,
        state=CheckState.IN_CHECK,
        starts_on=starts_on(application),
    )
    unless_raced(check.save, NotNow)
    stepped(check, StepKind.BEGUN, on=clock.today(), by=by)
    saved(check, expected=1, state=CheckState.IN_CHECK)
    told("check_begun", check, by)
    return check


@transaction.atomic
def answer_items(*, check: Check, answers: Mapping[int, Said], version: int, by: Actor) -> Check:
    """Say what was found of items, by their number; those that are not named stay as they are.

    Refuses with NotAllowed, NotNow, UnknownItem, ReasonMissing where something is not met and nobody says
    why, ApplicationWithdrawn, StaleVersion.
    """
    allow(Move.ANSWER, check.application, by)
    row = alone(Move.ANSWER, check)
    items = {item.number: item for item in _items(row.application.notice)}
    if not set(answers) <= set(items) or not all(one.answer in Answer for one in answers.values()):
        raise UnknownItem
    if any(one.answer != Answer.MET and not one.why.strip() for one in answers.values()):
        raise ReasonMissing
    before = dict(CheckAnswer.objects.filter(check_made=row).values_list("item__number", "answer"))
    for number, said in answers.items():
        _answer(row, items[number], said, by)
    saved(row, expected=version, state=CheckState.IN_CHECK)
    changed = {f"item {n}": f"{before.get(n, '')} > {one.answer}" for n, one in answers.items()}
    told("items_answered", row, by, **changed)
    return row


def starts_on(application: Application) -> date:
    """From when the term runs: the end of the notice, or the day on which it came where that is later."""
    notice = application.notice
    came = in_rome(application.counts_at or application.begun_at).date()
    ends = notice.ends_at or notice.closes_at
    return max(came, in_rome(ends).date()) if ends else came


def _items(notice: Notice) -> list[ChecklistItem]:
    return list(ChecklistItem.objects.filter(notice=notice).order_by("number"))


def _answer(check: Check, item: ChecklistItem, said: Said, by: Actor) -> None:
    """Only what is said otherwise is written, so that who and when stay those of the answer."""
    same = CheckAnswer.objects.filter(check_made=check, item=item)
    if same.filter(answer=said.answer, why=said.why.strip()).exists():
        return
    CheckAnswer.objects.update_or_create(
        check_made=check,
        item=item,
        defaults={
            "answer": said.answer,
            "why": said.why.strip(),
            "at": clock.now(),
            "by": by.person,
        },
    )
