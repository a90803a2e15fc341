"""Keeps a command running beside its parent: begun again where it dies, ended with the parent or by a signal.

    python -m tavolo.config.companion COMMAND [ARGUMENT …]

A small process of its own, because the server forks and must have no threads when it does.
"""

import os
import signal
import subprocess
import sys
from types import FrameType

from tavolo.config.stopping import StopSign

LOOK_EVERY = 0.25
AGAIN_AFTER = 1.0


class Companion:
    """`keep` returns when it was told to stop; the command has ended then."""

    def __init__(self, command: list[str], *, again_after: float = AGAIN_AFTER) -> None:
        self.command, self.again_after = command, again_after
        self.parent = os.getppid()
        self.over = StopSign()

    def keep(self) -> None:
        """Run the command until the parent is gone or a signal comes; begin it again where it dies."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        while not self.over.is_set():
            # In a session of its own: Ctrl-C comes here, and from here one signal goes on.
            child = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)
            self._watch(child)
            self.over.wait(self.again_after)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.over.set()

    def _watch(self, child: subprocess.Popen[bytes]) -> None:
        while child.poll() is None:
            if self.over.wait(LOOK_EVERY) or os.getppid() != self.parent:
                self.over.set()
                child.send_signal(signal.SIGTERM)
                child.wait()


if __name__ == "__main__":
    Companion(sys.argv[1:]).keep()
