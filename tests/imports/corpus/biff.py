"""Workbooks as Excel 97 wrote them: BIFF8 records in a compound file, as few as it takes."""

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file with these streams, each made long enough to stay out of the small ones."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % SECTOR)
        start, count = len(sectors), len(padded) // SECTOR
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        chain += [*range(start + 1, start + count), END]
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, start, len(padded), right=right))
    directory_at = len(sectors)
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    count = len(directory) // SECTOR
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    chain += [*range(directory_at + 1, directory_at + count), END]
    fat_at, fats = len(sectors), 1
    while (len(chain) + fats) * 4 > fats * SECTOR:
        fats += 1
    chain += [FAT] * fats
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, fats, directory_at, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(fat_at, fat_at + fats), *[FREE] * (109 - fats))
    return header + b"".join(sectors) + table


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE
) -> bytes:
    said = (name + "\0").encode("utf-16-le")
    return (
        said.ljust(64, b"\0")
        + struct.pack("<HBB", len(said), kind, 1)
        + struct.pack("<III", FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _long_text(said: str) -> bytes:
    coded = said.encode("utf-16-le")
    return struct.pack("<HB", len(coded) // 2, 1) + coded


def _short_text(said: str) -> bytes:
    coded = said.encode("utf-16-le")
    return struct.pack("<BB", len(coded) // 2, 1) + coded


def cell(row: int, column: int, value: object) -> bytes:
    """Text, numbers, truth; a tuple is (XF, number), a bytes value the ready-made record."""
    at = struct.pack("<HH", row, column)
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return record(0x0205, at + struct.pack("<HBB", 0, value, 0))
    if isinstance(value, tuple):
        return record(0x0203, at + struct.pack("<Hd", *value))
    if isinstance(value, int | float):
        return record(0x0203, at + struct.pack("<Hd", 0, value))
    return record(0x0204, at + struct.pack("<H", 0) + _long_text(str(value)))


def formula(row: int, column: int, value: float) -> bytes:
    """`=1+1` with a value kept from when it was worked out."""
    tokens = b"\x1e\x01\x00\x1e\x01\x00\x03"
    body = struct.pack("<HHHdHIH", row, column, 0, value, 0, 0, len(tokens)) + tokens
    return record(0x0006, body)


def error_cell(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def merged(first: int, last: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<5H", 1, first, last, left, right))


def sheet(rows: Sequence[Sequence[object]], *, extra: bytes = b"") -> bytes:
    cells = b"".join(
        cell(number, place, value)
        for number, row in enumerate(rows)
        for place, value in enumerate(row)
        if value is not None
    )
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    span = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    return begin + record(0x0200, span) + cells + extra + record(0x000A)


def globals_of(sheets: Sequence[tuple[str, int, bytes]], *, extra: bytes = b"") -> bytes:
    """The whole workbook stream; a sheet is its name, whether it hides (0, 1, 2), and its records."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0))
    formats = b"".join(
        record(0x00E0, struct.pack("<HH", 0, code) + bytes(16)) for code in (0, 14, 22)
    )
    head = begin + extra + record(0x0042, struct.pack("<H", 1200)) + formats
    lengths = sum(4 + 6 + len(_short_text(name)) for name, _hidden, _records in sheets)
    at = len(head) + lengths + 4
    listed = b""
    for name, hidden, records in sheets:
        listed += record(0x0085, struct.pack("<IBB", at, hidden, 0) + _short_text(name))
        at += len(records)
    return head + listed + record(0x000A) + b"".join(records for _n, _h, records in sheets)


def xls(rows: Sequence[Sequence[object]], *, extra: bytes = b"") -> bytes:
    return compound({"Workbook": globals_of([("Foglio1", 0, sheet(rows, extra=extra))])})
