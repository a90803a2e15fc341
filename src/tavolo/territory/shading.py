"""Classes of values for a shaded map: as even in number as ties allow, with bounds that occur."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 5  # as many shades as an eye tells apart


@dataclass(frozen=True)
class ValueClass:
    """The values from `low` to `high`, both included and both among the values; `count` have them."""

    low: float
    high: float
    count: int

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def classes_of(
    values: Iterable[float], *, decimals: int = 0, most: int = MOST
) -> tuple[ValueClass, ...]:
    """Quantiles of the values as they are shown, the lowest first; none for no values.

    Values are rounded first, so that a class says what the table beside it says. Equal values are
    never parted: with many ties there are fewer classes, or uneven ones. With no more different
    values than `most`, each has a class of its own.
    """
    counted = sorted(Counter(round(value, decimals) for value in values).items())
    if len(counted) <= most:
        return tuple(ValueClass(value, value, count) for value, count in counted)
    return tuple(_joined(group) for group in _groups(counted, most))


def _joined(group: list[tuple[float, int]]) -> ValueClass:
    return ValueClass(group[0][0], group[-1][0], sum(count for _value, count in group))


def _groups(counted: list[tuple[float, int]], most: int) -> list[list[tuple[float, int]]]:
    """Each value goes to the quantile in which the middle of those that have it lies."""
    whole = sum(count for _value, count in counted)
    groups: dict[int, list[tuple[float, int]]] = {}
    before = 0
    for value, count in counted:
        middle = before + count / 2
        groups.setdefault(int(middle * most / whole), []).append((value, count))
        before += count
    return list(groups.values())
