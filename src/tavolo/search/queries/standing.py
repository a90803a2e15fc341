"""How the index stands."""

from dataclasses import dataclass
from datetime import timedelta

from tavolo.kernel import clock
from tavolo.search.index import shelf
from tavolo.search.outbox import unread

# A worker that is there reads them within seconds.
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Standing:
    """Whether there is an index of this version, and how many changes it has not read; `late`: for minutes."""

    built: bool
    behind: int = 0
    late: bool = False


def standing() -> Standing:
    """One query where there is an index, none where there is none."""
    path = shelf.current()
    state = shelf.state_of(path) if path else None
    if state is None:
        return Standing(built=False)
    changes = unread(state)
    late = any(change.at < clock.now() - LATE for change in changes)
    return Standing(built=True, behind=len(changes), late=late)
