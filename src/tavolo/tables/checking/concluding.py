"""What stands in the way of an outcome: a pure function."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tavolo.kernel.errors import Refusal
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.checking.choices import CLOSED_BY, Answer, Outcome, StepKind
from tavolo.tables.checking.errors import (
    ItemsOpen,
    PointsLacking,
    RejectionNotAnnounced,
    RequirementsNotMet,
    ReserveMissing,
)


@dataclass(frozen=True)
class Found:
    """What a check has found until now: `answers` of `items`, its steps, whether all points are given."""

    items: int
    answers: Sequence[str]
    steps: Collection[str]
    points_complete: bool
    competitive: bool


def obstacle(found: Found, outcome: str, *, reason: str, reserve: str) -> type[Refusal] | None:
    """The first that stands in the way of concluding with that outcome, or None.

    All items are answered; what is not met admits with reserve at most; whoever is admitted in a competitive procedure
    has all points; a refusal has a reason, and elsewhere was announced (art. 10-bis).
    """
    if len(found.answers) < found.items:
        return ItemsOpen
    if outcome == Outcome.REFUSED:
        return _of_refusal(found, reason)
    if found.competitive and not found.points_complete:
        return PointsLacking
    if outcome == Outcome.ADMITTED and Answer.NOT_MET in found.answers:
        return RequirementsNotMet
    return ReserveMissing if outcome == Outcome.RESERVE and not reserve.strip() else None


def _of_refusal(found: Found, reason: str) -> type[Refusal] | None:
    if not reason.strip():
        return ReasonMissing
    heard = any(kind in found.steps for kind in CLOSED_BY[StepKind.REJECTION_ANNOUNCED])
    return None if found.competitive or heard else RejectionNotAnnounced
