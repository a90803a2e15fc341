"""Which of several facts is the one, where their dates known in part let more than one hold on a day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tavolo.kernel.dated import Dated

D = TypeVar("D", bound=Dated)


def the_one(rows: Iterable[D]) -> D | None:
    """Of rows that hold on a day the one that began last; of equals the one that ends first."""
    ordered = sorted(rows, key=_place)
    return ordered[0] if ordered else None


def _place(row: Dated) -> tuple[int, date, int]:
    first = -(row.valid_from or date.min).toordinal()
    return first, row.valid_until or date.max, -row.pk
