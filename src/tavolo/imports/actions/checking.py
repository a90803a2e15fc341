"""What the rows would do: looked at again whenever a cell, a column or a decision changes."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from tavolo.imports.actions.common import context_of, enter, hold, kind_of, look, settle
from tavolo.imports.actions.keeping import in_parts, judge, keep_judged, replace_changes
from tavolo.imports.cells import storable
from tavolo.imports.choices import State
from tavolo.imports.errors import NoSuchCell, NoSuchDecision
from tavolo.imports.facts import BatchChecked
from tavolo.imports.models import Batch, Row
from tavolo.imports.preview import Preview, preview_of
from tavolo.imports.progress import Teller, telling
from tavolo.kernel.actor import Actor

NEW = "new"
# The journal names the rows that somebody mended, as long as a person could read the list.
ROWS_NAMED = 200


def check_batch(
    *, batch: Batch, by: Actor, version: int | None = None, job: UUID | None = None
) -> Batch:
    """Plan all rows again on what is there now (state CHECKED); an undone batch can be imported again.

    Nothing outside the batch is written. Refuses with NotFound, StillUnderWay, ChangedMeanwhile,
    WrongState, OptionsWrong, KindFailed.
    """
    states = {State.CHECKED, State.UNDONE}
    batch = look(batch, by=by, states=states, version=version, job=job)
    rows = rows_of(batch)
    with telling(batch.uid, phases=2) as teller:
        preview = previewed(batch, rows, by=by, teller=teller)
        with transaction.atomic():
            held = hold(batch, by=by, states=states, version=batch.version, job=job)
            keep_preview(held, rows, preview, by=by)
    return held


def mend_rows(
    *,
    batch: Batch,
    cells: Mapping[int, Mapping[int, str]],
    by: Actor,
    version: int | None = None,
) -> Batch:
    """Write cells anew (text by column place, by row number) and check again.

    What a mended cell said first stays in `Row.mended`; a decision about a mended row is forgotten.
    Refuses with NotFound, StillUnderWay, ChangedMeanwhile, WrongState, NoSuchCell, KindFailed.
    """
    batch = look(batch, by=by, states={State.CHECKED}, version=version)
    rows = rows_of(batch)
    by_number = {row.number: row for row in rows}
    mended = [
        _mended(batch, by_number.get(number), number, texts) for number, texts in cells.items()
    ]
    changed = [row for row in mended if row is not None]
    fields = ["cells", "mended", "decision", "likely"]
    return _recheck(batch, rows, by, "rows_mended", changed, fields)


def decide_rows(
    *, batch: Batch, decisions: Mapping[int, str], by: Actor, version: int | None = None
) -> Batch:
    """Say of rows, by number, that they are "new", or the subject which they mean; "" asks again.

    Refuses with NotFound, StillUnderWay, ChangedMeanwhile, WrongState, NoSuchDecision, KindFailed.
    """
    batch = look(batch, by=by, states={State.CHECKED}, version=version)
    rows = rows_of(batch)
    by_number = {row.number: row for row in rows}
    decided = [_decided(by_number.get(number), number, said) for number, said in decisions.items()]
    return _recheck(batch, rows, by, "rows_decided", decided, ["decision"])


def _recheck(  # noqa: PLR0917  one caller each for two ways of changing rows
    batch: Batch,
    rows: Sequence[Row],
    by: Actor,
    act: str,
    changed: Sequence[Row],
    fields: Sequence[str],
) -> Batch:
    with telling(batch.uid, phases=2) as teller:
        preview = previewed(batch, rows, by=by, teller=teller)
        with transaction.atomic():
            held = hold(batch, by=by, states={State.CHECKED}, version=batch.version)
            Row.objects.bulk_update(changed, fields, batch_size=100)
            enter(held, act, by=by, values={"rows": _named(changed)})
            keep_preview(held, rows, preview, by=by)
    return held


def rows_of(batch: Batch) -> list[Row]:
    return list(batch.rows.order_by("number"))


def previewed(batch: Batch, rows: Sequence[Row], *, by: Actor, teller: Teller) -> Preview:
    """What these rows would do now, with the batch's columns and options."""
    decisions = {row.number: row.decision for row in rows if row.decision}
    context = context_of(batch, by=by, decisions=decisions, progress=teller)
    preview = preview_of(kind_of(batch.kind), rows, batch.columns, context)
    teller.next()
    return preview


def keep_preview(batch: Batch, rows: Sequence[Row], preview: Preview, *, by: Actor) -> None:
    """Save what was found of rows that are there already; the batch is held."""
    keep_judged(judge(rows, preview))
    replace_changes(batch, preview.changes)
    settle(batch, state=State.CHECKED, counts=preview.counts, plan=preview.digest)
    enter_check(batch, by=by)


def enter_check(batch: Batch, *, by: Actor) -> None:
    enter(batch, "batch_checked", by=by, fact=BatchChecked, values={"counts": batch.counts})


def _mended(batch: Batch, row: Row | None, number: int, texts: Mapping[int, str]) -> Row | None:
    """The row with its new cells, None where they say what it said."""
    if row is None or not all(0 <= place < len(batch.headings) for place in texts):
        raise NoSuchCell(row=number)
    row.cells += [""] * (len(batch.headings) - len(row.cells))
    changed = {
        place: text for place, said in texts.items() if (text := storable(said)) != row.cells[place]
    }
    for place, text in changed.items():
        row.mended.setdefault(str(place), row.cells[place])
        row.cells[place] = text
    if changed:
        row.decision, row.likely = "", []
    return row if changed else None


def _decided(row: Row | None, number: int, said: str) -> Row:
    known = {"", NEW} | {one["subject"] for one in (row.likely if row else [])}
    if row is None or not row.likely or said not in known:
        raise NoSuchDecision(row=number)
    row.decision = said
    return row


def _named(rows: Iterable[Row]) -> list[int]:
    return next(in_parts(sorted(row.number for row in rows)), [])[:ROWS_NAMED]
