"""OLE compound files: which streams they hold, and one of them whole. Loops end, whatever the file says."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tavolo.imports.reading.refused import DAMAGED, Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
_ENTRY = 128
_HEADER_FATS = 109
# Sectors of 512 or 4096 bytes, small ones of 64: exponents of 2.
_SECTORS, _SMALL_SECTOR = {9, 12}, 6


@dataclass(frozen=True)
class _Entry:
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a file by name, storages among them."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as fault:
            raise Refused(DAMAGED) from fault

    def _open(self) -> None:
        shift, small_shift = struct.unpack_from("<HH", self._data, 30)
        if shift not in _SECTORS or small_shift != _SMALL_SECTOR:
            raise Refused(DAMAGED)
        self._sector = 1 << shift
        directory, self._small_below, small, _count, more = struct.unpack_from(
            "<I4xIIII", self._data, 48
        )
        self._fat = self._numbers(self._fat_sectors(more))
        self.entries = dict(self._entries(b"".join(self._chain(directory))))
        self._small_fat = self._numbers(self._places(small, self._fat))

    def _fat_sectors(self, more: int) -> Iterator[int]:
        yield from struct.unpack_from(f"<{_HEADER_FATS}I", self._data, 76)
        seen = 0
        while more < _LAST and seen < len(self._data) // self._sector:
            *told, more = struct.unpack(f"<{self._sector // 4}I", self._at(more))
            seen += 1
            yield from told

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        joined = b"".join(self._at(place) for place in sectors if place < _LAST)
        return list(struct.unpack(f"<{len(joined) // 4}I", joined))

    def _at(self, place: int) -> bytes:
        found = self._data[(place + 1) * self._sector : (place + 2) * self._sector]
        if len(found) != self._sector:
            raise Refused(DAMAGED)
        return found

    def _places(self, start: int, table: list[int]) -> Iterator[int]:
        steps = 0
        while start < _LAST:
            steps += 1
            if steps > len(table) or start >= len(table):
                raise Refused(DAMAGED)
            yield start
            start = table[start]

    def _chain(self, start: int) -> Iterator[bytes]:
        return (self._at(place) for place in self._places(start, self._fat))

    def _entries(self, directory: bytes) -> Iterator[tuple[str, _Entry]]:
        for at in range(0, len(directory), _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind:
                name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
                yield name, _Entry(kind, start, size)

    def stream(self, name: str) -> bytes:
        entry = self.entries[name]
        if entry.size >= self._small_below:
            return b"".join(self._chain(entry.start))[: entry.size]
        root = next(iter(self.entries.values()))
        small = b"".join(self._chain(root.start))
        pieces = (
            small[at * 64 : at * 64 + 64] for at in self._places(entry.start, self._small_fat)
        )
        return b"".join(pieces)[: entry.size]
