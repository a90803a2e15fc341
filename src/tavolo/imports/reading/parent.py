"""The side of reading that stays: starts the child, waits for it, takes what it wrote."""

import json
import logging
import signal
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

from django.utils.translation import gettext_noop

from tavolo.imports.errors import Unreadable
from tavolo.imports.reading import limits
from tavolo.imports.reading.child import child_command, run_child
from tavolo.imports.reading.names import shown_name
from tavolo.imports.reading.table import Cost, ReadRow, Remark, Table

logger = logging.getLogger(__name__)

TOO_LARGE = gettext_noop("“%(name)s” is larger than %(limit)s MB. Divide it into several files.")
TOOK_TOO_LONG = gettext_noop(
    "Reading “%(name)s” took longer than %(limit)s seconds and was given up. "
    "Keep only what is needed, or divide it into several files."
)
TOO_MUCH_MEMORY = gettext_noop(
    "“%(name)s” needs more than %(limit)s MB of memory and was given up. "
    "Keep only what is needed, or divide it into several files."
)
STOPPED = gettext_noop(
    "Reading “%(name)s” broke off: something in the file is not as it should be. "
    "Open it in a spreadsheet program, save it as XLSX or ODS and bring it again."
)

_LONGEST_SHEET = 1000
# The kernel counts the seconds of work; this is the clock on the wall, for a child that waits.
WALL_SECONDS: float = limits.SECONDS


def read_in_child(path: Path, *, name: str, sheet: str) -> Table:
    values = {"name": shown_name(name)}
    if path.stat().st_size > limits.FILE_BYTES:
        raise Unreadable(TOO_LARGE, limit=limits.FILE_BYTES // limits.MEGABYTE, **values)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        code, spent = _run(path, sheet, out, said)
        lines = _lines(out) if code == 0 else []
        if not lines or "stopped" in lines[0]:
            said.seek(0)
            _refuse_stopped(code, spent, lines, said.read(), values)
    return _table(lines, values)


def _lines(out: IO[bytes]) -> list[Any]:
    """What the child wrote; nothing where it did not come to its end."""
    out.seek(0)
    try:
        lines = [json.loads(line) for line in out]
    except ValueError:
        return []
    return lines if lines and "end" in lines[-1] else []


def command() -> list[str]:
    """How the child is started: with nothing on its path but what is installed, and us."""
    return child_command(__package__)


def _run(path: Path, sheet: str, out: IO[bytes], said: IO[bytes]) -> tuple[int, Cost]:
    """Let the child read; returns how it ended and what it took."""
    # As JSON, since the name of a sheet may hold what no argument may.
    line = [*command(), str(path.resolve()), json.dumps(sheet[:_LONGEST_SHEET])]
    return run_child(line, out, said, seconds=WALL_SECONDS, memory=limits.MEMORY_BYTES)


def _refuse_stopped(
    code: int, spent: Cost, lines: list[Any], said: bytes, values: Mapping[str, Any]
) -> NoReturn:
    why = lines[0]["stopped"] if lines else ""
    logger.warning("reading a file broke off", extra={"status": why or code})
    # SIGKILL is our own clock; the kernel's comes as SIGXCPU.
    if code in {-signal.SIGKILL, -signal.SIGXCPU}:
        refusal = Unreadable(TOOK_TOO_LONG, limit=limits.SECONDS, **values)
    elif why == "memory" or b"memory allocation" in said:
        refusal = Unreadable(
            TOO_MUCH_MEMORY, limit=limits.MEMORY_BYTES // limits.MEGABYTE, **values
        )
    else:
        refusal = Unreadable(STOPPED, **values)
    refusal.cost = spent
    raise refusal


def _table(lines: list[Any], values: Mapping[str, Any]) -> Table:
    head, *rows, end = lines
    cost = Cost(**end["end"])
    if "refused" in head:
        refusal = Unreadable(head["refused"], **values | head["values"])
        refusal.cost = cost
        raise refusal
    return Table(
        sheets=tuple(head["sheets"]),
        sheet=head["sheet"],
        headings=tuple(head["headings"]),
        rows=tuple(ReadRow(number, tuple(cells)) for number, cells in rows),
        remarks=tuple(Remark(message, filled) for message, filled in head["remarks"]),
        heading_row=head["heading_row"],
        cost=cost,
    )
