"""What can be found: a room says of its things what is public, for the index, and finds its own in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class Entry:
    """A public thing as the index holds it: nothing here that a stranger may not read on its page.

    `url` is the address in the language of the installation. `names` are those of today, `before`
    those that held before and are no more; `text` is further words. `place` is said under the
    title; `detail` is a key by which `Searchable.detail_words` says what it is; `ended` is the last day
    of what is no more. `province` and `municipality` are facets, as they are shown. `weight` (0 to
    1) orders equals: a whole municipality before a hamlet's association.
    """

    uid: UUID
    title: str
    url: str
    names: Sequence[str] = ()
    before: Sequence[str] = ()
    text: str = ""
    place: str = ""
    detail: str = ""
    ended: date | None = None
    province: str = ""
    municipality: str = ""
    weight: float = 0.5


@dataclass(frozen=True)
class Hit:
    """Something found in SQL, for whoever asked; `note` is said under the title."""

    uid: UUID
    title: str
    url: str
    note: str = ""


class Searchable(Protocol):
    """A kind of things that can be found; in the room's `search.py`.

    `key` is the kind in the interface for programs, `slug` in addresses of pages. `subjects` are
    the models, as `note_change` names them (label in small letters), whose changes touch its
    entries; none of a kind that is not public at all.
    """

    key: str
    slug: str
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

    def found(self, actor: Actor, words: str, /, *, limit: int) -> Sequence[Hit]:
        """What this actor may open, by SQL, the closest first, at most `limit`.

        For the command box; and for everybody, with an actor who is nobody, while there is no index.
        """
        ...

    def detail_words(self, detail: str, /) -> str:
        """What an entry of that `detail` is, in the reader's language; "" where its place says it."""
        ...


searchables: Registry[Searchable] = Registry("searchable")


def in_order() -> list[Searchable]:
    """The kinds as they are offered: by `order`."""
    return sorted(searchables, key=lambda searchable: searchable.order)


def public_kinds() -> list[Searchable]:
    """Those of which something is in the index: the others are for the command box alone."""
    return [searchable for searchable in in_order() if searchable.subjects]
