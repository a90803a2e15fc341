"""What is written together with a fact because it rests on it: nothing stands on what is no more."""

from collections.abc import Callable
from typing import Any

from tavolo.kernel.dated import Recorded

# The rows that a model's change brings with it: from what was, what is, and what follows it.
FOLLOWERS: dict[type[Recorded], Callable[[Any, Any, Any], list[Recorded]]] = {}


def follow(
    was: Recorded, now: Recorded | None, *, followed_by: Recorded | None = None
) -> list[Recorded]:
    """Write what rests on a fact that ended, was corrected, changed or withdrawn; gives what was written.

    `was` is the row that was superseded, `now` the one in its place under the same uid (None: it
    was withdrawn), `followed_by` the fact of another uid that begins where a changed one ends.
    """
    follower = FOLLOWERS.get(type(was))
    return follower(was, now, followed_by) if follower else []


def follow_change(was: Recorded, followed_by: Recorded) -> list[Recorded]:
    """Write what rests on a fact that was changed from a day; gives what was written."""
    if type(was) not in FOLLOWERS:
        return []
    now = type(was)._base_manager.get(uid=was.uid, superseded_at__isnull=True)
    return follow(was, now, followed_by=followed_by)
