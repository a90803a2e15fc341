"""What the child may not do, whatever a file makes it: grow, run on, reach out, start anything."""

import os
import sys
import time
from pathlib import Path

from tavolo.imports.reading import limits
from tavolo.imports.reading.table import Cost

try:
    import resource
except ImportError:  # no such thing on this system: the parent's clock remains
    resource = None  # type: ignore[assignment]

_FORBIDDEN = ("os.", "socket.", "subprocess.", "ctypes.", "shutil.", "urllib.", "http.", "pty.")
# Looking for modules lists folders.
_ALLOWED = {"os.listdir", "os.scandir"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Fenced(Exception):  # noqa: N818  what was stopped, not a fault to repair
    pass


def fence_in(
    *,
    memory: int = 0,
    seconds: int = 0,
    written: int = 0,
) -> None:
    """Set the limits of this process, and stop what a reader of files has no business with.

    `memory` and `written` are bytes, `seconds` those of work; those of a table where nothing is said.
    """
    if resource:
        _limit(resource.RLIMIT_AS, memory or limits.MEMORY_BYTES)
        _limit(resource.RLIMIT_CPU, seconds or limits.SECONDS, afterwards=1)
        _limit(resource.RLIMIT_FSIZE, written or limits.TABLE_BYTES * 2)
        _limit(resource.RLIMIT_NOFILE, limits.OPEN_FILES)
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_NPROC, 0)
    # Modules that come later are not kept compiled: that would be writing.
    sys.dont_write_bytecode = True
    sys.addaudithook(_stop)


def _limit(what: int, most: int, *, afterwards: int = 0) -> None:
    """`afterwards`: how much more until the process is killed without a word."""
    _soft, hard = resource.getrlimit(what)
    most, last = (
        told if hard == resource.RLIM_INFINITY else min(told, hard)
        for told in (most, most + afterwards)
    )
    resource.setrlimit(what, (most, last))


def _stop(event: str, args: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN) and event not in _ALLOWED:
        raise Fenced(event)
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITING:
        raise Fenced(event)


def cost() -> Cost:
    """What this process took so far."""
    return Cost(time.process_time(), _peak_bytes())


def _peak_bytes() -> int:
    # A new process inherits the peak of its parent in getrusage; Linux says its own here.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 if resource else 0
