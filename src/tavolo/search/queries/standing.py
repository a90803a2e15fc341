"""How the index stands."""

from dataclasses import dataclass

from tavolo.search.index import shelf
from tavolo.search.outbox import unread


@dataclass(frozen=True)
class Standing:
    """Whether there is an index of this version, and how many changes it has not read yet."""

    built: bool
    behind: int = 0


def standing() -> Standing:
    """One query where there is an index, none where there is none."""
    path = shelf.current()
    state = shelf.state_of(path) if path else None
    return Standing(built=True, behind=len(unread(state))) if state else Standing(built=False)
