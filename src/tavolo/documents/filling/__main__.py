"""The child: `python -m tavolo.documents.filling FILE DATA`, the filled file on standard output.

Writes one line of JSON, then the content. DATA is a file of JSON; where it holds null the fields are
told and nothing is filled.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tavolo.documents.filling.formats import LAYOUTS
from tavolo.documents.filling.told import FILLED_BYTES, MEMORY_BYTES, SECONDS, Named
from tavolo.documents.filling.writing import Data, Part, TooMuch, TwoLists
from tavolo.documents.intake.packages import office_file
from tavolo.documents.intake.refused import UNKNOWN, Refused
from tavolo.imports.reading.fence import fence_in

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BEGINS = b"PK\x03\x04"


def main(file: str, data: str) -> None:
    fence_in(memory=MEMORY_BYTES, seconds=SECONDS, written=FILLED_BYTES)
    head, content = answer(Path(file).read_bytes(), json.loads(Path(data).read_bytes()))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)


def answer(template: bytes, data: Data | None) -> tuple[dict[str, Any], bytes]:
    """What is told of it in JSON, and the filled file."""
    try:
        return _answer(template, data)
    except Refused as refused:
        return {"refused": refused.message, "values": refused.values}, b""
    except TwoLists as fault:
        return {"two_lists": str(fault)}, b""
    except TooMuch:
        return {"too_much": True}, b""
    except MemoryError:
        return {"stopped": "memory"}, b""
    except Exception as fault:  # noqa: BLE001  whatever it is, the parent says it in one sentence
        return {"stopped": type(fault).__name__}, b""


def _answer(template: bytes, data: Data | None) -> tuple[dict[str, Any], bytes]:
    if not template.startswith(_BEGINS):
        raise Refused(UNKNOWN)
    found = office_file(template, strip_author=False)
    layout = LAYOUTS.get(found.format.endings[0].lstrip("."))
    if layout is None:
        raise Refused(UNKNOWN)
    with zipfile.ZipFile(io.BytesIO(found.content)) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    texts = {name: Part(parts[name], layout) for name in layout.parts(list(parts))}
    named = [each for part in texts.values() for each in part.named()]
    told = {"fields": [asdict(each) for each in named], "media_type": found.format.media_type}
    if data is None:
        return told, b""
    unknown = [asdict(each) for each in _unknown(named, data)]
    if unknown:
        return {"unknown": unknown}, b""
    for name, part in texts.items():
        part.fill(data)
        parts[name] = part.written()
    return {**told, "ending": layout.ending}, _packed(parts)


def _unknown(named: list[Named], data: Data) -> Iterator[Named]:
    """Those that the data do not know; of an empty list nobody knows what its entries have."""
    for each in named:
        name, _dot, key = each.field.partition(".")
        value = data.get(name)
        known = isinstance(value, str) if not key else _has(value, key)
        if not known:
            yield each


def _has(value: Any, key: str) -> bool:
    return isinstance(value, list) and all(key in entry for entry in value)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            # What an ODF file is stands first in it, as it is.
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, stored)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
