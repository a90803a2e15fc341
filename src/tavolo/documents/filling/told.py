"""What comes out of filling, and how far it may go: plain values, without Django."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
SECONDS = 20
MEMORY_BYTES = 1024 * MEGABYTE  # of addresses
FILLED_BYTES = 40 * MEGABYTE
# Of a list, and of rows that are repeated in one file.
ITEMS = 1_000
REPEATED = 5_000


@dataclass(frozen=True)
class Named:
    """A field as a template names it; `where` are the words around it."""

    field: str
    where: str


@dataclass(frozen=True)
class Filled:
    """A filled template; `ending` is that of its format."""

    content: bytes
    media_type: str
    ending: str
