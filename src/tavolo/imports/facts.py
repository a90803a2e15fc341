from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class FileReceived(Fact):
    batch: UUID
    kind: str


@dataclass(frozen=True)
class FileRead(Fact):
    """The file was read, or refused: the batch says which."""

    batch: UUID
    kind: str


@dataclass(frozen=True)
class BatchChecked(Fact):
    batch: UUID
    kind: str


@dataclass(frozen=True)
class BatchApplied(Fact):
    batch: UUID
    kind: str


@dataclass(frozen=True)
class BatchUndone(Fact):
    """Undone, but for what somebody had changed since where that was asked."""

    batch: UUID
    kind: str


@dataclass(frozen=True)
class BatchDropped(Fact):
    batch: UUID
    kind: str


@dataclass(frozen=True)
class BatchEmptied(Fact):
    """File, rows and changes were deleted; the counts stay."""

    batch: UUID
    kind: str
