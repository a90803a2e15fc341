"""Who acts for whom: seen by the two, and by the secretariat of the network."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.people.models import Invitation, Person
from tavolo.registry import rules
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Organisation, Participation


def deputies_visible_to(actor: Actor) -> QuerySet[Deputy]:
    """`rules.may_see_deputy` in SQL, of what is held to be true now."""
    rows = Deputy.objects.known()
    if actor.has("operator"):
        return rows
    own = Q(principal__uid=actor.person) | Q(deputy__uid=actor.person)
    run = Q(network__uid__in=actor.networks("network_secretary"))
    return rows.filter(own | run) if rules.acts_in_person(actor) else rows.filter(run)


def deputies_in(network: Network, *, actor: Actor, on: date) -> QuerySet[Deputy]:
    """Those of a network that hold on that day or will, and the actor may see, by principal."""
    rows = deputies_visible_to(actor).filter(network=network, valid_until__gt=on)
    return rows.select_related("principal", "deputy", "organisation").order_by(
        "principal__sort_key", "valid_from", "id"
    )


def deputies_ended(network: Network, *, actor: Actor, on: date) -> QuerySet[Deputy]:
    """Those that held and hold no more, the last to end first."""
    rows = deputies_visible_to(actor).filter(network=network, valid_until__lte=on)
    return rows.select_related("principal", "deputy", "organisation").order_by(
        "-valid_until", "-id"
    )


def deputy_at(network: Network, uid: UUID, *, actor: Actor, on: date) -> Deputy:
    """One that holds on that day or will. Refuses with NotFound."""
    found = deputies_in(network, actor=actor, on=on).select_related("network").filter(uid=uid)
    row = found.first()
    if row is None:
        raise NotFound
    return row


def principals_of(deputy: UUID, *, on: date) -> list[Deputy]:
    """In whose place a person may act on that day, by name; one query."""
    rows = Deputy.objects.on(on).filter(deputy__uid=deputy)
    return list(
        rows.select_related("principal", "network", "organisation").order_by(
            "principal__sort_key", "principal", "network__sort_key", "id"
        )
    )


def persons_in(network: Network, *, on: date) -> QuerySet[Person]:
    """Who works in a network: its secretariat, who acts for its organisations, who was invited."""
    here = OuterRef("pk")
    taking_part = Participation.objects.on(on).filter(network=network).values("organisation")
    offices = NetworkOffice.objects.on(on).filter(network=network, person=here)
    acting = (
        Affiliation.objects.on(on)
        .filter(person=here)
        .filter(Q(organisation__steward=network) | Q(organisation__in=taking_part))
    )
    invited = Invitation.objects.filter(network=network, person=here, revoked_at=None)
    return Person.objects.filter(
        Exists(offices) | Exists(acting) | Exists(invited), erased_at=None
    ).order_by("sort_key", "id")


def what_they_hold(
    persons: Iterable[Person], network: Network, *, on: date
) -> dict[int, list[Organisation | None]]:
    """What each, by primary key, holds in a network: None its secretariat, else as a member of which.

    Two queries, however many they are.
    """
    known = [person.pk for person in persons]
    found: dict[int, list[Organisation | None]] = {}
    offices = NetworkOffice.objects.on(on).filter(network=network, person__in=known)
    for person in offices.values_list("person", flat=True):
        found.setdefault(person, []).append(None)
    taking_part = Participation.objects.on(on).filter(network=network).values("organisation")
    rows = Affiliation.objects.on(on).filter(person__in=known, organisation__in=taking_part)
    for row in rows.select_related("organisation").order_by("organisation__sort_key", "id"):
        found.setdefault(row.person_id, []).append(row.organisation)
    return found
