"""What registry announces. Uids and keys only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class NetworkFounded(Fact):
    network: UUID


@dataclass(frozen=True)
class NetworkEdited(Fact):
    network: UUID


@dataclass(frozen=True)
class SettingChanged(Fact):
    network: UUID
    setting: str


@dataclass(frozen=True)
class OrganisationAdded(Fact):
    organisation: UUID


@dataclass(frozen=True)
class OrganisationEdited(Fact):
    organisation: UUID


@dataclass(frozen=True)
class OrganisationMerged(Fact):
    organisation: UUID
    into: UUID


@dataclass(frozen=True)
class OrganisationUnmerged(Fact):
    organisation: UUID
    was: UUID


@dataclass(frozen=True)
class ProposalMade(Fact):
    proposal: UUID
    organisation: UUID


@dataclass(frozen=True)
class ProposalAccepted(Fact):
    proposal: UUID
    organisation: UUID


@dataclass(frozen=True)
class ProposalDeclined(Fact):
    proposal: UUID
    organisation: UUID


@dataclass(frozen=True)
class OrganisationAdmitted(Fact):
    organisation: UUID
    network: UUID
    participation: UUID


@dataclass(frozen=True)
class ParticipationEnded(Fact):
    organisation: UUID
    network: UUID
    participation: UUID


@dataclass(frozen=True)
class PersonAffiliated(Fact):
    person: UUID
    organisation: UUID
    affiliation: UUID


@dataclass(frozen=True)
class AffiliationEnded(Fact):
    person: UUID
    organisation: UUID
    affiliation: UUID


@dataclass(frozen=True)
class AffiliationCorrected(Fact):
    """It was wrong, or never true."""

    person: UUID
    organisation: UUID
    affiliation: UUID


@dataclass(frozen=True)
class SecretaryAppointed(Fact):
    person: UUID
    network: UUID
    office: UUID


@dataclass(frozen=True)
class OfficeEnded(Fact):
    person: UUID
    network: UUID
    office: UUID


@dataclass(frozen=True)
class CommitmentAdded(Fact):
    commitment: UUID
    network: UUID


@dataclass(frozen=True)
class CommitmentEdited(Fact):
    commitment: UUID
    network: UUID


@dataclass(frozen=True)
class CommitmentMoved(Fact):
    """A step was taken; `state` is the one in which it is now."""

    commitment: UUID
    network: UUID
    state: str


@dataclass(frozen=True)
class DeputyAppointed(Fact):
    deputy: UUID
    principal: UUID
    network: UUID
    grant: UUID


@dataclass(frozen=True)
class DeputyRevoked(Fact):
    deputy: UUID
    principal: UUID
    network: UUID
    grant: UUID


@dataclass(frozen=True)
class DeskHandedOver(Fact):
    person: UUID
    network: UUID


@dataclass(frozen=True)
class OfficesEnded(Fact):
    """All offices of an organisation ended in one act, after an election or otherwise."""

    organisation: UUID
    last_day: date


@dataclass(frozen=True)
class OfficeDiscontinued(Fact):
    """An office or a matter is not to be filled, or is so again."""

    organisation: UUID
    discontinued: UUID


@dataclass(frozen=True)
class OutcomeAsked(Fact):
    """It was asked by letter what became of a commitment."""

    commitment: UUID
    network: UUID


@dataclass(frozen=True)
class OrganisationDataTaken(Fact):
    """Somebody of it, or its secretariat, took along what is the organisation's."""

    organisation: UUID
