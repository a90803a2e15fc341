"""The child: `python -m tavolo.imports.reading FILE OUT NAME SHEET`."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import python_calamine


def main(file: str, out: str, _name: str, sheet: str) -> None:
    sheets, sheet, rows = _rows(Path(file), sheet)
    filled = [(n, [_text(c) for c in row]) for n, row in enumerate(rows, 1) if any(row)]
    width = max((len(row) for _n, row in filled), default=0)
    with Path(out).open("w", encoding="utf-8") as stream:
        if not filled:
            lines: list[Any] = [{"refused": "The file holds no table.", "values": {}}]
        else:
            head = filled[0][1]
            lines = [
                {"sheets": sheets, "sheet": sheet, "headings": head + [""] * (width - len(head))},
                *[[n, row + [""] * (width - len(row))] for n, row in filled[1:]],
            ]
        stream.writelines(json.dumps(line) + "\n" for line in lines)


def _rows(path: Path, sheet: str) -> tuple[list[str], str, list[list[Any]]]:
    if path.open("rb").read(2) == b"PK":
        book = python_calamine.load_workbook(str(path))
        sheet = sheet or book.sheet_names[0]
        return (
            book.sheet_names,
            sheet,
            book.get_sheet_by_name(sheet).to_python(skip_empty_area=False),
        )
    text = path.read_bytes().decode("utf-8-sig")
    separator = max(";,\t|", key=text.split("\n", 1)[0].count)
    return [], "", list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:5])
