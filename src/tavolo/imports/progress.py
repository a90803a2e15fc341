"""How far long work has come, told in a file: while one transaction runs, SQLite takes no other row.

A file that is missing says nothing, and nothing depends on it.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps; a total of 0 means that nothing is known, or that nothing runs."""

    done: int = 0
    total: int = 0


def path_of(batch: UUID) -> Path:
    return Path(settings.TAVOLO_HOME) / "progress" / f"{batch}.json"


def told_of(batch: UUID) -> Progress:
    """What was told last, Progress(0, 0) where nothing is there or it cannot be read."""
    try:
        done, total = json.loads(path_of(batch).read_text(encoding="ascii"))
        return Progress(int(done), int(total))
    except (OSError, ValueError, TypeError):
        return Progress()


_listener: ContextVar[Callable[[int, int], None]] = ContextVar("listener")


@contextmanager
def listening(listener: Callable[[int, int], None]) -> Iterator[None]:
    """Tell the steps of what is done here and now to `listener` too, as a command does for its terminal."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


class Teller:
    """Tells the steps of one work that has so many `phases`, each of which counts for the same."""

    def __init__(self, batch: UUID, phases: int) -> None:
        self.batch, self.phases = batch, phases
        self.phase, self.percent = 0, -1

    def __call__(self, done: int, total: int) -> None:
        """So many of the steps of this phase are done."""
        part = done / total if total else 1.0
        self._say(int(100 * (self.phase + min(max(part, 0.0), 1.0)) / self.phases))

    def next(self) -> None:
        """Go on to the phase after this."""
        self.phase = min(self.phase + 1, self.phases)
        self._say(100 * self.phase // self.phases)

    def _say(self, percent: int) -> None:
        # A file for each step would cost more than the step.
        if percent <= self.percent:
            return
        self.percent = percent
        _listener.get(_nobody)(percent, 100)
        with suppress(OSError):
            _put(path_of(self.batch), json.dumps([percent, 100]))


@contextmanager
def telling(batch: UUID, *, phases: int) -> Iterator[Teller]:
    """Tell while the work lasts; the file goes with its end."""
    teller = Teller(batch, phases)
    teller(0, 1)
    try:
        yield teller
    finally:
        with suppress(OSError):
            path_of(batch).unlink(missing_ok=True)


def _nobody(_done: int, _total: int) -> None:
    """Who listens where nobody does."""


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(text, encoding="ascii")
    draft.replace(path)
