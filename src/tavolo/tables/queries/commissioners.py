"""Who judges the applications for a notice."""

from datetime import date
from uuid import UUID

from tavolo.tables.models import Commissioner, Notice


def commissioners(notice: Notice, *, on: date) -> frozenset[UUID]:
    """The persons who judge on that day; one query."""
    rows = Commissioner.objects.on(on).filter(notice=notice)
    return frozenset(rows.values_list("person__uid", flat=True))


def commission_of(notice: Notice) -> list[Commissioner]:
    """All who judge or judged, by name."""
    rows = Commissioner.objects.known().filter(notice=notice).select_related("person")
    return list(rows.order_by("person__sort_key", "id"))
