"""What the work area shows: networks and how far each has come, people and what they wait for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.people.models import Invitation, Person
from tavolo.people.queries import active_accounts, invitations_waiting
from tavolo.registry.choices import Office
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation, Participation
from tavolo.registry.queries import network_by_slug, networks_run_by, taking_part
from tavolo.registry.rules import runs_network
from tavolo.registry.settings import CONTACT
from tavolo.territory.models import NetworkArea


@dataclass(frozen=True)
class Progress:
    """How far a network has come: what its secretariat has entered so far."""

    network: Network
    described: bool = False
    placed: bool = False
    reachable: bool = False
    organisations: int = 0
    secretaries: int = 0
    members: int = 0


@dataclass(frozen=True)
class Membership:
    """An organisation for which somebody acts, and the networks in which it takes part."""

    organisation: Organisation
    function: str
    networks: tuple[Network, ...]


def network_at(actor: Actor, slug: str) -> Network:
    """A network that the actor runs. Refuses with NotFound any other, as one that is not there."""
    network = network_by_slug(slug)
    if not runs_network(actor, network.uid):
        raise NotFound
    return network


def progress(networks: Iterable[Network], *, on: date) -> list[Progress]:
    """For each of the networks, in their order; six queries, however many there are."""
    rows = list(networks)
    known = [network.pk for network in rows]
    organisations = taking_part(on)
    placed = _counted(NetworkArea.objects.on(on).filter(network__in=known))
    secretaries = _counted(NetworkOffice.objects.on(on).filter(network__in=known))
    contacts = _contacts(known, on)
    members = _members(known, on)
    return [
        Progress(
            network=network,
            described=bool(network.summary),
            placed=placed[network.pk] > 0,
            reachable=network.pk in contacts,
            organisations=organisations[network.pk].organisations
            if network.pk in organisations
            else 0,
            secretaries=secretaries[network.pk],
            members=members[network.pk],
        )
        for network in rows
    ]


def progress_of_mine(actor: Actor, *, on: date) -> list[Progress]:
    """Of the networks that the actor runs."""
    return progress(networks_run_by(actor), on=on)


def memberships(actor: Actor, *, on: date) -> list[Membership]:
    """For which organisations the actor acts on that day, by name; two queries at most."""
    if actor.person is None:
        return []
    rows = list(
        Affiliation.objects.on(on)
        .filter(person__uid=actor.person)
        .select_related("organisation")
        .order_by("organisation__sort_key", "id")
    )
    if not rows:
        return []
    found: dict[int, list[Network]] = {}
    parts = Participation.objects.on(on).filter(organisation__in=[r.organisation_id for r in rows])
    for part in parts.select_related("network").order_by("network__sort_key", "id"):
        found.setdefault(part.organisation_id, []).append(part.network)
    return [
        Membership(row.organisation, row.function, tuple(found.get(row.organisation_id, ())))
        for row in rows
    ]


def members_of(network: Network, *, on: date) -> QuerySet[Affiliation]:
    """Who acts for the organisations that the network stewards, each with `sort_key` for its pages."""
    return (
        Affiliation.objects.on(on)
        .filter(organisation__steward=network)
        .select_related("person", "organisation")
        .annotate(sort_key=F("person__sort_key"))
    )


def invitations_of(network: Network) -> QuerySet[Invitation]:
    return invitations_waiting(network)


def invitation_of(network: Network, uid: UUID) -> Invitation:
    """An invitation that still waits. Refuses with NotFound."""
    found = invitations_waiting(network).select_related("network", "person").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def office_of(network: Network, uid: UUID, *, on: date) -> NetworkOffice:
    """An office of the network that is held on that day. Refuses with NotFound."""
    rows = NetworkOffice.objects.on(on).filter(valid_until=None, network=network)
    found = rows.select_related("person", "network").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def affiliation_of(network: Network, uid: UUID, *, on: date) -> Affiliation:
    """An affiliation to an organisation of the network. Refuses with NotFound."""
    rows = Affiliation.objects.on(on).filter(valid_until=None, organisation__steward=network)
    found = rows.select_related("person", "organisation__steward").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def organisations_to_affiliate(network: Network) -> QuerySet[Organisation]:
    """Those for which the network's secretariat says who acts: those that it stewards."""
    return Organisation.objects.filter(steward=network).order_by("sort_key", "id")


def places_of(network: Network, *, on: date) -> list[NetworkArea]:
    """The pieces of its territory on that day."""
    rows = NetworkArea.objects.on(on).filter(network=network)
    return list(rows.select_related("area", "municipality__province").order_by("id"))


def who_can_sign_in(persons: Sequence[Person]) -> set[int]:
    """Those of them, by primary key; one query."""
    return set(active_accounts(persons))


def names_of(uids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of these persons, as far as they have one; one query."""
    wanted = {uid for uid in uids if uid}
    return dict(Person.objects.filter(uid__in=wanted).exclude(name="").values_list("uid", "name"))


def other_secretaries(office: NetworkOffice) -> list[Person]:
    """Who else holds the same office without an end."""
    rows = NetworkOffice.objects.filter(
        network=office.network, office=Office.SECRETARY, valid_until=None
    )
    return [row.person for row in rows.exclude(pk=office.pk).select_related("person")]


def _counted(rows: QuerySet[NetworkArea] | QuerySet[NetworkOffice]) -> Counter[int]:
    counted = rows.order_by().values_list("network").annotate(number=Count("id"))
    return Counter(dict(counted))


def _contacts(networks: list[int], on: date) -> set[int]:
    rows = NetworkSetting.objects.filter(
        valid_on(on), network__in=networks, key=CONTACT.key
    ).exclude(value="")
    return set(rows.values_list("network", flat=True))


def _members(networks: list[int], on: date) -> Counter[int]:
    rows = (
        Affiliation.objects.on(on)
        .filter(organisation__steward__in=networks)
        .order_by()
        .values_list("organisation__steward")
        .annotate(number=Count("person", distinct=True))
    )
    return Counter(dict(rows))
