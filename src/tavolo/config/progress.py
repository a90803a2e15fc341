"""How far long work has come, for a person who waits."""

import sys
from collections.abc import Callable

BAR_WIDTH = 30

Progress = Callable[[int, int], None]


def progress(label: str) -> Progress:
    """A bar on stderr where a person looks on; silent in a pipe. Called with how many of how many."""

    def show(done: int, total: int) -> None:
        full = BAR_WIDTH * done // total if total else BAR_WIDTH
        end = "\n" if done >= total else ""
        bar = "█" * full + "·" * (BAR_WIDTH - full)
        print(f"\r{label} {bar} {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show if sys.stderr.isatty() else lambda _done, _total: None
