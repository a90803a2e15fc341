"""What waits for an actor, or ends soon: each read is one query, and gives what she may act upon."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.choices import DelegationTheme
from tavolo.registry.models import (
    Commitment,
    Delegation,
    Deputy,
    DiscontinuedOffice,
    NetworkOffice,
    OfficeHolding,
    Organisation,
)
from tavolo.registry.queries.commitments import commitments_visible_to
from tavolo.registry.queries.merged import known_as
from tavolo.registry.queries.networks import networks_run_by

# What ended longer ago and was never filled stands on the page of vacant offices alone.
MISSED_FOR = timedelta(days=90)
ONE_DAY = timedelta(days=1)
UNDER_WAY = Q(state__in=sorted(rules.UNDER_WAY))


@dataclass(frozen=True)
class EndingOffice:
    """An office (`title`) or a delegated matter (`theme`) whose holder's time ends, or ended, on `last_day`."""

    uid: UUID
    last_day: date
    holder: str
    organisation: str
    code: str
    network: UUID
    title: str
    theme: str
    words: str
    masculine: str


@dataclass(frozen=True)
class EndingTrust:
    """A deputy's term, or an office of the network's secretariat, that ends on `last_day`."""

    uid: UUID
    last_day: date
    person: str
    principal: str
    network: UUID
    slug: str


def commitments_due(actor: Actor, *, until: date) -> QuerySet[Commitment]:
    """Promises under way, due until that day or without a term: kept by the actor, or her organisations’ own."""
    kept = Q(network__in=networks_run_by(actor, rules.COMMITMENTS))
    own = Q(owner__uid__in=rules.organisations_of(actor))
    due = Q(due__lte=until) | Q(due__isnull=True)
    rows = commitments_visible_to(actor).filter(UNDER_WAY, due, kept | own)
    return rows.select_related("network", "owner")


def commitments_owed(
    organisations: Collection[UUID], *, actor: Actor
) -> list[tuple[UUID, Commitment]]:
    """Promises under way of these organisations that the actor may see, each with whose it is; three queries.

    What was promised under another row, before it turned out to be the same, is among them.
    """
    asked = {row.pk: row for row in Organisation.objects.filter(uid__in=organisations)}
    whose = {pk: asked[key].uid for key, rows in known_as(asked.values()).items() for pk in rows}
    rows = commitments_visible_to(actor).filter(UNDER_WAY, owner__in=whose)
    return [(whose[row.owner_id or 0], row) for row in rows.select_related("network", "owner")]


def offices_ending(actor: Actor, *, on: date, until: date) -> list[EndingOffice]:
    """Offices and matters that end until that day, or ended lately, and for which nobody follows.

    Of organisations whose persons in office the actor keeps; not what is not to be filled.
    """
    between = Q(valid_until__gt=on - MISSED_FOR, valid_until__lte=until + ONE_DAY)
    steward = Q(organisation__steward__in=networks_run_by(actor, rules.PEOPLE))
    offices = _lonely(OfficeHolding, "title").filter(between, steward)
    matters = _lonely(Delegation, "theme").filter(between, steward)
    rows = _told(offices, title=F("title"), words=F("title_feminine"), last=F("title_masculine"))
    return [
        EndingOffice(uid, end - ONE_DAY, *told)
        for uid, end, *told in rows.union(_told(matters, theme=F("theme"), words=F("words")))
    ]


def trusts_ending(actor: Actor, *, on: date, until: date) -> list[EndingTrust]:
    """Deputies and secretariats that hold today and end until that day, for who may appoint again."""
    if not rules.acts_in_person(actor):
        return []
    run = networks_run_by(actor)
    soon = Q(valid_until__gt=on, valid_until__lte=until + ONE_DAY)
    own = Q(principal__uid=actor.person) | Q(network__in=run)
    later = Deputy.objects.known().filter(
        principal=OuterRef("principal"),
        deputy=OuterRef("deputy"),
        network=OuterRef("network"),
        valid_until__gt=OuterRef("valid_until"),
    )
    deputies = Deputy.objects.known().filter(soon, own).exclude(Exists(later))
    offices = NetworkOffice.objects.filter(soon, network__in=run)
    rows = _trusts(deputies, "deputy__name", F("principal__name"))
    other = _trusts(offices, "person__name", Value("", output_field=CharField()))
    return [EndingTrust(uid, end - ONE_DAY, *told) for uid, end, *told in rows.union(other)]


def _lonely(model: Any, what: str) -> Any:
    """Rows after which nobody holds the same, in the same unit, and which are to be filled."""
    thing = {name: OuterRef(name) for name in ("organisation", what)}
    after = Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("valid_until"))
    here = model.objects.known().annotate(place=Coalesce("unit", 0))
    follows = here.filter(after, _told_alike(model), place=Coalesce(OuterRef("unit"), 0), **thing)
    given_up = DiscontinuedOffice.objects.known().filter(**thing)
    return model.objects.known().exclude(Exists(follows)).exclude(Exists(given_up))


def _told_alike(model: Any) -> Q:
    """What is outside the vocabulary is the same by its words."""
    if model is Delegation:
        return Q(words=OuterRef("words")) | ~Q(theme=DelegationTheme.OTHER)
    words = ("title_feminine", "title_masculine")
    return Q(**{name: OuterRef(name) for name in words})


def _told(rows: QuerySet[Any], **told: Any) -> Any:
    empty = Value("", output_field=CharField())
    named = {"office": empty, "matter": empty, "said": empty, "masculine": empty}
    named |= {
        {"title": "office", "theme": "matter", "words": "said", "last": "masculine"}[name]: value
        for name, value in told.items()
    }
    near = ("uid", "valid_until", "person__name", "organisation__name", "organisation__code")
    return rows.annotate(**named).values_list(
        *near, "organisation__steward__uid", "office", "matter", "said", "masculine"
    )


def _trusts(rows: QuerySet[Any], person: str, principal: Any) -> Any:
    return rows.annotate(holder=F(person), whose=principal).values_list(
        "uid", "valid_until", "holder", "whose", "network__uid", "network__slug"
    )
