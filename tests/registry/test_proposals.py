"""What other networks propose to the steward."""

from datetime import timedelta

import pytest

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, Refusal, StaleVersion
from tavolo.kernel.models import Network
from tavolo.registry import errors
from tavolo.registry.actions import (
    accept_proposal,
    decline_proposal,
    edit_organisation,
    merge_organisations,
    propose_change,
)
from tavolo.registry.models import NetworkOffice, Organisation, Proposal
from tavolo.registry.queries import organisation_as_of
from tests.factories.registry import a_founded_network, acting, an_organisation
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley
from tests.registry.test_actions import facts, told


@pytest.fixture
def neighbour(db: None) -> tuple[Network, Actor]:
    network = a_founded_network("costa", "Rete della costa")
    return network, acting(NetworkOffice.objects.get(network=network).person)


@pytest.fixture
def aurora(valley: Valley) -> Organisation:
    return an_organisation(valley.network, "Aurora", phone="0583 1")


def proposed(
    organisation: Organisation, neighbour: tuple[Network, Actor], **values: str
) -> Proposal:
    network, by = neighbour
    return propose_change(
        organisation=organisation, network=network, values=values, reason=" dal sito ", by=by
    )


def test_a_proposal_writes_nothing_until_it_is_taken_up(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    proposal = proposed(aurora, neighbour, name="Aurora ODV", phone="0583 1")
    # What stands there already falls away.
    assert (proposal.values, proposal.reason) == ({"name": "Aurora ODV"}, "dal sito")
    assert Organisation.objects.get(pk=aurora.pk).name == "Aurora"
    assert told(valley.network)[-1] == "registry.change_proposed"
    assert facts(valley.network)[-1] == "registry.ProposalMade"


def test_what_is_taken_up_is_a_change_from_today(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    lucca = a_municipality("Lucca")
    proposal = proposed(aurora, neighbour, name="Aurora ODV", municipality="Lucca (LU)")
    accept_proposal(proposal=proposal, version=1, by=valley.secretary)
    aurora.refresh_from_db()
    assert (aurora.name, aurora.municipality, aurora.phone) == ("Aurora ODV", lucca, "0583 1")
    yesterday = clock.today() - timedelta(days=1)
    assert organisation_as_of(aurora, on=yesterday, actor=OPERATOR).name == "Aurora"
    proposal.refresh_from_db()
    assert (proposal.accepted_at is None, proposal.declined_at, proposal.version) == (
        False,
        None,
        2,
    )
    assert facts(valley.network)[-2:] == [
        "registry.OrganisationEdited",
        "registry.ProposalAccepted",
    ]


def test_what_is_taken_up_as_a_correction_was_so_all_along(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    before = clock.now()
    proposal = proposed(aurora, neighbour, name="Aurora ODV", phone="")
    accept_proposal(proposal=proposal, version=1, correction=True, by=valley.secretary)
    long_ago = clock.today() - timedelta(days=4000)
    found = organisation_as_of(aurora, on=long_ago, actor=OPERATOR)
    assert (found.name, found.contacts) == ("Aurora ODV", [])
    known = organisation_as_of(aurora, on=long_ago, known_at=before, actor=OPERATOR)
    assert (known.name, [row.value for row in known.contacts]) == ("Aurora", ["0583 1"])


def test_what_was_not_proposed_stays_as_it_is_meanwhile(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    aurora.municipality = a_municipality("Lucca")
    proposal = proposed(aurora, neighbour, municipality="")
    edit_organisation(
        organisation=aurora, version=1, name="Aurora APS", kind="association", by=OPERATOR
    )
    accept_proposal(proposal=proposal, version=1, by=valley.secretary)
    aurora.refresh_from_db()
    assert (aurora.name, aurora.phone, aurora.municipality) == ("Aurora APS", "", None)


def test_a_proposal_is_declined_with_a_reason(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    proposal = proposed(aurora, neighbour, name="Aurora ODV")
    with pytest.raises(errors.ReasonMissing):
        decline_proposal(proposal=proposal, version=1, answer=" ", by=valley.secretary)
    proposal = Proposal.objects.get()
    decline_proposal(proposal=proposal, version=1, answer="non è ODV", by=valley.secretary)
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.accepted_at, proposal.declined_at is None) == (
        "non è ODV",
        None,
        False,
    )
    assert Organisation.objects.get(pk=aurora.pk).name == "Aurora"
    assert facts(valley.network)[-1] == "registry.ProposalDeclined"


def test_a_proposal_is_answered_once(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    proposal = proposed(aurora, neighbour, name="Aurora ODV")
    with pytest.raises(StaleVersion):
        accept_proposal(proposal=proposal, version=7, by=valley.secretary)
    accept_proposal(proposal=Proposal.objects.get(), version=1, by=valley.secretary)
    with pytest.raises(errors.AlreadyAnswered):
        decline_proposal(
            proposal=Proposal.objects.get(), version=2, answer="no", by=valley.secretary
        )


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({}, errors.NothingProposed),
        ({"name": " Aurora "}, errors.NothingProposed),
        ({"steward": "costa"}, errors.NothingProposed),
        ({"name": " "}, errors.NameMissing),
        ({"kind": "circus"}, errors.UnknownKind),
        ({"tax_code": "80012000827"}, errors.TaxCodeWrong),
        ({"municipality": "Atlantide"}, errors.MunicipalityNotClear),
        ({"website": "javascript:alert(1)"}, errors.ContactWrong),
        ({"public_email": "aurora"}, errors.ContactWrong),
    ],
)
def test_what_could_not_be_taken_up_is_not_proposed(
    aurora: Organisation,
    neighbour: tuple[Network, Actor],
    values: dict[str, str],
    refusal: type[Refusal],
) -> None:
    with pytest.raises(refusal):
        proposed(aurora, neighbour, **values)
    assert not Proposal.objects.exists()


def test_who_may_propose_and_who_may_answer(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor], stranger: Actor
) -> None:
    network, secretary = neighbour
    for by, where in (
        (ANONYMOUS, network),
        (stranger, network),
        (valley.secretary, network),
        (valley.secretary, valley.network),
        (OPERATOR, valley.network),
    ):
        with pytest.raises(NotAllowed):
            propose_change(organisation=aurora, network=where, values={"name": "X"}, by=by)
    proposal = proposed(aurora, neighbour, name="Aurora ODV", website="https://aurora.example")
    for by in (ANONYMOUS, stranger, secretary):
        with pytest.raises(NotAllowed):
            accept_proposal(proposal=proposal, version=1, by=by)
        with pytest.raises(NotAllowed):
            decline_proposal(proposal=proposal, version=1, answer="no", by=by)


def test_of_whoever_was_merged_nothing_is_proposed(
    valley: Valley, aurora: Organisation, neighbour: tuple[Network, Actor]
) -> None:
    other = an_organisation(valley.network, "L’Aurora")
    merge_organisations(organisation=other, into=aurora, reason="la stessa", by=OPERATOR)
    with pytest.raises(errors.OrganisationMerged):
        proposed(other, neighbour, name="X")
