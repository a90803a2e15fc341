"""The side of the intake that stays: starts the child, takes what it wrote, keeps it."""

import json
import logging
import signal
import tempfile
from typing import IO, Any, NoReturn

from tavolo.documents.errors import FileRefused
from tavolo.documents.intake import limits
from tavolo.documents.intake.names import shown_name
from tavolo.documents.intake.refused import (
    EMPTY,
    KEPT_AS_SIGNED,
    STOPPED,
    TOO_LARGE,
    TOO_MUCH_MEMORY,
    TOOK_ATTACHED,
    TOOK_AUTHOR,
    TOOK_METADATA,
    TOOK_SCRIPT,
    TOOK_SURPLUS,
    TOOK_TOO_LONG,
)
from tavolo.documents.intake.told import Checked, Kept, Upload
from tavolo.imports.reading.child import child_command, run_child
from tavolo.kernel import blobs

logger = logging.getLogger(__name__)

# The kernel counts the seconds of work; this is the clock on the wall, for a child that waits.
WALL_SECONDS: float = limits.SECONDS * 2
_LONGEST_NAME = 1000
REMARKS = {
    "metadata": TOOK_METADATA,
    "author": TOOK_AUTHOR,
    "script": TOOK_SCRIPT,
    "attached": TOOK_ATTACHED,
    "surplus": TOOK_SURPLUS,
}


def check_in_child(upload: Upload, *, strip_author: bool) -> Checked:
    """What the child found in the file; refuses with FileRefused."""
    shown = shown_name(upload.name)
    if not upload.content:
        raise FileRefused(EMPTY, name=shown)
    if len(upload.content) > limits.FILE_BYTES:
        raise FileRefused(TOO_LARGE, name=shown, limit=limits.FILE_BYTES // limits.MEGABYTE)
    order = {"name": upload.name[-_LONGEST_NAME:], "strip_author": strip_author}
    with tempfile.NamedTemporaryFile() as file, _scratch() as out, _scratch() as said:
        file.write(upload.content)
        file.flush()
        code, _cost = run_child(
            [*command(), file.name, json.dumps(order)],
            out,
            said,
            seconds=WALL_SECONDS,
            memory=limits.MEMORY_BYTES,
        )
        head, content = _answer(out) if code == 0 else ({}, b"")
        said.seek(0)
        crash = said.read()
    if "refused" in head:
        raise FileRefused(head["refused"], name=shown, **head["values"])
    if "media_type" not in head:
        _refuse_stopped(code, head, crash, shown)
    return _checked(head, upload.content if head["same"] else content)


def command() -> list[str]:
    return child_command(__package__)


def kept(told: Checked) -> Kept:
    """Keep the content of a checked file. Until a row points to it, it is on its way out again."""
    blob = blobs.store([told.content])
    blobs.doom(blob.digest)
    return Kept(
        told.file_name, told.media_type, blob.digest, blob.size, told.stripped, told.remarks
    )


def _scratch() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _answer(out: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    out.seek(0)
    try:
        head = json.loads(out.readline())
    except ValueError:
        return {}, b""
    content = out.read()
    whole = "size" not in head or head["same"] or head["size"] == len(content)
    return (head, content) if whole else ({}, b"")


def _refuse_stopped(code: int, head: dict[str, Any], crash: bytes, name: str) -> NoReturn:
    why = head.get("stopped", "")
    logger.warning("looking at a file broke off", extra={"status": why or code})
    if code in {-signal.SIGKILL, -signal.SIGXCPU}:
        raise FileRefused(TOOK_TOO_LONG, name=name, limit=limits.SECONDS)
    if why == "memory" or b"memory" in crash:
        raise FileRefused(TOO_MUCH_MEMORY, name=name)
    raise FileRefused(STOPPED, name=name)


def _checked(head: dict[str, Any], content: bytes) -> Checked:
    signed = bool(head["signed"]) and head["media_type"] != "message/rfc822"
    remarks = [REMARKS[key] for key in head["stripped"]] + [KEPT_AS_SIGNED] * signed
    return Checked(
        file_name=head["file_name"],
        media_type=head["media_type"],
        content=content,
        stripped=tuple(head["stripped"]),
        remarks=tuple(remarks),
        signed=signed,
    )
