"""The child: `python -m tavolo.documents.intake FILE ORDER`, what may be kept on standard output.

Writes one line of JSON, then the content, if it is not the file's own. `ORDER` is JSON: the name,
and whether the author is to be taken out.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tavolo.documents.intake import limits
from tavolo.documents.intake.kinds import looked_at
from tavolo.documents.intake.names import fitting_name
from tavolo.documents.intake.refused import Refused
from tavolo.imports.reading.fence import fence_in


def main(file: str, order: str) -> None:
    fence_in(memory=limits.MEMORY_BYTES, seconds=limits.SECONDS, written=limits.FILE_BYTES * 2)
    head, content = _answer(Path(file).read_bytes(), json.loads(order))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)


def _answer(content: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    name = str(order["name"])
    try:
        found = looked_at(content, name, strip_author=bool(order["strip_author"]))
    except Refused as refused:
        return {"refused": refused.message, "values": refused.values}, b""
    except MemoryError:
        return {"stopped": "memory"}, b""
    except Exception as fault:  # noqa: BLE001  whatever it is, the parent says it in one sentence
        return {"stopped": type(fault).__name__}, b""
    same = found.content == content
    told = {
        "file_name": fitting_name(name, found.format),
        "media_type": found.format.media_type,
        "stripped": found.stripped,
        "signed": found.signed,
        "same": same,
        "size": len(found.content),
    }
    return told, b"" if same else found.content


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
