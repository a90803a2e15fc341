"""Who exists, who speaks for whom, who runs the networks, what was promised: all dated."""

from tavolo.registry.models.commitments import Commitment, CommitmentStep
from tavolo.registry.models.networks import Deputy, NetworkOffice, Participation
from tavolo.registry.models.offices import (
    Affiliation,
    Delegation,
    DiscontinuedOffice,
    OfficeHolding,
    PersonalFact,
    Representation,
)
from tavolo.registry.models.organisations import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Proposal,
    Seat,
    ServedTerritory,
    Standing,
)

__all__ = [
    "Affiliation",
    "Commitment",
    "CommitmentStep",
    "Contact",
    "Delegation",
    "Deputy",
    "DiscontinuedOffice",
    "Identifier",
    "NetworkOffice",
    "OfficeHolding",
    "Organisation",
    "OrganisationFact",
    "OrganisationName",
    "OrganisationSuccession",
    "OrganisationUnit",
    "Participation",
    "PersonalFact",
    "Proposal",
    "Representation",
    "Seat",
    "ServedTerritory",
    "Standing",
]
