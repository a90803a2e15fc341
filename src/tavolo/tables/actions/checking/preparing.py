"""Before the first check: what is looked at, by what is judged, who judges."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.people.models import Person
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.actions.recorded import ended, entered
from tavolo.tables.actions.common import runs
from tavolo.tables.checking.errors import (
    AlreadyCommissioner,
    ChecksBegun,
    CommissionActMissing,
    ItemsMissing,
    NotCompetitive,
    PointsOutOfRange,
)
from tavolo.tables.checking.scoring import Criterion, within_most
from tavolo.tables.models import Check, ChecklistItem, Commissioner, Notice, ScoringCriterion

MOST_POINTS = Criterion("", "", Decimal(1000))


@transaction.atomic
def draw_checklist(*, notice: Notice, items: Sequence[str], by: Actor) -> list[ChecklistItem]:
    """Write what is looked at in each application, in that order, in the place of what was written.

    Refuses with NotAllowed, ChecksBegun, ItemsMissing.
    """
    runs(by, notice.body)
    _not_begun(notice)
    lines = [" ".join(line.split())[:500] for line in items]
    lines = [line for line in dict.fromkeys(lines) if line]
    if not lines:
        raise ItemsMissing
    ChecklistItem.objects.filter(notice=notice).delete()
    rows = ChecklistItem.objects.bulk_create(
        ChecklistItem(notice=notice, number=number, words=line)
        for number, line in enumerate(lines, 1)
    )
    _told("checklist_drawn", notice, by, {"items": lines})
    return rows


@transaction.atomic
def set_criteria(
    *, notice: Notice, criteria: Sequence[tuple[str, Decimal]], by: Actor
) -> list[ScoringCriterion]:
    """Write by what a competitive notice is judged, each with its points at most, in that order.

    Refuses with NotAllowed, NotCompetitive, ChecksBegun, ItemsMissing, PointsOutOfRange.
    """
    runs(by, notice.body)
    if not notice.competitive:
        raise NotCompetitive
    _not_begun(notice)
    if not criteria or not all(words.strip() for words, _most in criteria):
        raise ItemsMissing
    if not all(most > 0 and within_most(MOST_POINTS, most) for _words, most in criteria):
        raise PointsOutOfRange
    ScoringCriterion.objects.filter(notice=notice).delete()
    rows = ScoringCriterion.objects.bulk_create(
        ScoringCriterion(notice=notice, number=number, words=words.strip()[:500], most=most)
        for number, (words, most) in enumerate(criteria, 1)
    )
    _told("criteria_set", notice, by, {"criteria": [f"{row.words}: {row.most}" for row in rows]})
    return rows


@transaction.atomic
def name_commissioner(
    *, notice: Notice, person: Person, act: str, since: date, by: Actor
) -> Commissioner:
    """Let a person judge the applications from a day on, by an act.

    Refuses with NotAllowed, CommissionActMissing, AlreadyCommissioner.
    """
    runs(by, notice.body)
    act = " ".join(act.split())
    if not act:
        raise CommissionActMissing
    row = Commissioner(notice=notice, person=person, act=act, valid_from=since)
    unless_raced(lambda: entered(row), AlreadyCommissioner)
    values = {"person": person.uid, "act": act, "since": since}
    _told("commissioner_named", notice, by, values)
    return row


@transaction.atomic
def end_commissioner(*, commissioner: Commissioner, last: date, by: Actor) -> Commissioner:
    """Let somebody judge until `last`, that day included; the points she gave stay.

    Refuses with NotAllowed, AlreadyEnded, EndsBeforeItBegan, AlreadySuperseded.
    """
    notice = commissioner.notice
    runs(by, notice.body)
    row = ended(commissioner, last)
    values = {"person": commissioner.person.uid, "last": last}
    _told("commissioner_ended", notice, by, values)
    return row


def _not_begun(notice: Notice) -> None:
    # One at a time: who begins the first check locks the notice too.
    Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if Check.objects.filter(application__notice=notice).exists():
        raise ChecksBegun


def _told(action: str, notice: Notice, by: Actor, values: dict[str, object]) -> None:
    record(
        action=f"tables.{action}", actor=by, subject=notice, network=notice.network, values=values
    )
