"""What happens to the periods of memberships when an area is changed: pure functions on values.

A change from a day holds until the next day on which the area was entered as changing anyway, so
that what is known of later times is never overwritten by what is entered of earlier ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tavolo.kernel.dated import Period

Who = tuple[int, int | None]  # primary keys of a municipality and of its part, if it is a part


@dataclass(frozen=True)
class Told:
    """Where an assignment comes from."""

    source: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class Stay:
    """A membership as a value, with the primary keys of area, municipality and part."""

    area: int
    municipality: int
    unit: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    told: Told = Told()

    @property
    def who(self) -> Who:
        return self.municipality, self.unit

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)

    @property
    def key(self) -> tuple[int, int, int | None, date | None]:
        """No two stays of an area have the same."""
        return self.area, self.municipality, self.unit, self.valid_from


def next_change(stays: Iterable[Stay], day: date | None) -> date | None:
    """The first day after `day` on which the stays change; `day` None is before all days."""
    days = {edge for stay in stays for edge in (stay.valid_from, stay.valid_until) if edge}
    return min((edge for edge in days if day is None or edge > day), default=None)


def on(stays: Iterable[Stay], day: date | None) -> dict[Who, Stay]:
    """Those that hold on the day; on None those that have always held."""
    if day is None:
        return {stay.who: stay for stay in stays if stay.valid_from is None}
    return {stay.who: stay for stay in stays if day in stay.period}


def with_members(
    stays: Iterable[Stay], area: int, wanted: Mapping[Who, Told], window: Period
) -> list[Stay]:
    """The stays of an area that holds exactly `wanted` in the window, and outside of it what it held.

    Whoever was in it keeps the source that it has.
    """
    kept = list(stays)
    here = on(kept, window.valid_from)
    for who in here.keys() - wanted.keys():
        kept = without(kept, [who], window)
    for who, told in wanted.items():
        if who not in here:
            kept.append(Stay(area, *who, window.valid_from, window.valid_until, told))
    return sorted(joined(kept), key=_order)


def without(stays: Iterable[Stay], who: Iterable[Who], window: Period) -> list[Stay]:
    """The stays with that window cut out of those of `who`."""
    gone = set(who)
    return [
        piece
        for stay in stays
        for piece in (_outside(stay, window) if stay.who in gone else [stay])
    ]


def joined(stays: Iterable[Stay]) -> list[Stay]:
    """Stays that follow each other without a day between them, from one source, are one."""
    result: list[Stay] = []
    for stay in sorted(stays, key=_order):
        last = result[-1] if result else None
        if last and _continues(last, stay):
            result[-1] = replace(last, valid_until=stay.valid_until)
        else:
            result.append(stay)
    return result


def common_period(one: Period, other: Period) -> Period | None:
    """The days that lie in both; None where none does."""
    begins = max(filter(None, (one.valid_from, other.valid_from)), default=None)
    ends = min(filter(None, (one.valid_until, other.valid_until)), default=None)
    return None if begins and ends and begins >= ends else Period(begins, ends)


def clipped(stay: Stay, life: Period) -> Stay | None:
    """As much of it as lies in a life; None where that is nothing."""
    both = common_period(stay.period, life)
    if both is None:
        return None
    return replace(stay, valid_from=both.valid_from, valid_until=both.valid_until)


def clashes(stays: Iterable[Stay]) -> Iterator[tuple[Stay, Stay]]:
    """Pairs that hold the same municipality, or the same part of it, on some day."""
    rows = list(stays)
    for number, one in enumerate(rows):
        for other in rows[number + 1 :]:
            same = one.municipality == other.municipality and (
                one.unit == other.unit or None in (one.unit, other.unit)
            )
            if same and one.period.overlaps(other.period):
                yield one, other


def _outside(stay: Stay, window: Period) -> list[Stay]:
    if not stay.period.overlaps(window):
        return [stay]
    pieces = []
    if window.valid_from and (stay.valid_from is None or stay.valid_from < window.valid_from):
        pieces.append(replace(stay, valid_until=window.valid_from))
    if window.valid_until and (stay.valid_until is None or window.valid_until < stay.valid_until):
        pieces.append(replace(stay, valid_from=window.valid_until))
    return pieces


def _continues(last: Stay, stay: Stay) -> bool:
    return (
        (last.area, last.who, last.told) == (stay.area, stay.who, stay.told)
        and last.valid_until is not None
        and last.valid_until == stay.valid_from
    )


def _order(stay: Stay) -> tuple[int, int, int, date]:
    return stay.area, stay.municipality, stay.unit or 0, stay.valid_from or date.min
