"""The columns of an organisation are what its facts say today; here they are brought up to date."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from tavolo.kernel import clock
from tavolo.registry.actions.common import unless_raced
from tavolo.registry.errors import TaxCodeTaken
from tavolo.registry.models import Organisation
from tavolo.registry.queries.today import COLUMNS, Today, todays
from tavolo.search.actions import note_change

BATCH = 500


def bring_up_to_date(organisation: Organisation, *, on: date | None = None) -> bool:
    """Write into the columns what the facts say on the day; whether anything differed.

    Its version grows then, so that whoever has the form open is told. Refuses with TaxCodeTaken.
    """
    # Whoever holds the row may have read it before others wrote.
    row = Organisation.objects.select_related("municipality").get(pk=organisation.pk)
    differed = _write(row, todays([row], on=on or clock.today())[row.pk])
    for name in (*COLUMNS, "sort_key", "search_key", "version"):
        setattr(organisation, name, getattr(row, name))
    return differed


def bring_all_up_to_date(*, on: date | None = None) -> int:
    """Every organisation whose facts began or ended since it was last looked at; returns how many.

    In batches, so that the number of queries follows what changed and not what there is.
    """
    day, changed, last = on or clock.today(), 0, 0
    while rows := _batch(last):
        found = todays(rows, on=day)
        for row in rows:
            if _write(row, found[row.pk]):
                note_change(row)
                changed += 1
        last = rows[-1].pk
    return changed


def _batch(after: int) -> Sequence[Organisation]:
    rows = Organisation.objects.filter(pk__gt=after).select_related("steward", "municipality")
    return list(rows.order_by("pk")[:BATCH])


def _write(row: Organisation, today: Today) -> bool:
    values = _differing(row, today.columns(row))
    if not values:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.fold()
    unless_raced(lambda: _swap(row, values), TaxCodeTaken)
    row.version += 1
    return True


def _differing(row: Organisation, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in COLUMNS if getattr(row, name) != columns[name]}


def _swap(row: Organisation, names: Iterable[str]) -> None:
    written = {name: getattr(row, name) for name in (*names, "name", "sort_key", "search_key")}
    Organisation.objects.filter(pk=row.pk).update(**written, version=F("version") + 1)
