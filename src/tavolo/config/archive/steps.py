from collections.abc import Callable

Progress = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """Nobody looks on."""


class Steps:
    """Counts rows and files towards a total, and tells whoever looks on."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.done, self.total, self.progress = 0, total, progress
        progress(0, total)

    def add(self, count: int = 1) -> None:
        self.done += count
        self.progress(self.done, self.total)
