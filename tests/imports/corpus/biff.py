"""Workbooks as Excel 97 wrote them: BIFF8 records in a compound file, as few as it takes."""

import struct
from collections.abc import Mapping, Sequence

SECTOR, SMALL, CUTOFF, HEADER_FATS = 512, 64, 4096, 109
END, FREE, FAT, MORE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFC


def compound(streams: Mapping[str, bytes], *, small: bool = False) -> bytes:
    """An OLE compound file with these streams.

    Streams below 4096 bytes go among the small ones, or are made long enough where `small` is not.
    """
    least = 1 if small else CUTOFF
    entries: list[bytes] = []
    sectors: list[bytes] = []
    chain: list[int] = []
    small_stream, small_chain = b"", []
    for number, (name, told) in enumerate(streams.items(), 1):
        right = number + 1 if number < len(streams) else FREE
        size = max(len(told), least)
        content = told.ljust(size, b"\0")
        if size < CUTOFF:
            start = len(small_chain)
            small_stream += _filled(content, SMALL)
            small_chain += [*range(start + 1, len(small_stream) // SMALL), END]
        else:
            start = _add(sectors, chain, content)
        entries.append(_entry(name, 2, start, size, right=right))
    root = _add(sectors, chain, small_stream) if small_stream else END
    entries.insert(0, _entry("Root Entry", 5, root, len(small_stream), child=1))
    directory_at = _add(sectors, chain, b"".join(entries))
    small_at = _add(sectors, chain, _numbers(small_chain)) if small_chain else END
    return _with_table(sectors, chain, directory_at, small_at)


def _add(sectors: list[bytes], chain: list[int], content: bytes) -> int:
    """Lay a content into sectors of its own; returns the first."""
    start, filled = len(sectors), _filled(content, SECTOR)
    sectors += [filled[at : at + SECTOR] for at in range(0, len(filled), SECTOR)]
    chain += [*range(start + 1, len(sectors)), END]
    return start


def _filled(content: bytes, unit: int) -> bytes:
    return content + b"\0" * (-len(content) % unit)


def _numbers(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers).ljust(
        -(-len(numbers) // 128) * SECTOR, b"\xff"
    )


def _with_table(sectors: list[bytes], chain: list[int], directory_at: int, small_at: int) -> bytes:
    """The header, the sectors, the table of their chains, and where the header is too short, its rest."""
    fats = more = 0
    while (len(chain) + fats + more) * 4 > fats * SECTOR:
        fats += 1
        more = max(-(-(fats - HEADER_FATS) // 127), 0)
    fat_at = len(sectors)
    more_at = fat_at + fats
    table = _numbers([*chain, *[FAT] * fats, *[MORE] * more])
    listed = [*range(fat_at, fat_at + fats)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    smalls = 0 if small_at == END else 1
    header += struct.pack(
        "<9I", 0, fats, directory_at, 0, CUTOFF, small_at, smalls, more_at if more else END, more
    )
    header += struct.pack("<109I", *(listed + [FREE] * HEADER_FATS)[:HEADER_FATS])
    rest, tail = listed[HEADER_FATS:], b""
    for number in range(more):
        last = more_at + number + 1 if number + 1 < more else END
        told = (rest[number * 127 : (number + 1) * 127] + [FREE] * 127)[:127]
        tail += struct.pack("<128I", *told, last)
    return header + b"".join(sectors) + table + tail


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


def failed_formula(row: int, column: int, code: int) -> bytes:
    """`=1/0`: the result is an error."""
    result = struct.pack("<BBB3xH", 2, 0, code, 0xFFFF)
    body = struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0)
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
