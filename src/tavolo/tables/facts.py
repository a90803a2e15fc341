"""What tables announces. Uids and keys only."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class BodyFounded(Fact):
    body: UUID


@dataclass(frozen=True)
class BodyChanged(Fact):
    """Its names, territory, purposes or what it says of itself."""

    body: UUID


@dataclass(frozen=True)
class BodyStarted(Fact):
    body: UUID


@dataclass(frozen=True)
class BodyEnded(Fact):
    body: UUID


@dataclass(frozen=True)
class BodyGoesOn(Fact):
    """It was confirmed or renewed, or goes on in another, whose uid is `successor` ("" as itself)."""

    body: UUID
    successor: str


@dataclass(frozen=True)
class SeatAdded(Fact):
    seat: UUID
    body: UUID


@dataclass(frozen=True)
class SeatChanged(Fact):
    seat: UUID
    body: UUID


@dataclass(frozen=True)
class SeatEnded(Fact):
    seat: UUID
    body: UUID


@dataclass(frozen=True)
class DelegateNamed(Fact):
    seat: UUID
    person: UUID


@dataclass(frozen=True)
class DelegateEnded(Fact):
    seat: UUID
    person: UUID


@dataclass(frozen=True)
class RegulationAdopted(Fact):
    """Its uid; it is in force from the day that the row says."""

    body: UUID
    regulation: UUID


@dataclass(frozen=True)
class RegulationCorrected(Fact):
    body: UUID
    regulation: UUID


@dataclass(frozen=True)
class NoticePublished(Fact):
    notice: UUID


@dataclass(frozen=True)
class NoticeCorrected(Fact):
    notice: UUID
    number: int


@dataclass(frozen=True)
class ApplicationReceived(Fact):
    """It has a number and a time from now on; `notice` is the uid of the notice."""

    application: UUID
    notice: UUID


@dataclass(frozen=True)
class ApplicationWithdrawn(Fact):
    application: UUID
    notice: UUID


@dataclass(frozen=True)
class CheckMoved(Fact):
    """The check of an application stands in another state now; its step says how it came there."""

    check: UUID
    application: UUID
    state: str


@dataclass(frozen=True)
class AdmissionAdopted(Fact):
    act: UUID
    notice: UUID


@dataclass(frozen=True)
class AdmissionWithdrawn(Fact):
    act: UUID
    notice: UUID
