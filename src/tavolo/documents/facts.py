"""What happened to documents: uids alone, no title and no name of a file."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class DocumentAdded(Fact):
    document: UUID
    network: UUID


@dataclass(frozen=True)
class VersionAdded(Fact):
    document: UUID
    network: UUID
    number: int


@dataclass(frozen=True)
class DocumentEdited(Fact):
    document: UUID
    network: UUID


@dataclass(frozen=True)
class DocumentWithdrawn(Fact):
    document: UUID
    network: UUID


@dataclass(frozen=True)
class ContentDeleted(Fact):
    document: UUID
    network: UUID


@dataclass(frozen=True)
class DocumentKeptLonger(Fact):
    document: UUID
    network: UUID
