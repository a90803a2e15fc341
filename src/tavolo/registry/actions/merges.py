"""Two entries that are one organisation: the one points to the other, and nothing is re-pointed."""

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import Fact, announce
from tavolo.registry import rules
from tavolo.registry.actions.checks import refuse_taken
from tavolo.registry.actions.common import require, unless_raced
from tavolo.registry.actions.summary import bring_up_to_date
from tavolo.registry.errors import (
    AlreadyMerged,
    MergesIntoItself,
    NotMerged,
    ReasonMissing,
    TakesPartAlone,
    TaxCodeTaken,
)
from tavolo.registry.facts import OrganisationMerged, OrganisationUnmerged
from tavolo.registry.models import Identifier, Organisation, Participation
from tavolo.search.actions import note_change


@transaction.atomic
def merge_organisations(
    *, organisation: Organisation, into: Organisation, reason: str, by: Actor
) -> Organisation:
    """Say that `organisation` is the same as `into`: its address leads there from now on.

    Its facts, its units and what it takes part in stay with it; lists, search and counts leave it
    out. Refuses with NotAllowed, ReasonMissing, AlreadyMerged, MergesIntoItself (also round several
    corners), and TakesPartAlone where a network would lose a member by it.
    """
    require(rules.may_edit_organisation(by, organisation.steward.uid))
    if not reason.strip():
        raise ReasonMissing
    rows = Organisation.objects.select_for_update()
    now = {row.pk: row for row in rows.filter(pk__in=[organisation.pk, into.pk])}
    if now[organisation.pk].merged_into_id is not None:
        raise AlreadyMerged
    _refuse_going_round(organisation, now[into.pk])
    _refuse_taking_part_alone(organisation, into)
    _point(organisation, into)
    return _told(
        "registry.organisation_merged",
        organisation,
        OrganisationMerged(organisation.uid, into.uid),
        by,
        {"into": str(into.uid), "reason": reason.strip()},
    )


@transaction.atomic
def unmerge_organisation(*, organisation: Organisation, by: Actor) -> Organisation:
    """Say that it was another organisation after all: it stands for itself again, with all its facts.

    Refuses with NotAllowed, NotMerged, and with TaxCodeTaken or IdentifierTaken where another
    organisation bears one of its numbers now.
    """
    require(rules.may_edit_organisation(by, organisation.steward.uid))
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if now.merged_into is None:
        raise NotMerged
    for identifier in Identifier.objects.known().filter(organisation=organisation):
        refuse_taken(identifier)
    was = now.merged_into
    unless_raced(lambda: _point(organisation, None), TaxCodeTaken)
    bring_up_to_date(organisation)
    return _told(
        "registry.organisation_unmerged",
        organisation,
        OrganisationUnmerged(organisation.uid, was.uid),
        by,
        {"was": str(was.uid)},
    )


def _refuse_going_round(organisation: Organisation, into: Organisation) -> None:
    step: Organisation | None = into
    while step is not None:
        if step.pk == organisation.pk:
            raise MergesIntoItself
        step = step.merged_into


def _refuse_taking_part_alone(organisation: Organisation, into: Organisation) -> None:
    # Who is merged is left out of a network's members: the other has to be among them already.
    open_ones = Participation.objects.filter(valid_until__isnull=True)
    there = open_ones.filter(organisation=into).values("network")
    alone = open_ones.filter(organisation=organisation).exclude(network__in=there)
    if row := alone.select_related("network").first():
        raise TakesPartAlone(row.network)


def _point(organisation: Organisation, into: Organisation | None) -> None:
    organisation.merged_into = into
    organisation.merged_at = clock.now() if into else None
    organisation.version += 1
    organisation.save(update_fields=["merged_into", "merged_at", "version"])


def _told(
    action: str, organisation: Organisation, fact: Fact, by: Actor, values: dict[str, str]
) -> Organisation:
    note_change(organisation)
    record(
        action=action,
        actor=by,
        subject=organisation,
        network=organisation.steward,
        values=values,
    )
    announce(fact, network=organisation.steward)
    return organisation
