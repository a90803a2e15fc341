"""Organisations go with whatever is known of them; what they do in other networks stays with those."""

from django.db.models import Q

from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel
from tavolo.registry.models import Organisation


def in_it(network: Network) -> Q:
    """What is said for everybody, or in that network."""
    return Q(network=network) | Q(network__isnull=True)


def kept_by(network: Network) -> list[int]:
    """Organisations whose steward it is, those too that take part nowhere."""
    return list(Organisation.objects.filter(steward=network).values_list("pk", flat=True))


Travel(
    "registry.Organisation",
    Goes.SHARED,
    also=kept_by,
    equal=("code",),
    in_trust=("steward",),
    of_organisation=("pk",),
)
for name in (
    "OrganisationUnit",
    "OrganisationName",
    "Standing",
    "Seat",
    "Identifier",
    "Contact",
    "ServedTerritory",
    "OrganisationSuccession",
    "Affiliation",
    "OfficeHolding",
    "Delegation",
    "DiscontinuedOffice",
):
    Travel(
        f"registry.{name}", Goes.OF_SHARED, path="organisation", of_organisation=("organisation",)
    )
Travel(
    "registry.Representation",
    Goes.OF_SHARED,
    path="organisation",
    only=in_it,
    of_organisation=("organisation",),
)
Travel("registry.NetworkOffice", Goes.WITH_NETWORK, path="network")
Travel(
    "registry.Participation",
    Goes.WITH_NETWORK,
    path="network",
    of_organisation=("organisation",),
)
Travel(
    "registry.Proposal",
    Goes.WITH_NETWORK,
    path="network",
    mentions=("values",),
    of_organisation=("organisation",),
)
Travel("registry.Deputy", Goes.WITH_NETWORK, path="network", of_organisation=("organisation",))
Travel("registry.Commitment", Goes.WITH_NETWORK, path="network", of_organisation=("owner",))
Travel(
    "registry.CommitmentStep",
    Goes.WITH_NETWORK,
    path="commitment__network",
    of_organisation=("commitment__owner",),
)
