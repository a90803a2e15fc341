"""What an actor finds: each kind asks its own tables what she may open."""

from collections.abc import Sequence
from dataclasses import dataclass

from tavolo.kernel.actor import Actor
from tavolo.kernel.text import search_key
from tavolo.search.plugs import Hit, Searchable, in_order

OF_A_KIND = 8


@dataclass(frozen=True)
class Group:
    """The closest of one kind."""

    searchable: Searchable
    hits: Sequence[Hit]


def found_by(actor: Actor, words: str, *, limit: int = OF_A_KIND) -> list[Group]:
    """What this actor may open, by kinds in their order; kinds of which nothing fits are left out.

    As many queries for 200 rows as for one.
    """
    if not search_key(words):
        return []
    groups = [Group(kind, kind.found(actor, words, limit=limit)) for kind in in_order()]
    return [group for group in groups if group.hits]
