"""Background work on batches: ids in, the actor as that person is today, one action."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import override
from django_tasks import TaskContext, task

from tavolo.imports.actions import apply_batch, check_batch, empty_old, read_batch, undo_batch
from tavolo.imports.actions.failing import fail_work
from tavolo.imports.choices import Work
from tavolo.imports.errors import KindFailed
from tavolo.imports.models import Batch
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, actor_of
from tavolo.kernel.errors import Refusal
from tavolo.kernel.schedule import periodic

logger = logging.getLogger("tavolo.imports")

ACTIONS: dict[str, Callable[..., Batch]] = {
    Work.READING: read_batch,
    Work.CHECKING: check_batch,
    Work.APPLYING: apply_batch,
    Work.UNDOING: undo_batch,
}


@task(takes_context=True)
def do_work(
    context: TaskContext,
    uid: str,
    work: str,
    *,
    person: str,
    acting_for: str,
    language: str,
    how: dict[str, Any],
) -> None:
    """Do with a batch what `actions.start` was asked for, in the language of whoever asked.

    A job that was taken back after its act was done finds the batch free, and does nothing.
    """
    job = UUID(str(context.task_result.id))
    batch = Batch.objects.select_related("network").filter(uid=uid).first()
    if batch is None or batch.job != job:
        logger.info("a batch is not waiting for this job any more")
        return
    with override(language):
        by = _actor(person, acting_for, batch)
        try:
            ACTIONS[work](batch=batch, by=by, job=job, **how)
        except Refusal as refusal:
            fail_work(batch=batch, job=job, refusal=refusal, by=by)
        except Exception:
            logger.exception("the work on a batch failed")
            fail_work(batch=batch, job=job, refusal=KindFailed(), by=by)


@periodic(every=timedelta(days=1))
def empty_old_batches() -> None:
    empty_old(by=OPERATOR)


def _actor(person: str, acting_for: str, batch: Batch) -> Actor:
    if not person:
        return OPERATOR
    return actor_of(
        UUID(person),
        on=clock.today(),
        network=batch.network.uid if batch.network else None,
        acting_for=UUID(acting_for) if acting_for else None,
    )
