"""Who is concerned by what happened: the secretariat of a network, those who act for an organisation."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tavolo.journal.models import Entry
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import Office
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Organisation


def running(network: Network, *, on: date) -> QuerySet[Person]:
    """Its secretariat on that day."""
    held = NetworkOffice.objects.on(on).filter(network=network, office=Office.SECRETARY)
    return Person.objects.filter(pk__in=held.values("person"))


def acting_for(organisation: Organisation, *, on: date) -> QuerySet[Person]:
    """Those who act for it on that day."""
    held = Affiliation.objects.on(on).filter(organisation=organisation)
    return Person.objects.filter(pk__in=held.values("person"))


def deputies_of(
    persons: Iterable[Person],
    *,
    network: Network,
    part: str,
    organisation: Organisation | None,
    on: date,
) -> list[Deputy]:
    """Who may do that part of the work in their place on that day; one query.

    Of what their offices give them, and of what they may do as members of `organisation`.
    """
    given = Q(organisation=None)
    if organisation is not None:
        given |= Q(organisation=organisation)
    rows = Deputy.objects.on(on).filter(given, network=network, principal__in=list(persons))
    found = rows.select_related("principal", "deputy").order_by("id")
    return [row for row in found if not row.parts or part in row.parts]


def who_did(subject: UUID) -> str:
    """Who last did something to it, as the journal names her: she need not be told; "" for nobody."""
    entry = Entry.objects.filter(subject_uid=subject).order_by("-id").first()
    return entry.actor if entry else ""
