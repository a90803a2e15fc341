"""The side of reading that stays: starts the child, waits, takes what it wrote."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tavolo.imports.errors import Unreadable
from tavolo.imports.reading.table import ReadRow, Table


def read_in_child(path: Path, *, name: str, sheet: str) -> Table:
    with tempfile.TemporaryDirectory(prefix="tavolo-reading-") as folder:
        out = Path(folder) / "rows.jsonl"
        subprocess.run(  # noqa: S603  our own interpreter and module
            [
                sys.executable,
                "-m",
                "tavolo.imports.reading",
                str(path.resolve()),
                str(out),
                name,
                sheet,
            ],
            check=False,
        )
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return _table(lines)


def _table(lines: list[Any]) -> Table:
    head, *rows = lines
    if "refused" in head:
        raise Unreadable(head["refused"], **head["values"])
    return Table(
        sheets=tuple(head["sheets"]),
        sheet=head["sheet"],
        headings=tuple(head["headings"]),
        rows=tuple(ReadRow(number, tuple(cells)) for number, cells in rows),
    )
