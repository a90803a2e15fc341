"""Whom it concerns that something happened: she finds it among her notifications."""

from tavolo.desk.choices import Happened
from tavolo.desk.concerned import acting_for, running
from tavolo.desk.notices import notify
from tavolo.imports.facts import BatchChecked
from tavolo.imports.models import Batch
from tavolo.kernel import clock
from tavolo.kernel.facts import on
from tavolo.kernel.models import Network
from tavolo.people.facts import CorrectionRequested, InvitationAccepted
from tavolo.people.models import CorrectionRequest, Invitation, Person
from tavolo.registry.facts import (
    CommitmentAdded,
    CommitmentMoved,
    DeputyAppointed,
    DeputyRevoked,
    ProposalAccepted,
    ProposalDeclined,
    ProposalMade,
)
from tavolo.registry.models import Commitment, Proposal


@on(CommitmentAdded)
def tell_of_a_commitment(fact: CommitmentAdded) -> None:
    _of_commitment(fact, Happened.COMMITMENT_ADDED)


@on(CommitmentMoved)
def tell_how_it_went(fact: CommitmentMoved) -> None:
    _of_commitment(fact, Happened.COMMITMENT_MOVED)


@on(ProposalMade)
def tell_the_steward(fact: ProposalMade) -> None:
    row = _proposal(fact)
    _of_proposal(row, row.organisation.steward, Happened.PROPOSAL_MADE)


@on(ProposalAccepted)
def tell_that_it_was_taken_up(fact: ProposalAccepted) -> None:
    row = _proposal(fact)
    _of_proposal(row, row.network, Happened.PROPOSAL_ACCEPTED)


@on(ProposalDeclined)
def tell_that_it_was_declined(fact: ProposalDeclined) -> None:
    row = _proposal(fact)
    _of_proposal(row, row.network, Happened.PROPOSAL_DECLINED)


@on(CorrectionRequested)
def tell_who_answers(fact: CorrectionRequested) -> None:
    row = CorrectionRequest.objects.select_related("network").get(uid=fact.request)
    if row.network is not None:
        notify(
            running(row.network, on=clock.today()),
            kind=Happened.REQUEST_CAME,
            subject=row.uid,
            network=row.network,
            about=row.code,
        )


@on(InvitationAccepted)
def tell_who_invited(fact: InvitationAccepted) -> None:
    row = Invitation.objects.select_related("network", "person").get(uid=fact.invitation)
    others = running(row.network, on=clock.today()).exclude(pk=row.person_id)
    notify(others, kind=Happened.INVITATION_ACCEPTED, subject=row.uid, network=row.network)


@on(DeputyAppointed)
def tell_the_deputy(fact: DeputyAppointed) -> None:
    _of_deputy(fact, Happened.DEPUTY_NAMED)


@on(DeputyRevoked)
def tell_who_was_the_deputy(fact: DeputyRevoked) -> None:
    _of_deputy(fact, Happened.DEPUTY_REVOKED)


@on(BatchChecked)
def tell_who_brought_it(fact: BatchChecked) -> None:
    row = Batch.objects.select_related("network").get(uid=fact.batch)
    persons = Person.objects.filter(uid=row.by) if row.by else Person.objects.none()
    if row.network is not None:
        # The worker checked it: whoever brought the file is told, though she is its author.
        notify(
            persons,
            kind=Happened.IMPORT_READY,
            subject=row.uid,
            network=row.network,
            about=row.file_name,
            author=False,
        )


def _of_commitment(fact: CommitmentAdded | CommitmentMoved, kind: Happened) -> None:
    row = Commitment.objects.select_related("network", "owner").get(uid=fact.commitment)
    persons = running(row.network, on=clock.today())
    if row.owner is not None:
        persons = persons | acting_for(row.owner, on=clock.today())
    notify(
        persons,
        kind=kind,
        subject=row.uid,
        network=row.network,
        about=row.name,
        organisation=row.owner,
    )


def _proposal(fact: ProposalMade | ProposalAccepted | ProposalDeclined) -> Proposal:
    rows = Proposal.objects.select_related("network", "organisation__steward")
    return rows.get(uid=fact.proposal)


def _of_proposal(row: Proposal, network: Network, kind: Happened) -> None:
    notify(
        running(network, on=clock.today()),
        kind=kind,
        subject=row.uid,
        network=network,
        about=row.organisation.name,
    )


def _of_deputy(fact: DeputyAppointed | DeputyRevoked, kind: Happened) -> None:
    notify(
        Person.objects.filter(uid=fact.deputy),
        kind=kind,
        subject=fact.grant,
        network=Network.objects.get(uid=fact.network),
    )
