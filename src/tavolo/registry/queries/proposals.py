"""What networks propose to the stewards of organisations, and what became of it."""

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.models import Organisation, Proposal
from tavolo.registry.queries.networks import networks_run_by
from tavolo.registry.queries.organisations import with_its_place

WAITING = Q(accepted_at__isnull=True, declined_at__isnull=True)


def proposals_for(actor: Actor) -> QuerySet[Proposal]:
    """What waits for an answer of the networks that she runs, the oldest first."""
    return _near(actor).filter(WAITING, organisation__steward__in=_run(actor)).order_by("id")


def proposals_made_by(actor: Actor) -> QuerySet[Proposal]:
    """What the networks that she runs proposed to others, the newest first."""
    return _near(actor).filter(network__in=_run(actor)).order_by("-id")


def organisation_and_proposals(code: str) -> tuple[Organisation, int]:
    """An organisation, and how many proposals about it wait for an answer; one query. Refuses with NotFound."""
    waiting = Proposal.objects.filter(WAITING, organisation=OuterRef("pk")).order_by()
    number = waiting.values("organisation").annotate(number=Count("pk")).values("number")
    rows = with_its_place().annotate(proposals=Coalesce(Subquery(number), 0))
    found = rows.filter(code=code).first()
    if found is None:
        raise NotFound
    return found, found.proposals


def proposal_of(actor: Actor, uid: UUID) -> Proposal:
    """For those who made it and those who answer it. Refuses with NotFound everybody else."""
    proposal = _near(actor).filter(uid=uid).first()
    if proposal is None:
        raise NotFound
    return proposal


def _run(actor: Actor) -> QuerySet[Network]:
    return networks_run_by(actor, rules.ORGANISATIONS)


def _near(actor: Actor) -> QuerySet[Proposal]:
    mine = Q(network__in=_run(actor)) | Q(organisation__steward__in=_run(actor))
    rows = Proposal.objects.filter(mine)
    return rows.select_related(
        "network", "organisation__steward", "organisation__municipality__province"
    )
