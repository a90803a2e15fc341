"""Reading in this process, where a child for each of a thousand files would take its time."""

from pathlib import Path

from tavolo.imports.reading.grids import Found, find_table
from tavolo.imports.reading.kinds import open_book


def read_here(content: bytes, folder: Path) -> Found:
    """As the child reads, in this process."""
    path = folder / "written"
    path.write_bytes(content)
    book = open_book(path)
    return find_table(book.grid(book.sheets[0].name))
