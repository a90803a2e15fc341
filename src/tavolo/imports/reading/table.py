"""What reading gives back. Without Django: the child process knows these too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ReadRow:
    """`number` as a spreadsheet shows it; `cells` as many as there are headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """What somebody should know of a file that could be read: a message id and its values."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What reading took in the child: CPU seconds and the most memory it held, in bytes."""

    cpu_seconds: float = 0.0
    peak_bytes: int = 0


@dataclass(frozen=True)
class Table:
    """One sheet of a file. `sheets` are the names to choose from, none where the file has no sheets."""

    sheets: tuple[str, ...]
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    remarks: tuple[Remark, ...] = ()
    heading_row: int = 1
    cost: Cost = Cost()
