"""What registry announces. Uids and keys only."""

from dataclasses import dataclass
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
class SecretaryAppointed(Fact):
    person: UUID
    network: UUID
    office: UUID


@dataclass(frozen=True)
class OfficeEnded(Fact):
    person: UUID
    network: UUID
    office: UUID
