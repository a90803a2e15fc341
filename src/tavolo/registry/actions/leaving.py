"""Ending at once all by which somebody acts for others."""

from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Q

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Recorded, closing
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.people.queries import active_accounts
from tavolo.registry.actions.common import end_row, require
from tavolo.registry.actions.recorded import superseded, withdrawn
from tavolo.registry.errors import LastSecretary
from tavolo.registry.facts import AffiliationEnded, OfficeEnded
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Representation


@transaction.atomic
def leave_everything(*, person: Person, by: Actor) -> None:
    """End today what gives a person rights: offices of networks, affiliations, deputies, representations.

    What she holds of an administration (mayor, assessor, councillor) is for its act to end. Part of
    an erasure, whose rule has been asked. Refuses with NotAllowed whoever is nobody, and with
    LastSecretary where nobody who can sign in would run a network.
    """
    require(by.signed_in or by.has("operator"))
    day = clock.today()
    for office in NetworkOffice.objects.filter(person=person, valid_until=None):
        _leave_office(office, day)
    for affiliation in Affiliation.objects.known().filter(person=person, valid_until=None):
        row = _over(affiliation, day)
        announce(AffiliationEnded(person.uid, row.organisation.uid, row.uid))
    for representation in Representation.objects.known().filter(person=person, valid_until=None):
        _over(representation, day)
    for deputy in Deputy.objects.known().filter(_for_or_by(person), valid_until__gt=day):
        _over(deputy, day)
    record(action="registry.everything_left", actor=by, subject=person)


def _leave_office(office: NetworkOffice, day: date) -> None:
    # The same lock as `end_office` takes: of two who leave at once the second is the last.
    network = Network.objects.select_for_update().get(pk=office.network_id)
    others = NetworkOffice.objects.filter(
        network=network, office=office.office, valid_until=None, valid_from__lte=day
    ).exclude(person=office.person)
    if not active_accounts(row.person for row in others.select_related("person")):
        raise LastSecretary
    end_row(NetworkOffice.objects.all(), office, max(day, office.valid_from or day))
    announce(OfficeEnded(office.person.uid, network.uid, office.uid), network=network)


R = TypeVar("R", bound=Recorded)


def _over(row: R, day: date) -> R:
    """Ended; what was to begin later never does."""
    if row.valid_from is not None and row.valid_from > day:
        return withdrawn(row)
    return superseded(row, **closing(day))


def _for_or_by(person: Person) -> Q:
    return Q(principal=person) | Q(deputy=person)
