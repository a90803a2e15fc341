"""What was promised, by whom and by when; what is not public is for the network alone."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment, CommitmentStep, Organisation
from tavolo.registry.queries.networks import networks
from tavolo.registry.queries.words import matching

# By their term, those without one at the end; those of one day by their words.
COMMITMENT_ORDER = ("term", "sort_key", "id")


@dataclass(frozen=True)
class StepTaken:
    """A step, and what it changed: None where term or owner stayed as they were."""

    step: CommitmentStep
    state: CommitmentState | None
    due: bool
    owner: bool


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
    """What the organisation had promised by that day and the actor may see, by term; one query.

    Each as it stood then, by the days of which its steps speak, whenever they were entered.
    """
    visible = commitments_visible_to(actor).filter(
        Exists(CommitmentStep.objects.filter(commitment=OuterRef("pk"), owner=organisation))
    )
    steps = CommitmentStep.objects.filter(commitment__in=visible, on__lte=on)
    last = {
        step.commitment_id: step
        for step in steps.select_related("commitment__network").order_by("id")
    }
    found = [Promised(step.commitment, step) for step in last.values()]
    return sorted(
        (row for row in found if row.step.owner_id == organisation.pk),
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
    """Its steps, the first to be entered first, each with what it changed; one query."""
    rows = CommitmentStep.objects.filter(commitment=commitment).order_by("id")
    found: list[StepTaken] = []
    before: CommitmentStep | None = None
    for step in rows.select_related("owner", "person"):
        found.append(
            StepTaken(
                step,
                CommitmentState(step.state) if not before or before.state != step.state else None,
                due=before is not None and before.due != step.due,
                owner=before is not None and before.owner_id != step.owner_id,
            )
        )
        before = step
    return found


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
