"""What people announces. Uids only."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class PersonInvited(Fact):
    person: UUID
    invitation: UUID


@dataclass(frozen=True)
class InvitationRenewed(Fact):
    person: UUID
    invitation: UUID


@dataclass(frozen=True)
class InvitationRevoked(Fact):
    person: UUID
    invitation: UUID


@dataclass(frozen=True)
class InvitationAccepted(Fact):
    person: UUID
    invitation: UUID


@dataclass(frozen=True)
class AccountCreated(Fact):
    person: UUID


@dataclass(frozen=True)
class PersonAdded(Fact):
    person: UUID


@dataclass(frozen=True)
class NamesChanged(Fact):
    person: UUID


@dataclass(frozen=True)
class PasswordReplaced(Fact):
    person: UUID


@dataclass(frozen=True)
class EmailReplaced(Fact):
    person: UUID


@dataclass(frozen=True)
class TokenMade(Fact):
    person: UUID
    token: UUID


@dataclass(frozen=True)
class TokenRevoked(Fact):
    person: UUID
    token: UUID


@dataclass(frozen=True)
class IdentityLinked(Fact):
    person: UUID
    identity: UUID


@dataclass(frozen=True)
class IdentityUnlinked(Fact):
    person: UUID
    identity: UUID


@dataclass(frozen=True)
class SecondFactorTakenOff(Fact):
    person: UUID


@dataclass(frozen=True)
class SessionsEnded(Fact):
    person: UUID
    count: int


@dataclass(frozen=True)
class PersonErased(Fact):
    person: UUID


@dataclass(frozen=True)
class CorrectionRequested(Fact):
    request: UUID


@dataclass(frozen=True)
class CorrectionExtended(Fact):
    request: UUID


@dataclass(frozen=True)
class CorrectionAnswered(Fact):
    request: UUID
    state: str
