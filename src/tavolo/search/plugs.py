"""What can be found: a room says of its things what is public, for the index, and finds its own in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class Entry:
    """A public thing as the index holds it: nothing here that a stranger may not read on its page.

    `names` are all the names under which it is or was known, the present one first; `text` is
    further words. `place` is said under the title; `municipalities` are ISTAT codes for the
    facet. `weight` orders equals: a whole municipality before a hamlet's association.
    """

    uid: UUID
    kind: str
    title: str
    url: str
    names: Sequence[str] = ()
    text: str = ""
    place: str = ""
    note: str = ""
    municipalities: Sequence[str] = ()
    facets: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0


@dataclass(frozen=True)
class Hit:
    """Something found for somebody signed in."""

    uid: UUID
    kind: str
    title: str
    url: str
    note: str = ""


class Searchable(Protocol):
    """A kind of things that can be found; in the room's `search.py`.

    `subjects` are the models, as `note_change` names them (label in small letters), whose changes
    touch its entries.
    """

    key: str
    label: Sentence
    order: int
    subjects: Collection[str]

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        """What is public: of the things touched by the changed rows (uids by model), or all of it.

        Streams in batches, a constant number of queries a batch.
        """
        ...

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        """The uids of entries touched by the changed rows, whether they are still public or not."""
        ...

    def found(self, actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """For the command box: what this actor may open, by SQL, at most `limit`."""
        ...


searchables: Registry[Searchable] = Registry("searchable")
