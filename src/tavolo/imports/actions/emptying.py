"""Deleting what somebody brought once it has been kept long enough, or names who wants to be forgotten."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tavolo.imports.actions.common import enter
from tavolo.imports.choices import State
from tavolo.imports.facts import BatchEmptied
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.queries import batches_naming
from tavolo.imports.retention import KEPT_FOR
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Blob
from tavolo.kernel.text import Trace

WAITING = {State.RECEIVED, State.READ, State.CHECKED}


def empty_old(*, by: Actor, now: datetime | None = None) -> int:
    """Delete file, rows and changes of batches that nobody touched for 90 days; returns how many.

    Counts stay, and so does what was imported; what was still waiting is put aside. One transaction
    a batch.
    """
    limit = (now or clock.now()) - KEPT_FOR
    return _empty_all(Q(moved_at__lt=limit), by)


def empty_naming(*, traces: Sequence[Trace], by: Actor) -> int:
    """Delete file, rows and changes of every batch that holds one of these traces; returns how many.

    For whoever has her data erased: the calling room has asked its rule. Counts stay, and so does
    what was imported; it cannot be undone any more.
    """
    return _empty_all(Q(pk__in=batches_naming(traces).values("pk")), by)


def _empty_all(which: Q, by: Actor) -> int:
    keys = Batch.objects.filter(which, emptied_at=None).values_list("pk", flat=True)
    return sum(_empty(key, which, by) for key in keys.order_by("pk"))


@transaction.atomic
def _empty(key: int, which: Q, by: Actor) -> bool:
    rows = Batch.objects.select_for_update(of=("self",))
    # Asked again with the row locked: somebody may have gone on with it meanwhile.
    batch = rows.filter(which, pk=key, emptied_at=None).first()
    if batch is None:
        return False
    Change.objects.filter(batch=batch).delete()
    Row.objects.filter(batch=batch).delete()
    digest, batch.blob = batch.blob_id, None
    # A sentence may say what stood in a cell.
    batch.problem, batch.emptied_at = None, clock.now()
    if batch.state in WAITING:
        batch.state = State.DROPPED
    batch.version += 1
    batch.save(update_fields=["blob", "problem", "emptied_at", "state", "version"])
    if digest:
        _give_up(digest)
    enter(batch, "batch_emptied", by=by, fact=BatchEmptied)
    return True


def _give_up(digest: str) -> None:
    # Locked, so that whoever receives the same content in this moment keeps it.
    Blob.objects.select_for_update().filter(pk=digest).first()
    if not Batch.objects.filter(blob_id=digest).exists():
        blobs.doom(digest)
