"""What the work area shows: networks and how far each has come, people and what they wait for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from tavolo.desk.letters import TRIAL
from tavolo.documents.models import Document
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.kernel.text import sort_key
from tavolo.messages.choices import MessageState
from tavolo.messages.models import Message
from tavolo.people.models import Invitation, Person
from tavolo.people.queries import active_accounts, invitations_waiting
from tavolo.registry.choices import HOLDS_LOGO, Office
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation, Participation
from tavolo.registry.queries import (
    desks_of,
    network_by_slug,
    networks,
    networks_run_by,
    persons_in,
    what_they_hold,
)
from tavolo.registry.rules import (
    COMMITMENTS,
    may_appoint,
    may_open_deputies,
    organisations_of,
    runs_network,
    works_at,
)
from tavolo.registry.settings import CONTACT, SEAT, Seat
from tavolo.territory.models import NetworkArea

# Settings of the portal, by their field in the form: the desk writes what that room shows.
STATEMENTS = {
    "controller": "portal.controller",
    "data_protection": "portal.data_protection",
    "accessibility_statement": "portal.accessibility_statement",
    "accessibility_contact": "portal.accessibility_contact",
}

SECRETARIATS = 20


@dataclass(frozen=True)
class Progress:
    """How far a network has come: what its secretariat has entered so far."""

    network: Network
    described: bool = False
    placed: bool = False
    reachable: bool = False
    seated: bool = False
    organisations: int = 0
    secretaries: int = 0
    members: int = 0
    tried: bool = False
    stated: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Membership:
    """An organisation for which somebody acts, and the networks in which it takes part."""

    organisation: Organisation
    function: str
    networks: tuple[Network, ...]


def network_at(actor: Actor, slug: str, part: str = "") -> Network:
    """A network that the actor runs, whole or with regard to that part of the work.

    Refuses with NotFound any other, as one that is not there.
    """
    network = network_by_slug(slug)
    if not runs_network(actor, network.uid, part):
        raise NotFound
    return network


def secretariat_at(actor: Actor, slug: str) -> Network:
    """A network whose offices the actor appoints and ends, in person. Refuses with NotFound."""
    network = network_by_slug(slug)
    if not may_appoint(actor, network.uid):
        raise NotFound
    return network


def deputising_at(actor: Actor, slug: str) -> Network:
    """A network in which the actor may give something to a deputy. Refuses with NotFound."""
    network = network_by_slug(slug)
    if not may_open_deputies(actor, network.uid):
        raise NotFound
    return network


def what_can_be_given(
    network: Network, *, actor: Actor, on: date
) -> dict[str, tuple[Person, Organisation | None, str]]:
    """Offices and memberships of a network that the actor may give to deputies, in words, by key.

    Everybody's for the secretariat, for others their own.
    """
    all_of_them = runs_network(actor, network.uid)
    everybody = {
        person.pk: person
        for person in persons_in(network, on=on)
        if all_of_them or person.uid == actor.person
    }
    found: dict[str, tuple[Person, Organisation | None, str]] = {}
    for pk, held in what_they_hold(everybody.values(), network, on=on).items():
        for organisation in held:
            person = everybody[pk]
            key = f"{person.uid}:{organisation.code if organisation else ''}"
            what = organisation.name if organisation else _("secretariat")
            found[key] = (person, organisation, f"{person.name or _('name not given yet')}: {what}")
    return dict(sorted(found.items(), key=lambda item: sort_key(item[1][2])))


def persons_here(network: Network, *, on: date) -> list[Person]:
    """Everybody who works in a network, by name; one query."""
    return list(persons_in(network, on=on))


def possible_deputies(network: Network, *, actor: Actor, on: date) -> list[Person]:
    """Who can be named without being invited: everybody who works there, for the secretariat.

    Others choose among those who act for the same organisations as they do.
    """
    rows = persons_in(network, on=on)
    if not runs_network(actor, network.uid):
        beside = Affiliation.objects.on(on).filter(
            organisation__uid__in=organisations_of(actor), person=OuterRef("pk")
        )
        rows = rows.filter(Exists(beside))
    return [person for person in rows.exclude(name="") if person.uid != actor.person]


def desk_at(actor: Actor, slug: str) -> Network:
    """A network of whose work the actor has some part. Refuses with NotFound."""
    network = network_by_slug(slug)
    if not works_at(actor, network.uid):
        raise NotFound
    return network


def secretariats(*, on: date) -> list[tuple[str, str]]:
    """The networks whose secretariat has a public e-mail, with it, by name; one query, a screenful."""
    rows = NetworkSetting.objects.filter(valid_on(on), key=CONTACT.key).exclude(value="")
    named = rows.order_by("network__sort_key", "network_id").values_list("network__name", "value")
    return [(str(name), str(email)) for name, email in named[:SECRETARIATS]]


def progress(networks: QuerySet[Network], *, on: date) -> list[Progress]:
    """For each of the networks, in their order; one query, however many there are."""
    here = {"network": OuterRef("pk")}
    contacts = NetworkSetting.objects.filter(valid_on(on), key=CONTACT.key, **here)
    members = Affiliation.objects.on(on).filter(organisation__steward=OuterRef("pk"))
    taking_part = Participation.objects.on(on).filter(organisation__merged_into=None, **here)
    seats = NetworkSetting.objects.filter(valid_on(on), key=SEAT.key, **here)
    stated = NetworkSetting.objects.filter(valid_on(on), key=STATEMENTS["controller"], **here)
    tried = Message.objects.filter(kind=TRIAL.key, state=MessageState.SENT, **here)
    logos = Document.objects.filter(
        holder_kind=HOLDS_LOGO, holder_uid=OuterRef("uid"), withdrawn_at=None
    )
    rows = networks.annotate(
        tried=Exists(tried),
        stated=Exists(stated.exclude(value="")),
        marked=Exists(logos),
        placed=Exists(NetworkArea.objects.on(on).filter(**here)),
        reachable=Exists(contacts.exclude(value="")),
        seated=Exists(seats.exclude(value=Seat().as_json)),
        organisations=_number(taking_part, "network", "id"),
        secretaries=_number(NetworkOffice.objects.on(on).filter(**here), "network", "id"),
        members=_number(members, "organisation__steward", "person"),
    )
    return [
        Progress(
            network=row,
            described=bool(row.summary),
            placed=row.placed,
            reachable=row.reachable,
            seated=row.seated,
            organisations=row.organisations,
            secretaries=row.secretaries,
            members=row.members,
            tried=row.tried,
            stated=row.stated,
            marked=row.marked,
        )
        for row in rows
    ]


def statements_of(network: Network, *, on: date) -> dict[str, str]:
    """What the pages on privacy and accessibility say of a network, by the field of the form."""
    keys = {key: name for name, key in STATEMENTS.items()}
    rows = NetworkSetting.objects.filter(valid_on(on), network=network, key__in=keys)
    return {keys[row.key]: str(row.value) for row in rows}


def progress_of_mine(actor: Actor, *, on: date) -> list[Progress]:
    """Of the networks of whose work the actor has some part."""
    return progress(desks_of(actor), on=on)


def networks_of(actor: Actor) -> QuerySet[Network]:
    """Those in which the actor has some role, in their order."""
    here = {role.network for role in actor.roles if role.network}
    return networks() if actor.has("operator") else networks().filter(uid__in=here)


def memberships(actor: Actor, *, on: date) -> list[Membership]:
    """For which organisations the actor acts on that day, by name; two queries at most.

    For a deputy they are those of the principal, as far as they were given to her.
    """
    own = organisations_of(actor)
    if actor.person is None or (actor.acting_for is not None and not own):
        return []
    held = Affiliation.objects.on(on).filter(person__uid=actor.acting_for or actor.person)
    if actor.acting_for is not None:
        held = held.filter(organisation__uid__in=own)
    rows = list(held.select_related("organisation").order_by("organisation__sort_key", "id"))
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


def may_see_owed(actor: Actor, organisation: Organisation, *, on: date) -> bool:
    """Whoever acts for it, and who runs a network in which it takes part; one query at most."""
    if organisation.uid in organisations_of(actor):
        return True
    parts = Participation.objects.on(on).filter(organisation=organisation)
    return parts.filter(network__in=networks_run_by(actor, COMMITMENTS)).exists()


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


def _number(rows: QuerySet[Any], by: str, what: str) -> Coalesce:
    """How many different ones there are, as a column."""
    counted = rows.order_by().values(by).annotate(number=Count(what, distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
