"""Points: each commissioner gives her own, for all criteria at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import StaleVersion
from tavolo.kernel.versions import save_version
from tavolo.people.models import Person
from tavolo.registry.actions.common import unless_raced
from tavolo.tables.actions.checking.common import allow, alone, told
from tavolo.tables.checking.errors import NotNow, PointsOutOfRange, UnknownItem
from tavolo.tables.checking.moves import Move
from tavolo.tables.checking.scoring import Criterion, within_most
from tavolo.tables.models import Check, Score, ScoringCriterion


@dataclass(frozen=True)
class Given:
    """Points by a criterion; `version` is that of the ones given before, 0 where there are none."""

    points: Decimal
    why: str = ""
    version: int = 0


@transaction.atomic
def give_points(*, check: Check, points: Mapping[int, Given], by: Actor) -> list[Score]:
    """Give one's own points by the number of the criterion; commissioners do not stand in each other's way.

    Refuses with NotAllowed, NotNow, UnknownItem, PointsOutOfRange, ApplicationWithdrawn, and with
    StaleVersion where she gave others meanwhile on another device.
    """
    allow(Move.SCORE, check.application, by)
    row = alone(Move.SCORE, check)
    assert by.person is not None  # noqa: S101  # `allow` found her among the commissioners
    person = Person.objects.get(uid=by.person)
    rows = ScoringCriterion.objects.filter(notice=row.application.notice)
    criteria = {criterion.number: criterion for criterion in rows}
    if not set(points) <= set(criteria):
        raise UnknownItem
    scores = [_given(row, criteria[n], person, one) for n, one in sorted(points.items())]
    given = {f"criterion {n}": str(one.points) for n, one in points.items()}
    told("points_given", row, by, commissioner=person.uid, **given)
    return scores


def _given(check: Check, criterion: ScoringCriterion, person: Person, given: Given) -> Score:
    measure = Criterion(str(criterion.number), criterion.words, criterion.most)
    if not within_most(measure, given.points):
        raise PointsOutOfRange
    values: dict[str, Any] = {"points": given.points, "why": given.why.strip(), "at": clock.now()}
    same = {"check_made": check, "criterion": criterion, "person": person}
    row = Score.objects.filter(**same).first()
    if row is None:
        row = Score(**same, **values)
        unless_raced(row.save, NotNow)
        return row
    if (row.points, row.why) == (given.points, values["why"]):
        return row
    theirs = Score.objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    if given.version == 0:
        raise StaleVersion(theirs=theirs, yours=row)
    return save_version(row, expected=given.version, fields=values)
