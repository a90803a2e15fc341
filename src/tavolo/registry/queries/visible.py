"""What of persons in office is shown to whom: `rules` of the same names, in SQL (decision 28)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import RecordedQuerySet
from tavolo.registry import rules
from tavolo.registry.choices import Capacity
from tavolo.registry.models import Delegation, OfficeHolding, Representation

ADMINISTRATION = Q(organisation__is_administration=True) | Q(
    organisation__is_administration=None, organisation__kind__in=rules.ADMINISTRATIONS
)
NOBODY = Q(pk__in=())


def offices_visible_to(actor: Actor) -> RecordedQuerySet[OfficeHolding]:
    """`rules.may_see_office` in SQL; rows of every time at which something was known."""
    return OfficeHolding.objects.filter(Q(public=True) | ADMINISTRATION | _near(actor))


def delegations_visible_to(actor: Actor) -> RecordedQuerySet[Delegation]:
    """`rules.may_see_office` in SQL: a delegation is public where the office on which it rests is."""
    resting = OfficeHolding.objects.filter(uid=OuterRef("holding"), superseded_at__isnull=True)
    public = Exists(resting.filter(public=True))
    return Delegation.objects.filter(public | ADMINISTRATION | _near(actor))


def representations_visible_to(actor: Actor) -> RecordedQuerySet[Representation]:
    """`rules.may_see_representation` in SQL."""
    public = Q(capacity=Capacity.LEGAL_REPRESENTATIVE) | (
        Q(capacity=Capacity.DELEGATE) & ADMINISTRATION
    )
    run = Q(network__uid__in=actor.networks("network_secretary", part=rules.PEOPLE))
    beside = Q(
        capacity__in=rules.AT_THE_TABLE,
        network__uid__in=actor.networks("organisation_member"),
    )
    return Representation.objects.filter(public | _near(actor) | run | beside)


def _near(actor: Actor) -> Q:
    """What is one's own, one's organisation's, or stewarded by a network that one runs."""
    if actor.has("operator"):
        return ~NOBODY
    own = Q(person__uid=actor.person) if rules.acts_in_person(actor) and actor.person else NOBODY
    return (
        own
        | Q(organisation__steward__uid__in=actor.networks("network_secretary", part=rules.PEOPLE))
        | Q(organisation__uid__in=_organisations_of(actor))
    )


def _organisations_of(actor: Actor) -> set[UUID]:
    return {
        role.scope[1]
        for role in actor.roles
        if role.key == "organisation_member" and role.scope and role.covers(rules.PEOPLE)
    }
