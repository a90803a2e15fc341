"""The side of filling that stays: starts the child, takes what it wrote, says what was refused."""

import json
import logging
import tempfile
import unicodedata
from collections.abc import Mapping
from typing import IO, Any

from tavolo.documents.errors import FieldsNotFitting, FileRefused, ListsWithinLists, UnknownFields
from tavolo.documents.filling.told import (
    FILLED_BYTES,
    ITEMS,
    MEGABYTE,
    MEMORY_BYTES,
    SECONDS,
    Filled,
    Named,
)
from tavolo.documents.intake.names import shown_name
from tavolo.documents.intake.refused import EMPTY, STOPPED, TOO_LARGE
from tavolo.imports.reading.child import child_command, run_child

logger = logging.getLogger(__name__)

# The kernel counts the seconds of work; this is the clock on the wall, for a child that waits.
WALL_SECONDS: float = SECONDS * 2
TEMPLATE_BYTES = 10 * MEGABYTE
DATA_BYTES = 4 * MEGABYTE


def filled(template: bytes, data: Mapping[str, Any], *, name: str) -> Filled:
    head, content = _asked(template, _fitting(data), name)
    if len(content) > FILLED_BYTES:
        raise FieldsNotFitting
    return Filled(content, head["media_type"], head["ending"])


def named(template: bytes, *, name: str) -> tuple[Named, ...]:
    head, _content = _asked(template, None, name)
    return tuple(Named(**each) for each in head["fields"])


def _asked(template: bytes, data: Any, name: str) -> tuple[dict[str, Any], bytes]:
    shown = shown_name(name)
    if not template:
        raise FileRefused(EMPTY, name=shown)
    if len(template) > TEMPLATE_BYTES:
        raise FileRefused(TOO_LARGE, name=shown, limit=TEMPLATE_BYTES // MEGABYTE)
    head, content = _told(template, json.dumps(data).encode())
    if "refused" in head:
        raise FileRefused(head["refused"], name=shown, **head["values"])
    if "unknown" in head:
        raise UnknownFields([Named(**each) for each in head["unknown"]])
    if "two_lists" in head:
        raise ListsWithinLists(head["two_lists"])
    if "too_much" in head:
        raise FieldsNotFitting
    if "fields" not in head:
        logger.warning("filling a template broke off", extra={"status": head.get("stopped", "")})
        raise FileRefused(STOPPED, name=shown)
    return head, content


def _told(template: bytes, data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child wrote; nothing where it did not come to its end."""
    with tempfile.NamedTemporaryFile() as file, tempfile.NamedTemporaryFile() as words:
        for each, content in ((file, template), (words, data)):
            each.write(content)
            each.flush()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            code, _cost = run_child(
                [*child_command("tavolo.documents.filling"), file.name, words.name],
                out,
                said,
                seconds=WALL_SECONDS,
                memory=MEMORY_BYTES,
            )
            return _read(out) if code == 0 else ({"stopped": code}, b"")


def _read(out: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    out.seek(0)
    head: dict[str, Any] = json.loads(out.readline())
    return head, out.read()


def _fitting(data: Mapping[str, Any]) -> dict[str, Any]:
    """Texts, and lists of entries of texts. Refuses with FieldsNotFitting what is too much."""
    fitting = {
        str(key): [_entry(entry) for entry in value]
        if isinstance(value, list | tuple)
        else _text(value)
        for key, value in data.items()
    }
    too_long = any(isinstance(value, list) and len(value) > ITEMS for value in fitting.values())
    if too_long or len(json.dumps(fitting)) > DATA_BYTES:
        raise FieldsNotFitting
    return fitting


def _entry(entry: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): _text(value) for key, value in entry.items()}


def _text(value: object) -> str:
    """As text that a file of XML can hold, with its line breaks."""
    lines = ("" if value is None else str(value)).splitlines()
    return "\n".join(
        "".join(
            sign if unicodedata.category(sign)[0] != "C" else " " * (sign == "\t") for sign in line
        )
        for line in lines
    )
