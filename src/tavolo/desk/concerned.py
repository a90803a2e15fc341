"""Who is concerned by what happened: the secretariat of a network, those who act for an organisation."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tavolo.journal.models import Entry
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import Office
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation


def running(network: Network, *, on: date) -> QuerySet[Person]:
    """Its secretariat on that day."""
    held = NetworkOffice.objects.on(on).filter(network=network, office=Office.SECRETARY)
    return Person.objects.filter(pk__in=held.values("person"))


def acting_for(organisation: Organisation, *, on: date) -> QuerySet[Person]:
    """Those who act for it on that day."""
    held = Affiliation.objects.on(on).filter(organisation=organisation)
    return Person.objects.filter(pk__in=held.values("person"))


def who_did(subject: UUID) -> str:
    """Who last did something to it, as the journal names her: she need not be told; "" for nobody."""
    entry = Entry.objects.filter(subject_uid=subject).order_by("-id").first()
    return entry.actor if entry else ""
