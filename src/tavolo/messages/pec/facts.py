"""What is announced about PEC and registry numbers. Uids only."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class PecReceived(Fact):
    message: UUID


@dataclass(frozen=True)
class PecBound(Fact):
    message: UUID
    kind: str
    subject: UUID


@dataclass(frozen=True)
class PecSetAside(Fact):
    message: UUID


@dataclass(frozen=True)
class NumberEntered(Fact):
    kind: str
    subject: UUID


@dataclass(frozen=True)
class NumberCorrected(Fact):
    kind: str
    subject: UUID
