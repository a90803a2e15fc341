"""Points by criterion and commissioner: what is missing, what they add up to, who comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Criterion:
    """By what is judged, and how many points it gives at most."""

    key: str
    words: str
    most: Decimal


@dataclass(frozen=True)
class Point:
    """What one commissioner gave by one criterion."""

    criterion: str
    commissioner: UUID
    points: Decimal


@dataclass(frozen=True)
class Total:
    """`by_criterion` are means over the commissioners who gave points; nothing is rounded."""

    by_criterion: Mapping[str, Decimal]
    points: Decimal
    lacking: frozenset[tuple[str, UUID]]

    @property
    def complete(self) -> bool:
        """All have given all, and somebody has."""
        return not self.lacking and bool(self.by_criterion)


def total(
    criteria: Sequence[Criterion], commissioners: Iterable[UUID], given: Sequence[Point]
) -> Total:
    """The sum of the means by criterion, and which commissioner still owes which criterion."""
    means = {
        criterion.key: sum(found, Decimal(0)) / len(found)
        for criterion in criteria
        if (found := [one.points for one in given if one.criterion == criterion.key])
    }
    there = {(one.criterion, one.commissioner) for one in given}
    owed = {(criterion.key, person) for person in commissioners for criterion in criteria}
    return Total(means, sum(means.values(), Decimal(0)), frozenset(owed - there))


def within_most(criterion: Criterion, points: Decimal) -> bool:
    """From nothing to the maximum, and not finer than a hundredth."""
    if not points.is_finite() or not Decimal(0) <= points <= criterion.most:
        return False
    return points == points.quantize(HUNDREDTH)


def ranked(points: Mapping[UUID, Decimal]) -> list[tuple[int, UUID]]:
    """Places from the most points on; those with equal points share a place."""
    order = sorted(points, key=lambda one: (-points[one], str(one)))
    places = sorted(points.values(), reverse=True)
    return [(places.index(points[one]) + 1, one) for one in order]
