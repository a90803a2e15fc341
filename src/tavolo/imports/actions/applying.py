"""Writing a batch: all of it or nothing, and only what was shown."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from uuid import UUID

from tavolo.imports.actions.checking import check_batch, previewed, rows_of
from tavolo.imports.actions.common import context_of, enter, hold, kind_of, settle
from tavolo.imports.actions.keeping import replace_changes
from tavolo.imports.actions.transactions import alone
from tavolo.imports.choices import Outcome, State
from tavolo.imports.errors import FaultyRows, KindFailed, PlanChanged, Told
from tavolo.imports.facts import BatchApplied
from tavolo.imports.models import Batch
from tavolo.imports.plugs import Context, ImportKind, Planned
from tavolo.imports.plugs import State as Thing
from tavolo.imports.preview import asked
from tavolo.imports.progress import Teller, telling
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor


def apply_batch(
    *,
    batch: Batch,
    by: Actor,
    without_faulty: bool = False,
    version: int | None = None,
    job: UUID | None = None,
) -> Batch:
    """Import what the preview shows, in one transaction with its journal entry and fact (state APPLIED).

    Everything is planned again on what is there now; where that differs from what was shown,
    nothing is written, the batch shows the new preview, and PlanChanged says so. Rows with faults,
    or that nobody has decided, refuse with FaultyRows unless `without_faulty` leaves them out.
    Refuses with NotFound, StillUnderWay, ChangedMeanwhile, Emptied, WrongState, Overtaken, KindFailed,
    and with whatever the kind refuses.
    """
    with telling(batch.uid, phases=4) as teller:
        try:
            return alone(
                partial(
                    _apply,
                    batch,
                    by=by,
                    without_faulty=without_faulty,
                    version=version,
                    job=job,
                    teller=teller,
                ),
                broken=KindFailed,
            )
        except PlanChanged:
            # Nothing was imported; a preview that cannot be made now is made when somebody asks.
            with suppress(Told):
                check_batch(batch=batch, by=by, job=job)
            raise


def _apply(
    batch: Batch,
    *,
    by: Actor,
    without_faulty: bool,
    version: int | None,
    job: UUID | None,
    teller: Teller,
) -> Batch:
    held = hold(batch, by=by, states={State.CHECKED}, version=version, job=job)
    _refuse_faulty(held, without_faulty=without_faulty)
    rows = rows_of(held)
    preview = previewed(held, rows, by=by, teller=teller)
    if preview.digest != held.plan:
        raise PlanChanged
    if preview.changes:
        decisions = {row.number: row.decision for row in rows if row.decision}
        context = context_of(held, by=by, decisions=decisions, progress=teller)
        _write(held, preview.changes, context, teller)
    settle(held, state=State.APPLIED, applied_at=clock.now(), undone_at=None)
    enter(
        held,
        "batch_applied",
        by=by,
        fact=BatchApplied,
        values={"counts": held.counts, "plan": held.plan},
    )
    return held


def _refuse_faulty(batch: Batch, *, without_faulty: bool) -> None:
    faulty = batch.counts.get(Outcome.FAULT, 0)
    undecided = batch.counts.get(Outcome.LIKELY, 0)
    if (faulty or undecided) and not without_faulty:
        raise FaultyRows(faulty=faulty, undecided=undecided)


def _write(batch: Batch, changes: Sequence[Planned], context: Context, teller: Teller) -> None:
    kind = kind_of(batch.kind)
    asked(lambda: kind.write(changes, context))
    teller.next()
    written = asked(lambda: _written(kind, changes, context))
    teller.next()
    # What was planned is there already, unless writing added to it.
    if any(written[change.subject] != change.after for change in changes):
        replace_changes(batch, (_as(change, written[change.subject]) for change in changes))


def _written(kind: ImportKind, changes: Sequence[Planned], context: Context) -> Mapping[str, Thing]:
    """What is there now under each subject; a kind that lost one has broken its contract."""
    written = kind.states([change.subject for change in changes], context)
    lost = [change.subject for change in changes if change.subject not in written]
    if lost:
        raise LookupError(f"{len(lost)} subjects are not there after writing")
    return written


def _as(change: Planned, after: Thing) -> Planned:
    return Planned(change.number, change.subject, change.label, change.before, after)
