"""For whose personal data the secretariat of a network answers."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.models import Network
from tavolo.people.models import Account, Person
from tavolo.registry.models import Affiliation, Delegation, OfficeHolding, Representation


def persons_without_account(network: Network) -> QuerySet[Person]:
    """Who is entered for organisations that the network stewards, and signs in nowhere."""
    entered = Q()
    for model in (OfficeHolding, Delegation, Representation, Affiliation):
        entered |= Q(Exists(model._base_manager.filter(_of(network), person=OuterRef("pk"))))
    active = Account.objects.filter(person=OuterRef("pk"), is_active=True)
    return Person.objects.filter(entered, ~Exists(active), erased_at__isnull=True)


def _of(network: Network) -> Q:
    return Q(organisation__steward=network)
