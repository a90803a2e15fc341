"""Who acts for which organisation; not public."""

from uuid import UUID

from django.db.models import Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.registry.models import Affiliation


def affiliations_visible_to(actor: Actor) -> QuerySet[Affiliation]:
    """`rules.may_see_affiliation` in SQL."""
    rows = Affiliation.objects.known()
    if actor.has("operator"):
        return rows
    return rows.filter(
        Q(organisation__steward__uid__in=actor.networks("network_secretary"))
        | Q(organisation__uid__in=_organisations_of(actor))
        | Q(person__uid=actor.person)
    )


def _organisations_of(actor: Actor) -> set[UUID]:
    return {
        role.scope[1] for role in actor.roles if role.key == "organisation_member" and role.scope
    }
