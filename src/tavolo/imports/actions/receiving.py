"""A file comes in, or is put aside."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from django.db import transaction

from tavolo.imports.actions.common import enter, hold, kind_of, options_of, settle
from tavolo.imports.cells import storable
from tavolo.imports.choices import State
from tavolo.imports.errors import TooLarge
from tavolo.imports.facts import BatchDropped, FileReceived
from tavolo.imports.models import Batch
from tavolo.imports.plugs import ImportKind
from tavolo.imports.reading.limits import FILE_BYTES, MEGABYTE
from tavolo.imports.rules import may_import
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Blob, Network

LONGEST_NAME = 255


def receive_file(
    *,
    kind: str,
    name: str,
    chunks: Iterable[bytes],
    network: Network | None,
    options: Mapping[str, str],
    by: Actor,
) -> Batch:
    """Keep a file that somebody brought, as a batch that is still to be read (state RECEIVED).

    `options` are the texts given for the whole file, by key; others than the kind's are left out.
    Refuses with UnknownKind, NotAllowed, OptionsWrong, TooLarge.
    """
    what = kind_of(kind)
    if not may_import(by, what, network):
        raise NotAllowed
    kept = known_options(what, options)
    options_of(what, kept)
    # Outside the transaction: on SQLite nobody else writes while one is open.
    blob = blobs.store(_bounded(chunks))
    with transaction.atomic():
        # Where another batch has just given up the same content, it lives again.
        Blob.objects.filter(pk=blob.pk).update(doomed_at=None)
        now = clock.now()
        batch = Batch.objects.create(
            kind=kind,
            network=network,
            by=by.person,
            blob=blob,
            file_name=_fitting(name),
            options=kept,
            received_at=now,
            moved_at=now,
        )
        enter(batch, "file_received", by=by, fact=FileReceived, values={"file": blob.digest})
    return batch


@transaction.atomic
def drop_batch(*, batch: Batch, by: Actor, version: int | None = None) -> Batch:
    """Put a batch aside of which nothing was imported (state DROPPED). Its rows go after 90 days.

    Refuses with NotFound, StillUnderWay, ChangedMeanwhile, WrongState.
    """
    states = {State.RECEIVED, State.REFUSED, State.READ, State.CHECKED}
    batch = hold(batch, by=by, states=states, version=version)
    settle(batch, state=State.DROPPED)
    enter(batch, "batch_dropped", by=by, fact=BatchDropped)
    return batch


def known_options(kind: ImportKind, options: Mapping[str, str]) -> dict[str, str]:
    return {
        field.key: storable(str(options[field.key]))
        for field in kind.options
        if field.key in options
    }


def _bounded(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > FILE_BYTES:
            raise TooLarge(limit=FILE_BYTES // MEGABYTE)
        yield chunk


def _fitting(name: str) -> str:
    """The last part of a name, without what no database holds, and with its ending where it is long."""
    plain = storable(name.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "file"
    ending = PurePath(plain).suffix[:20]
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending)] + ending
