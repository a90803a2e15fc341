"""From the cells of a row to the values of its fields, with what is wrong in sentences."""

import json
import logging
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import CellFault, Fault, Field

logger = logging.getLogger("tavolo.imports")

MISSING = gettext_noop("This is missing, and every row needs it.")
NOT_UNDERSTOOD = gettext_noop("“%(said)s” could not be understood.")
# A fault names the cell; a novel in it would fill the page.
LONGEST_SAID, LONGEST_VALUE = 60, 300
HALVES = re.compile("[\ud800-\udfff]")

Faults = list[dict[str, Any]]


class Reading:
    """Reads rows with these fields in these columns."""

    def __init__(self, fields: Sequence[Field], columns: Mapping[str, int]) -> None:
        self.places = [(field, columns.get(field.key)) for field in fields]

    def read(self, cells: Sequence[str]) -> tuple[dict[str, Any], Faults]:
        """Values by field, None where a cell is empty, and the faults of the cells."""
        values: dict[str, Any] = {}
        faults: Faults = []
        for field, place in self.places:
            text = cells[place].strip() if place is not None and place < len(cells) else ""
            values[field.key] = read_text(field, text, faults)
        return values, faults


def read_texts(fields: Sequence[Field], texts: Mapping[str, str]) -> tuple[dict[str, Any], Faults]:
    """The same for options, which come by key."""
    faults: Faults = []
    values = {
        field.key: read_text(field, str(texts.get(field.key, "")).strip(), faults)
        for field in fields
    }
    return values, faults


def read_text(field: Field, text: str, faults: Faults) -> Any:
    """The value of a text; what is wrong with it is added to `faults`."""
    if not text:
        if field.required:
            faults.append({"field": field.key, "message": MISSING, "values": {}})
        return None
    try:
        return field.read(text)
    except CellFault as fault:
        faults.append(fault_of(Fault(fault.message, fault.values, field.key)))
    except Exception:
        # A reader that breaks on one cell must not hide the faults of all the others.
        logger.exception("a reader of cells failed")
        faults.append(fault_of(Fault(NOT_UNDERSTOOD, {"said": text[:LONGEST_SAID]}, field.key)))
    return None


def fault_of(fault: Fault) -> dict[str, Any]:
    """A fault as a row keeps it."""
    values = {name: _plain(value) for name, value in fault.values.items()}
    return {"field": fault.field, "message": fault.message, "values": values}


def storable(text: str) -> str:
    """A text that both databases take: what no database can hold is shown as a replacement."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    # Half of a surrogate pair is text for Python and for no database.
    return text if text.isascii() else HALVES.sub("\ufffd", text)


def as_json(value: Any) -> str:
    """Canonical text of what JSON can hold; a TypeError or ValueError for what it cannot."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, allow_nan=False)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return storable(text[:LONGEST_VALUE])
