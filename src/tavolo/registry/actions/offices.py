"""Who runs a network: appointed by an act, never ticked."""

from datetime import date

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.actions.common import end_row, refuse_overlap, require, unless_raced
from tavolo.registry.choices import Office
from tavolo.registry.errors import AlreadyInOffice, LastSecretary
from tavolo.registry.facts import OfficeEnded, SecretaryAppointed
from tavolo.registry.models import NetworkOffice


@transaction.atomic
def appoint_secretary(
    *, network: Network, person: Person, act: str, since: date | None = None, by: Actor
) -> NetworkOffice:
    """Give the network's secretariat to a person too, from `since`, by default today.

    Refuses with NotAllowed and AlreadyInOffice.
    """
    require(rules.may_appoint(by, network.uid))
    return place_in_office(network, person, act=act, since=since or clock.today(), by=by)


@transaction.atomic
def end_office(*, office: NetworkOffice, last_day: date | None = None, by: Actor) -> NetworkOffice:
    """End an office, by default with today as its last day.

    Refuses with NotAllowed, AlreadyEnded, EndsBeforeItBegan, and LastSecretary where nobody else
    would hold the secretariat on the day after.
    """
    require(rules.may_appoint(by, office.network.uid))
    day = last_day or clock.today()
    # Two secretaries who end each other's office at once wait for one another here.
    Network.objects.select_for_update().get(pk=office.network_id)
    end_row(NetworkOffice.objects.all(), office, day)
    _refuse_if_deserted(office)
    record(
        action="registry.office_ended",
        actor=by,
        subject=office,
        network=office.network,
        values={"last_day": day.isoformat()},
    )
    announce(OfficeEnded(office.person.uid, office.network.uid, office.uid), network=office.network)
    return office


def place_in_office(
    network: Network, person: Person, *, act: str, since: date, by: Actor
) -> NetworkOffice:
    """The write itself, for actions that have asked their own rule."""
    held = NetworkOffice.objects.filter(network=network, person=person, office=Office.SECRETARY)
    refuse_overlap(held, Period(since, None), AlreadyInOffice)
    row = NetworkOffice(network=network, person=person, act=act, valid_from=since)
    unless_raced(row.save, AlreadyInOffice)
    record(
        action="registry.secretary_appointed",
        actor=by,
        subject=row,
        network=network,
        values={"person": str(person.uid), "act": act, "since": since.isoformat()},
    )
    announce(SecretaryAppointed(person.uid, network.uid, row.uid), network=network)
    return row


def _refuse_if_deserted(office: NetworkOffice) -> None:
    # Who follows must hold the office without an end in sight, or the network is deserted a day
    # later.
    followers = NetworkOffice.objects.filter(
        network=office.network, office=office.office, valid_until=None
    )
    if not followers.filter(valid_from__lte=office.valid_until).exists():
        raise LastSecretary
