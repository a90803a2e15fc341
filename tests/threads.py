"""Two people at the same moment: threads with connections of their own, as in the server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

R = TypeVar("R")


def together(*acts: Callable[[], R]) -> list[R | Exception]:
    """Run every act in a thread of its own, all beginning at once; what each gave or raised, in order."""
    start = Barrier(len(acts), timeout=30)

    def run(act: Callable[[], R]) -> R | Exception:
        try:
            start.wait()
            return act()
        except Exception as fault:  # noqa: BLE001  a test looks at what was raised
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
