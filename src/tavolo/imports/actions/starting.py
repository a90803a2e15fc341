"""Handing long work to the worker."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from tavolo.imports.actions.common import hold
from tavolo.imports.actions.reading import TO_BE_READ
from tavolo.imports.choices import State, Work
from tavolo.imports.models import Batch
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed

BEGINS_AT = {
    Work.READING: TO_BE_READ,
    Work.CHECKING: {State.CHECKED, State.UNDONE},
    Work.APPLYING: {State.CHECKED},
    Work.UNDOING: {State.APPLIED},
}


@transaction.atomic
def start(
    *, batch: Batch, work: Work, by: Actor, version: int | None = None, **how: bool | str
) -> Batch:
    """Let the worker do it: read, check, apply (`without_faulty`) or undo (`leave_changed`).

    The batch says at once that it is under way, and how that ended: by its state, or by `problem`.
    Nothing else touches it meanwhile. Refuses with NotAllowed who is neither signed in nor the
    operator, NotFound, StillUnderWay, ChangedMeanwhile, Emptied, WrongState.
    """
    if by.person is None and not by.has("operator"):
        raise NotAllowed
    held = hold(batch, by=by, states=BEGINS_AT[work], version=version)
    held.job = _enqueue(held, work, by, how)
    held.work, held.problem = work, None
    held.version += 1
    held.moved_at = clock.now()
    held.save(update_fields=["job", "work", "problem", "version", "moved_at"])
    return held


def _enqueue(batch: Batch, work: Work, by: Actor, how: dict[str, Any]) -> UUID:
    # Jobs stand above actions and call them; only this one has to name its job.
    from tavolo.imports.jobs import do_work

    result = do_work.enqueue(
        str(batch.uid),
        str(work),
        person=str(by.person) if by.person else "",
        acting_for=str(by.acting_for) if by.acting_for else "",
        language=get_language() or "it",
        how=how,
    )
    return UUID(str(result.id))
