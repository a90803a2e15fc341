"""Taking a batch back: to the state before, and never over what somebody did since."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from tavolo.imports.actions.common import context_of, enter, hold, kind_of, settle
from tavolo.imports.actions.keeping import in_parts
from tavolo.imports.actions.transactions import alone
from tavolo.imports.choices import State
from tavolo.imports.errors import ChangedSince, StillNeeded
from tavolo.imports.facts import BatchUndone
from tavolo.imports.models import Batch, Change
from tavolo.imports.plugs import Context, ImportKind
from tavolo.imports.preview import asked
from tavolo.imports.progress import Teller, telling
from tavolo.imports.queries import changes_of, differing, same_state
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor


def undo_batch(
    *,
    batch: Batch,
    by: Actor,
    leave_changed: bool = False,
    version: int | None = None,
    job: UUID | None = None,
) -> Batch:
    """Bring everything that the batch wrote back to its state before, in one transaction (state UNDONE).

    What is not any more as the batch left it refuses with ChangedSince, which lists it; with
    `leave_changed` that stays as it is (`Change.left`) and the rest is undone. Refuses with
    NotFound, StillUnderWay, ChangedMeanwhile, Emptied, WrongState, StillNeeded where something
    entered since rests on what would go, Overtaken, KindFailed, and with whatever the kind refuses.
    """
    with telling(batch.uid, phases=3) as teller:
        return alone(
            partial(
                _undo,
                batch,
                by=by,
                leave_changed=leave_changed,
                version=version,
                job=job,
                teller=teller,
            ),
            broken=StillNeeded,
        )


def _undo(
    batch: Batch,
    *,
    by: Actor,
    leave_changed: bool,
    version: int | None,
    job: UUID | None,
    teller: Teller,
) -> Batch:
    held = hold(batch, by=by, states={State.APPLIED}, version=version, job=job)
    kind, context = kind_of(held.kind), context_of(held, by=by, progress=teller)
    changes = list(changes_of(held))
    changed = differing(kind, changes, context)
    if changed and not leave_changed:
        raise ChangedSince(changed)
    teller.next()
    left = {one.subject for one in changed}
    going = [change for change in changes if change.subject not in left]
    if going:
        _restore(kind, going, context)
    _mark([change.pk for change in changes if change.subject in left])
    settle(held, state=State.UNDONE, undone_at=clock.now())
    enter(
        held,
        "batch_undone",
        by=by,
        fact=BatchUndone,
        values={"undone": len(going), "left": len(left)},
    )
    return held


def _restore(kind: ImportKind, changes: Sequence[Change], context: Context) -> None:
    before = {change.subject: change.before for change in changes}
    asked(lambda: kind.restore(before, context))
    asked(lambda: _refuse_half(kind, changes, context))


def _refuse_half(kind: ImportKind, changes: Sequence[Change], context: Context) -> None:
    """A kind that did not bring back what was there has broken its contract: nothing is undone."""
    now = kind.states([change.subject for change in changes], context)
    wrong = [c.subject for c in changes if not same_state(c.before, now.get(c.subject))]
    if wrong:
        raise LookupError(f"{len(wrong)} subjects are not as they were before")


def _mark(keys: Sequence[int]) -> None:
    for some in in_parts(keys):
        Change.objects.filter(pk__in=some).update(left=True)
