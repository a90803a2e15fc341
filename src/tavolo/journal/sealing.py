"""The step that chains what was recorded: entries are pure inserts, seals give them their place."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Max

from tavolo.journal.chain import GENESIS, SEALED, Sealed, link
from tavolo.journal.heads import Head, UnreadableHeadError, alone, begin_head, read_head, write_head
from tavolo.journal.models import Entry, Seal
from tavolo.kernel.network import installation

BATCH = 1000
# How far behind the newest sealed entry a slow transaction's entry is looked for every minute.
REACH = 10_000
LOCK = 0x7461766F6C6F


def seal_waiting(*, thorough: bool) -> int:
    """Seal what is not sealed yet, in batches, and then move the heads; returns how many."""
    start, touched = _first_waiting(thorough=thorough), set[str]()
    sealed = 0
    while start is not None:
        batch = _seal_batch(start)
        sealed += len(batch)
        touched |= {entry.chain for _id, entry in batch}
        start = batch[-1][0] + 1 if len(batch) == BATCH else None
    moved = all_chains() if thorough else touched
    transaction.on_commit(lambda: move_heads(moved))
    return sealed


def all_chains() -> set[str]:
    """The chains that have a seal."""
    return set(Seal.objects.order_by("chain").values_list("chain", flat=True).distinct())


def move_heads(chains: Iterable[str]) -> None:
    """Write the head of each chain where the one that is kept lies on the same chain, behind it."""
    here = str(installation().uid)
    with alone():
        for chain in sorted(chains):
            last = Seal.objects.filter(chain=chain).order_by("-sequence").first()
            if last is not None and _lies_behind(chain, last.sequence, here):
                write_head(Head(chain, last.sequence, last.hash, here))


def _lies_behind(chain: str, sequence: int, here: str) -> bool:
    # A head that is lost, foreign or on another chain is left as it stands, for the check to name.
    try:
        head = read_head(chain)
    except UnreadableHeadError:
        return False
    if head is None or head.installation != here or head.count >= sequence:
        return False
    known = Seal.objects.filter(chain=chain, sequence=head.count).first()
    return head.count == 0 or (known is not None and known.hash == head.hash)


def _first_waiting(*, thorough: bool) -> int | None:
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    waiting = Entry.objects.filter(seal__isnull=True, id__gt=0 if thorough else newest - REACH)
    return waiting.order_by("id").values_list("id", flat=True).first()


def _seal_batch(start: int) -> list[tuple[int, Sealed]]:
    with transaction.atomic():
        _lock_chains()
        waiting = Entry.objects.filter(seal__isnull=True, id__gte=start).order_by("id")
        rows = waiting.values_list("id", *SEALED)[:BATCH]
        batch = [(row[0], Sealed(*row[1:])) for row in rows]
        Seal.objects.bulk_create(_seals(batch))
    return batch


def _seals(batch: list[tuple[int, Sealed]]) -> list[Seal]:
    ends: dict[str, tuple[int, str]] = {}
    seals = []
    for entry_id, entry in batch:
        chain = entry.chain
        sequence, previous = ends[chain] if chain in ends else _end_of(chain)
        seal = Seal(
            chain=chain,
            sequence=sequence + 1,
            entry_id=entry_id,
            previous=previous,
            hash=link(previous, sequence + 1, entry),
        )
        ends[chain] = (seal.sequence, seal.hash)
        seals.append(seal)
    return seals


def _end_of(chain: str) -> tuple[int, str]:
    last = Seal.objects.filter(chain=chain).order_by("-sequence").first()
    if last is None:
        begin_head(chain, str(installation().uid))
        return 0, GENESIS
    return last.sequence, last.hash


def _lock_chains() -> None:
    # Two sealers never fork a chain. On SQLite the immediate transaction is the lock.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
