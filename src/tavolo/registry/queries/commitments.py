"""What was promised, by whom and by when; what is not public is for the network alone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tavolo.journal.queries import entries_of
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment, CommitmentStep, Organisation, Participation
from tavolo.registry.queries.merged import known_as
from tavolo.registry.queries.networks import networks
from tavolo.registry.queries.words import matching

STEPS = {"registry.commitment_added", "registry.commitment_moved"}
# By their term, those without one at the end; those of one day by their words.
COMMITMENT_ORDER = ("term", "sort_key", "id")


@dataclass(frozen=True)
class StepTaken:
    """A step, the state where it changed, whether term and owner did, and in whose place it was taken."""

    step: CommitmentStep
    state: CommitmentState | None
    due: bool
    owner: bool
    in_place_of: str


@dataclass(frozen=True)
class Promised:
    """A commitment as it stood on a day, by its last step until then."""

    commitment: Commitment
    step: CommitmentStep

    @property
    def state(self) -> CommitmentState:
        return CommitmentState(self.step.state)


def commitments_visible_to(actor: Actor) -> QuerySet[Commitment]:
    """`rules.may_see_commitment` in SQL."""
    rows = Commitment.objects.all()
    if actor.has("operator"):
        return rows
    return rows.filter(Q(public=True) | Q(network__uid__in=_networks_of(actor)))


def commitments(
    network: Network | None,
    *,
    actor: Actor,
    state: str = "",
    owner: Organisation | None = None,
    words: str = "",
    overdue_on: date | None = None,
) -> QuerySet[Commitment]:
    """Those of a network, or with None of all in which the actor takes part, that she may see.

    Each with `term`, by which they stand in `COMMITMENT_ORDER`. `overdue_on`: those alone whose
    term has passed on that day and that are neither done nor dropped.
    """
    rows = commitments_visible_to(actor)
    if network is not None:
        rows = rows.filter(network=network)
    else:
        rows = rows.filter(network__in=networks_of_commitments(actor))
    if state:
        rows = rows.filter(state=state)
    if owner is not None:
        rows = rows.filter(owner=owner)
    if overdue_on is not None:
        rows = rows.filter(state__in=rules.UNDER_WAY, due__lt=overdue_on)
    return _in_order(rows.filter(matching(words)))


def commitments_of(organisation: Organisation, *, actor: Actor, on: date) -> list[Promised]:
    """What the organisation had promised by that day and the actor may see, by term; two queries.

    Each as it stood then, by the days of which its steps speak, whenever they were entered. What
    was promised under another row, before it turned out to be the same, is among it.
    """
    owners = known_as([organisation])[organisation.pk]
    visible = commitments_visible_to(actor).filter(
        Exists(CommitmentStep.objects.filter(commitment=OuterRef("pk"), owner__in=owners))
    )
    steps = CommitmentStep.objects.filter(commitment__in=visible, on__lte=on)
    last = {
        step.commitment_id: step
        for step in steps.select_related("commitment__network").order_by("id")
    }
    found = [Promised(step.commitment, step) for step in last.values()]
    return sorted(
        (row for row in found if row.step.owner_id in owners),
        key=lambda row: (row.step.due or date.max, row.commitment.sort_key, row.commitment.pk),
    )


def commitment_at(uid: UUID, *, actor: Actor) -> Commitment:
    """Refuses with NotFound what is not there or not for this actor."""
    rows = commitments_visible_to(actor).select_related("network", "owner")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def history(commitment: Commitment) -> list[StepTaken]:
    """Its steps, the first to be entered first, each with what it changed; at most three queries."""
    rows = CommitmentStep.objects.filter(commitment=commitment).order_by("id")
    steps = list(rows.select_related("owner", "person"))
    places = _places(commitment, len(steps))
    return [
        StepTaken(
            step,
            None if before and before.state == step.state else CommitmentState(step.state),
            due=before is not None and before.due != step.due,
            owner=before is not None and before.owner_id != step.owner_id,
            in_place_of=place,
        )
        for before, step, place in zip([None, *steps], steps, places, strict=False)
    ]


def _places(commitment: Commitment, steps: int) -> list[str]:
    """In whose place each step was taken, by the journal: an entry for each, in their order."""
    told = [entry for entry in entries_of(commitment) if entry.action in STEPS]
    if len(told) != steps:
        return [""] * steps
    uids = {entry.acting_for for entry in told if entry.acting_for}
    names = (
        {
            str(uid): name
            for uid, name in Person.objects.filter(uid__in=uids).values_list("uid", "name")
        }
        if uids
        else {}
    )
    return [names.get(entry.acting_for, "") for entry in reversed(told)]


def networks_of_commitments(actor: Actor) -> QuerySet[Network]:
    """Where the actor sees commitments that are not public."""
    if actor.has("operator"):
        return networks()
    return networks().filter(uid__in=_networks_of(actor))


def owners_in(rows: QuerySet[Commitment]) -> QuerySet[Organisation]:
    """Who promised something among those, by name."""
    return Organisation.objects.filter(pk__in=rows.order_by().values("owner")).order_by(
        "sort_key", "id"
    )


def members_of(
    networks: QuerySet[Network], *, also: Organisation | None = None
) -> QuerySet[Organisation]:
    """Who takes part in some of these networks today, and `also` that one, by name."""
    taking_part = Participation.objects.on(clock.today()).filter(network__in=networks)
    rows = Organisation.objects.filter(
        Q(pk__in=taking_part.values("organisation"), merged_into__isnull=True)
        | Q(pk=also.pk if also else None)
    )
    return rows.order_by("sort_key", "id")


def _in_order(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    last = Value(date.max, output_field=DateField())
    return (
        rows.select_related("network", "owner")
        .annotate(term=Coalesce("due", last))
        .order_by(*COMMITMENT_ORDER)
    )


def _networks_of(actor: Actor) -> set[UUID]:
    part = rules.COMMITMENTS
    return actor.networks("network_secretary", part=part) | actor.networks(
        "organisation_member", part=part
    )
