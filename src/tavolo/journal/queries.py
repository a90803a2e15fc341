"""What stands in the journal, and whether it still stands as it was written."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from tavolo.journal import heads
from tavolo.journal.chain import GENESIS
from tavolo.journal.heads import Head
from tavolo.journal.models import Entry, EntryValue, Seal
from tavolo.journal.sealing import all_chains
from tavolo.journal.verification import Break, Walk, breaks_of
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.kernel.text import Trace, mentions

__all__ = [
    "Break",
    "breaks",
    "breaks_in",
    "end_of",
    "entries_by",
    "entries_naming",
    "entries_of",
    "latest",
]


def entries_of(subject: Model) -> QuerySet[Entry]:
    """What was done to one row (with a `uid`), newest first, with its values."""
    told = Entry.objects.filter(
        subject_uid=subject.uid,  # type: ignore[attr-defined]
        subject_kind=subject._meta.label_lower,
    )
    return told.select_related("kept", "network").order_by("-id")


def entries_by(person: UUID) -> QuerySet[Entry]:
    """What somebody did, herself or in another's place, and what another did in hers."""
    return Entry.objects.filter(Q(actor=str(person)) | Q(acting_for=str(person)))


def entries_naming(traces: Sequence[Trace]) -> QuerySet[Entry]:
    """Those whose values, as far as they are kept, hold one of the traces."""
    return Entry.objects.filter(pk__in=EntryValue.objects.filter(mentions("text", traces)))


def latest(network: Network | None, *, limit: int = 50) -> QuerySet[Entry]:
    """The newest entries of a network (of the installation with None), with their values."""
    told = Entry.objects.filter(network=network).select_related("kept", "network")
    return told.order_by("-id")[:limit]


def breaks() -> list[Break]:
    """What is broken, at most three a chain: its head, its first entry, its first lost values.

    An empty list where all is as it was written. Chains are those with seals and those with a head.
    Reads in batches, so that memory does not grow with the journal. What is not sealed yet is not
    looked at: seal first (`actions.seal`).
    """
    here = str(installation().uid)
    every = sorted(all_chains() | set(heads.chains()))
    return [found for chain in every for found in breaks_of(chain, here)]


def end_of(network: Network) -> tuple[int, str]:
    """How many entries of a network are sealed, and the hash of the last."""
    last = Seal.objects.filter(chain=str(network.uid)).order_by("-sequence").first()
    return (last.sequence, last.hash) if last else (0, GENESIS)


def breaks_in(network: Network, end: tuple[int, str] | None = None) -> list[Break]:
    """What is broken in the chain of one network, held to `end`: without it, to the head that is kept."""
    chain, here = str(network.uid), str(installation().uid)
    if end is None:
        return list(breaks_of(chain, here))
    return list(Walk(chain, Head(chain, *end, here)).breaks())
