"""Walking a chain from its beginning, and saying in words where it breaks first."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tavolo.journal.chain import (
    GENESIS,
    INSTALLATION,
    SEALED,
    VALUES_ERASED,
    Sealed,
    commitment_to,
    link,
)
from tavolo.journal.choices import Fault
from tavolo.journal.heads import Head, UnreadableHeadError, read_head
from tavolo.journal.models import Entry, EntryValue, Seal
from tavolo.kernel.models import Network

BATCH = 2000
Placed = list[tuple[Seal, Sealed | None]]


@dataclass(frozen=True)
class Break:
    """Where a chain is not what it was. `other` is the network that an entry was moved to."""

    fault: Fault
    chain: str
    sequence: int | None = None
    entry: UUID | None = None
    other: str = ""
    count: int = 0
    kept: int = 0

    @property
    def sentence(self) -> str:
        """Which chain, which place, what is wrong, in the reader's language."""
        return str(self.fault.label) % {
            "chain": name_of(self.chain),
            "sequence": self.sequence,
            "entry": self.entry,
            "other": name_of(self.other),
            "count": self.count,
            "kept": self.kept,
            "file": f"journal/{self.chain}.json",
        }


def name_of(chain: str) -> str:
    """A chain in words: the word of the network's address, or the installation."""
    if chain == INSTALLATION:
        return _("the installation")
    network = next((net for net in Network.objects.iterator() if str(net.uid) == chain), None)
    return _("the network “%(name)s”") % {"name": network.slug if network else chain}


def breaks_of(chain: str, here: str) -> Iterator[Break]:
    """What is broken in one chain of the installation `here`."""
    try:
        head = read_head(chain)
    except UnreadableHeadError:
        head = Head(chain, 0, GENESIS, "")
    if head is None:
        yield Break(Fault.HEAD_MISSING, chain)
    elif (head.chain, head.installation) != (chain, here):
        yield Break(Fault.HEAD_FOREIGN, chain)
        head = None
    yield from Walk(chain, head).breaks()


class Walk:
    """One pass along a chain; `count` and `previous` are where it stands."""

    def __init__(self, chain: str, head: Head | None) -> None:
        self.chain, self.head = chain, head
        self.count, self.previous = 0, GENESIS
        self.values_told = False

    def breaks(self) -> Iterator[Break]:
        """The first lost values, and the first break, at which the walk ends."""
        for batch in placed(self.chain):
            for seal, entry in batch:
                fault = self._fault(seal, entry)
                if fault is not None:
                    yield self._break(fault, entry)
                    return
                self.count, self.previous = seal.sequence, seal.hash
            yield from self._lost_values(batch)
        if self.head is not None and self.head.count > self.count:
            yield Break(Fault.CUT, self.chain, count=self.count, kept=self.head.count)

    def _fault(self, seal: Seal, entry: Sealed | None) -> Fault | None:
        if seal.sequence != self.count + 1 or entry is None:
            return Fault.MISSING
        if seal.previous != self.previous:
            return self._stranger(seal, entry)
        if entry.chain != self.chain:
            return Fault.OTHER_NETWORK
        if link(self.previous, seal.sequence, entry) != seal.hash:
            return Fault.OUT_OF_ORDER if self._stands_elsewhere(seal) else Fault.CHANGED
        return Fault.REWRITTEN if self._misses_its_head(seal) else None

    def _misses_its_head(self, seal: Seal) -> bool:
        if self.head is None or self.head.count != seal.sequence:
            return False
        return self.head.hash != seal.hash

    def _stranger(self, seal: Seal, entry: Sealed) -> Fault:
        """It follows something else: what it followed stands in another place, or is gone."""
        if Seal.objects.filter(chain=self.chain, hash=seal.previous).exists():
            return Fault.OUT_OF_ORDER
        whole = link(seal.previous, seal.sequence, entry) == seal.hash
        return Fault.MISSING if whole else Fault.CHANGED

    def _stands_elsewhere(self, seal: Seal) -> bool:
        """Whether the entry that was sealed here is in the chain, in another place."""
        return any(
            entry is not None and link(self.previous, seal.sequence, entry) == seal.hash
            for batch in placed(self.chain)
            for _seal, entry in batch
        )

    def _lost_values(self, batch: Placed) -> Iterator[Break]:
        if self.values_told:
            return
        kept = {
            value.entry_id: commitment_to(value.text, value.salt)
            for value in EntryValue.objects.filter(
                entry_id__in=[seal.entry_id for seal, _e in batch]
            )
        }
        odd = [
            (seal, entry)
            for seal, entry in batch
            if entry is not None and kept.get(seal.entry_id, "") != entry.commitment
        ]
        erased = _erased([entry.uid for _seal, entry in odd])
        for seal, entry in odd:
            if seal.entry_id in kept or entry.uid not in erased:
                self.values_told = True
                changed = seal.entry_id in kept
                fault = Fault.VALUES_CHANGED if changed else Fault.VALUES_MISSING
                yield Break(fault, self.chain, seal.sequence, entry.uid)
                return

    def _break(self, fault: Fault, entry: Sealed | None) -> Break:
        return Break(
            fault,
            self.chain,
            self.count + 1,
            entry.uid if entry else None,
            other=entry.chain if entry else "",
        )


def placed(chain: str) -> Iterator[Placed]:
    """The seals of a chain in order, each with its entry (None where that is gone), in batches."""
    last = -1
    while True:
        seals = list(
            Seal.objects.filter(chain=chain, sequence__gt=last).order_by("sequence", "id")[:BATCH]
        )
        if not seals:
            return
        rows = Entry.objects.filter(id__in=[seal.entry_id for seal in seals])
        entries = {row[0]: Sealed(*row[1:]) for row in rows.values_list("id", *SEALED)}
        yield [(seal, entries.get(seal.entry_id)) for seal in seals]
        last = seals[-1].sequence


def _erased(uids: list[UUID]) -> set[UUID | None]:
    told = Entry.objects.filter(action=VALUES_ERASED, subject_uid__in=uids)
    return set(told.values_list("subject_uid", flat=True)) if uids else set()
