"""Reading many rows for the index, a piece at a time."""

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

SIZE = 1000


def batches(rows: QuerySet[M], size: int = SIZE) -> Iterator[list[M]]:
    """All of them by primary key; one query a batch, none of which holds the others in memory."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield batch
        last = batch[-1].pk
