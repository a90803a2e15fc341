"""Rows and changes on their way into the tables, in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection

from tavolo.imports.cells import storable
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.plugs import Planned
from tavolo.imports.preview import LONGEST_LABEL, Judged, Preview
from tavolo.imports.reading import Table

T = TypeVar("T")

AT_ONCE = 500


def rows_from(batch: Batch, table: Table) -> list[Row]:
    """The rows of a table, not saved yet."""
    return [
        Row(batch=batch, number=row.number, cells=[storable(cell) for cell in row.cells])
        for row in table.rows
    ]


def replace_rows(batch: Batch, rows: Sequence[Row]) -> None:
    """Keep these as the rows of the batch; nothing is planned yet."""
    batch.changes.all().delete()
    batch.rows.all().delete()
    Row.objects.bulk_create(rows, batch_size=AT_ONCE)


def judge(rows: Iterable[Row], preview: Preview) -> list[Row]:
    """Write down in the rows what the preview says of them; returns those that changed by it."""
    return [row for row in rows if _judged(row, preview.rows[row.number])]


def keep_judged(rows: Iterable[Row]) -> None:
    """Save the outcome of rows that are there already."""
    plain: dict[str, list[int]] = defaultdict(list)
    told = []
    for row in rows:
        if row.faults or row.likely:
            told.append(row)
        else:
            plain[row.outcome].append(row.pk)
    for outcome, keys in plain.items():
        for some in in_parts(keys):
            Row.objects.filter(pk__in=some).update(outcome=outcome, faults=[], likely=[])
    if told:
        _save_told(told)


def replace_changes(batch: Batch, changes: Iterable[Planned]) -> None:
    """Keep these as what the batch would do, or did."""
    batch.changes.all().delete()
    Change.objects.bulk_create(
        (
            Change(
                batch=batch,
                number=change.number,
                subject=change.subject,
                label=storable(change.label[:LONGEST_LABEL]),
                before=change.before,
                after=change.after,
            )
            for change in changes
        ),
        batch_size=AT_ONCE,
    )


def in_parts(items: Iterable[T]) -> Iterator[list[T]]:
    """A few hundred at once: databases limit how much one statement may carry."""
    rest = iter(items)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def _save_told(rows: Iterable[Row]) -> None:
    """Each row with its own words; Django's bulk_update takes six times as long for it."""
    as_json = connection.ops.adapt_json_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE imports_row SET outcome = %s, faults = %s, likely = %s WHERE id = %s",
            [
                (str(row.outcome), as_json(row.faults, None), as_json(row.likely, None), row.pk)
                for row in rows
            ],
        )


def _judged(row: Row, told: Judged) -> bool:
    # What was decided can be decided otherwise: the question stays with the row.
    likely = told.likely or (row.likely if row.decision else [])
    before = (row.outcome, row.faults, row.likely)
    row.outcome, row.faults, row.likely = told.outcome, told.faults, likely
    return before != (row.outcome, row.faults, row.likely)
