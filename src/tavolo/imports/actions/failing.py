"""What a background job leaves when its work could not be done."""

from uuid import UUID

from django.db import transaction

from tavolo.imports.actions.common import enter, settle
from tavolo.imports.errors import Told
from tavolo.imports.models import Batch
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Refusal


@transaction.atomic
def fail_work(*, batch: Batch, job: UUID, refusal: Refusal, by: Actor) -> None:
    """Say in the batch why its work ended; it is free for the next. Nothing where it waits for another job."""
    held = Batch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if held is None or held.job not in {job, None}:
        return
    told = refusal.as_json() if isinstance(refusal, Told) else {"message": str(refusal)}
    settle(held, problem=told)
    enter(held, "work_failed", by=by)
