"""How a process is started that reads what anybody may have brought: `documents` reads so too (0027)."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import tavolo
from tavolo.imports.reading.table import Cost


def child_command(package: str) -> list[str]:
    """How a package of ours is started: with nothing on its path but what is installed, and us."""
    return [sys.executable, "-P", "-m", package]


def run_child(
    command: list[str], out: IO[bytes], said: IO[bytes], *, seconds: float, memory: int
) -> tuple[int, Cost]:
    """Let it run for so long; returns how it ended and what it took. It knows nothing of our environment.

    `memory` is what it may address, in bytes.
    """
    child = subprocess.Popen(  # noqa: S603  our own interpreter and module
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=said,
        cwd="/",
        env={"PYTHONPATH": str(Path(tavolo.__file__).parents[1]), "PYTHONUTF8": "1"},
    )
    with _killed_after(seconds, child):
        # Without taking it away yet: its number must stay its own while it may still be killed.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # A new process inherits the peak of its parent here; its own lies within what it may address.
    peak = min(used.ru_maxrss * 1024, memory)
    return child.returncode, Cost(used.ru_utime + used.ru_stime, peak)


@contextmanager
def _killed_after(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[None]:
    clock = threading.Timer(seconds, os.kill, (child.pid, signal.SIGKILL))
    clock.start()
    try:
        yield
    except BaseException:
        # Whoever stops waiting leaves nobody behind.
        child.kill()
        child.wait()
        raise
    finally:
        clock.cancel()
        clock.join()
