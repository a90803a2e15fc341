"""The file becomes rows; its columns become fields."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from tavolo.imports.actions.checking import enter_check, keep_preview, previewed, rows_of
from tavolo.imports.actions.common import LOOKED_AT, enter, hold, kind_of, look, settle
from tavolo.imports.actions.keeping import judge, replace_changes, replace_rows, rows_from
from tavolo.imports.actions.receiving import known_options
from tavolo.imports.cells import storable
from tavolo.imports.choices import State
from tavolo.imports.errors import ColumnsMissing, NoColumns, NoSuchCell, Told, Unreadable
from tavolo.imports.facts import FileRead
from tavolo.imports.matching import fold, match
from tavolo.imports.models import Batch, RememberedColumn, Row
from tavolo.imports.plugs import Field, ImportKind
from tavolo.imports.preview import Preview
from tavolo.imports.progress import Teller, telling
from tavolo.imports.queries import remembered_of
from tavolo.imports.reading import Table, read_table
from tavolo.kernel import blobs
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound

TO_BE_READ = {State.RECEIVED, State.REFUSED, State.READ, State.CHECKED}
LONGEST_SHEET = 255

NO_FILE = gettext_noop("The file is not kept any more. Bring it again.")
ANOTHER_FILE = gettext_noop("The file is not what was brought: it was damaged. Bring it again.")
NO_ROWS = gettext_noop("There is no row under the headings.")


@dataclass(frozen=True)
class Read:
    """What reading came to: the rows not saved yet, what is missing, or what they would do."""

    table: Table
    rows: Sequence[Row]
    columns: Mapping[str, int]
    problem: dict[str, Any] | None
    preview: Preview | None


def read_batch(
    *,
    batch: Batch,
    by: Actor,
    sheet: str = "",
    options: Mapping[str, str] | None = None,
    version: int | None = None,
    job: UUID | None = None,
) -> Batch:
    """Read the file, match its columns by name and, where all that are needed are found, check the rows.

    `sheet` is another than the first that holds something. State REFUSED with the reason in
    `refusal`, READ with what is missing in `problem`, or CHECKED. Rows that were read before are
    replaced; where it cannot be read again, or that sheet cannot, they stay and Unreadable is raised.
    The child process has read before the transaction opens.
    Refuses with NotFound, StillUnderWay, ChangedMeanwhile, WrongState, OptionsWrong, KindFailed.
    """
    batch = look(batch, by=by, states=TO_BE_READ, version=version, job=job)
    if options is not None:
        batch.options = known_options(kind_of(batch.kind), options)
    with telling(batch.uid, phases=3) as teller:
        try:
            read = _read(batch, by, sheet or batch.sheet, teller)
        except Unreadable as refusal:
            if batch.state in LOOKED_AT:
                raise
            return _refuse(batch, by, refusal, job)
        return _keep(batch, by, read, job)


def choose_columns(
    *,
    batch: Batch,
    sheet: str,
    columns: Mapping[str, int | None],
    options: Mapping[str, str],
    by: Actor,
    version: int | None = None,
) -> Batch:
    """Say which column (place, from 0) holds which field, remember it for the network, and check the rows.

    Where another sheet is chosen, that is read and its columns are matched by name; `columns` then
    says nothing. Refuses with NotFound, StillUnderWay, ChangedMeanwhile, WrongState, NoSuchCell,
    ColumnsMissing, NoColumns, Unreadable, OptionsWrong, KindFailed.
    """
    batch = look(batch, by=by, states=LOOKED_AT, version=version)
    if sheet and sheet != batch.sheet:
        return read_batch(batch=batch, by=by, sheet=sheet, options=options, version=batch.version)
    kind = kind_of(batch.kind)
    batch.columns = _chosen(kind, batch.headings, columns)
    batch.options = known_options(kind, options)
    rows = rows_of(batch)
    with telling(batch.uid, phases=2) as teller:
        preview = previewed(batch, rows, by=by, teller=teller)
        with transaction.atomic():
            held = hold(batch, by=by, states=LOOKED_AT, version=batch.version)
            held.columns, held.options = batch.columns, batch.options
            held.save(update_fields=["columns", "options"])
            _remember(held, kind)
            enter(held, "columns_chosen", by=by, values={"columns": held.columns})
            keep_preview(held, rows, preview, by=by)
    return held


def _read(batch: Batch, by: Actor, sheet: str, teller: Teller) -> Read:
    kind = kind_of(batch.kind)
    table = _table(batch, sheet)
    teller.next()
    rows = rows_from(batch, table)
    found = match(table.headings, kind.fields, remembered_of(batch))
    lacking = _lacking(kind, found.columns)
    if lacking is not None:
        return Read(table, rows, found.columns, lacking.as_json(), None)
    batch.columns = dict(found.columns)
    preview = previewed(batch, rows, by=by, teller=teller)
    judge(rows, preview)
    return Read(table, rows, found.columns, None, preview)


def _table(batch: Batch, sheet: str) -> Table:
    if batch.blob is None:
        raise Unreadable(NO_FILE)
    try:
        with blobs.open_blob(batch.blob.digest) as content:
            digest = hashlib.sha256(content.read()).hexdigest()
    except NotFound as fault:
        raise Unreadable(NO_FILE) from fault
    if digest != batch.blob.digest:
        raise Unreadable(ANOTHER_FILE)
    table = read_table(blobs.path_of(digest), name=batch.file_name, sheet=sheet)
    if not table.rows:
        raise Unreadable(NO_ROWS)
    return table


@transaction.atomic
def _refuse(batch: Batch, by: Actor, refusal: Unreadable, job: UUID | None) -> Batch:
    held = hold(batch, by=by, states=TO_BE_READ, version=batch.version, job=job)
    replace_rows(held, [])
    settle(held, state=State.REFUSED, refusal=refusal.as_json(), counts={})
    enter(held, "file_refused", by=by, fact=FileRead)
    return held


@transaction.atomic
def _keep(batch: Batch, by: Actor, read: Read, job: UUID | None) -> Batch:
    held = hold(batch, by=by, states=TO_BE_READ, version=batch.version, job=job)
    replace_rows(held, read.rows)
    preview = read.preview
    if preview is not None:
        replace_changes(held, preview.changes)
    settle(
        held,
        state=State.READ if preview is None else State.CHECKED,
        sheet=storable(read.table.sheet)[:LONGEST_SHEET],
        sheets=[storable(name)[:LONGEST_SHEET] for name in read.table.sheets],
        headings=[storable(heading) for heading in read.table.headings],
        remarks=[{"message": r.message, "values": dict(r.values)} for r in read.table.remarks],
        columns=dict(read.columns),
        options=batch.options,
        refusal=None,
        problem=read.problem,
        counts=preview.counts if preview else {},
        plan=preview.digest if preview else "",
    )
    enter(held, "file_read", by=by, fact=FileRead, values={"rows": len(read.rows)})
    if preview is not None:
        enter_check(held, by=by)
    return held


def _lacking(kind: ImportKind, columns: Mapping[str, int]) -> Told | None:
    """What keeps the rows from being checked, if anything does."""
    missing = [f for f in kind.fields if f.required and f.key not in columns]
    if missing:
        return ColumnsMissing(columns=_labels(missing))
    return None if columns else NoColumns(columns=_labels(kind.fields))


def _labels(fields: Sequence[Field]) -> str:
    return ", ".join(str(field.label) for field in fields)


def _chosen(
    kind: ImportKind, headings: Sequence[str], columns: Mapping[str, int | None]
) -> dict[str, int]:
    keys = [field.key for field in kind.fields]
    chosen = {key: place for key, place in columns.items() if place is not None}
    if not all(key in keys and 0 <= place < len(headings) for key, place in chosen.items()):
        raise NoSuchCell(row=1)
    lacking = _lacking(kind, chosen)
    if lacking is not None:
        raise lacking
    return chosen


def _remember(batch: Batch, kind: ImportKind) -> None:
    """Keep what somebody said of a heading where its name alone would not have said the same."""
    folded = [fold(heading) for heading in batch.headings]
    chosen = {place: key for key, place in batch.columns.items()}
    by_name = match(batch.headings, kind.fields, {})
    sure = {place: key for key, place in by_name.columns.items()}
    once = [place for place, heading in enumerate(folded) if heading and folded.count(heading) == 1]
    told = {
        folded[place]: chosen.get(place, "")
        for place in once
        if chosen.get(place, "") != sure.get(place, "") or place in by_name.proposals.values()
    }
    known = RememberedColumn.objects.filter(network=batch.network, kind=batch.kind)
    known.filter(heading__in=[folded[place] for place in once]).delete()
    RememberedColumn.objects.bulk_create(
        RememberedColumn(network=batch.network, kind=batch.kind, heading=heading, field=key)
        for heading, key in told.items()
    )
