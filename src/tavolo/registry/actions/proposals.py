"""What other networks would have the steward change: proposed, taken up, declined with a reason."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import Fact, announce
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.kernel.versions import save_version
from tavolo.registry import rules
from tavolo.registry.actions.common import require
from tavolo.registry.actions.organisations import EDITABLE, edit_organisation
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.errors import (
    AlreadyAnswered,
    ContactWrong,
    MunicipalityNotClear,
    NameMissing,
    NothingProposed,
    OrganisationMerged,
    ReasonMissing,
    TaxCodeWrong,
    UnknownKind,
)
from tavolo.registry.facts import ProposalAccepted, ProposalDeclined, ProposalMade
from tavolo.registry.identifiers import cleaned_tax_code, is_tax_code
from tavolo.registry.models import Organisation, Proposal
from tavolo.registry.queries.organisations import municipalities_called
from tavolo.territory.models import Municipality


@transaction.atomic
def propose_change(
    *,
    organisation: Organisation,
    network: Network,
    values: Mapping[str, str],
    reason: str = "",
    by: Actor,
) -> Proposal:
    """Propose to the steward other values for an organisation, in the name of a network.

    `values` are texts by field of `organisations.EDITABLE`, the municipality by its name as the
    form has it; what does not differ from what stands there falls away. Nothing of the organisation
    is written. Refuses with NotAllowed whoever does not run the network, or runs the steward;
    with OrganisationMerged, NothingProposed and what would be refused when it is taken up.
    """
    require(rules.may_propose(by, network.uid, steward=organisation.steward.uid))
    if organisation.merged_into_id is not None:
        raise OrganisationMerged
    stands = _as_text(organisation)
    plain = {name: " ".join(text.split()) for name, text in values.items() if name in stands}
    different = {name: text for name, text in plain.items() if text != stands[name]}
    if not different:
        raise NothingProposed
    _check(different)
    row = Proposal.objects.create(
        organisation=organisation,
        network=network,
        values=different,
        reason=" ".join(reason.split()),
        proposed_at=clock.now(),
    )
    said = {"organisation": str(organisation.uid), "proposed": different, "reason": row.reason}
    fact = ProposalMade(row.uid, organisation.uid)
    return _told("registry.change_proposed", row, fact, by, said)


@transaction.atomic
def accept_proposal(
    *, proposal: Proposal, version: int, correction: bool = False, by: Actor
) -> Proposal:
    """Take a proposal up: what it says is written as a change from today, or as a correction.

    `edit_organisation` says how. Refuses with NotAllowed, AlreadyAnswered, StaleVersion, and what
    editing refuses with.
    """
    _answer(proposal, version, by, accepted_at=clock.now(), answer="")
    organisation = Organisation.objects.get(pk=proposal.organisation_id)
    values = _as_text(organisation) | proposal.values
    edit_organisation(
        organisation=organisation,
        version=organisation.version,
        correction=correction,
        by=by,
        **values | {"municipality": _municipality(proposal.values, organisation)},
    )
    fact = ProposalAccepted(proposal.uid, organisation.uid)
    return _told("registry.proposal_accepted", proposal, fact, by, {})


@transaction.atomic
def decline_proposal(*, proposal: Proposal, version: int, answer: str, by: Actor) -> Proposal:
    """Decline a proposal; `answer` tells those who made it why.

    Refuses with NotAllowed, ReasonMissing, AlreadyAnswered, StaleVersion.
    """
    words = " ".join(answer.split())
    _answer(proposal, version, by, declined_at=clock.now(), answer=words)
    if not words:
        raise ReasonMissing
    fact = ProposalDeclined(proposal.uid, proposal.organisation.uid)
    return _told("registry.proposal_declined", proposal, fact, by, {"answer": words})


def _answer(proposal: Proposal, version: int, by: Actor, **values: Any) -> None:
    require(rules.may_edit_organisation(by, proposal.organisation.steward.uid))
    now = Proposal.objects.get(pk=proposal.pk)
    if now.accepted_at or now.declined_at:
        raise AlreadyAnswered
    for name, value in values.items():
        setattr(proposal, name, value)
    save_version(proposal, expected=version, fields=values)


def _as_text(organisation: Organisation) -> dict[str, str]:
    plain = {name: str(getattr(organisation, name)) for name in EDITABLE if name != "municipality"}
    seat = organisation.municipality
    return plain | {"municipality": seat.name if seat else ""}


def _municipality(values: Mapping[str, str], row: Organisation) -> Municipality | None:
    if "municipality" not in values:
        return row.municipality
    text = values["municipality"]
    return _called(text) if text else None


def _called(text: str) -> Municipality:
    found = municipalities_called(text)
    if len(found) != 1:
        raise MunicipalityNotClear
    return found[0]


def _check(values: Mapping[str, str]) -> None:
    if "name" in values and not search_key(values["name"]):
        raise NameMissing
    if "kind" in values and values["kind"] not in OrganisationKind.values:
        raise UnknownKind
    if values.get("tax_code") and not is_tax_code(cleaned_tax_code(values["tax_code"])):
        raise TaxCodeWrong
    if values.get("municipality"):
        _called(values["municipality"])
    try:
        if values.get("website"):
            URLValidator(schemes=("http", "https"))(values["website"])
        if values.get("public_email"):
            validate_email(values["public_email"])
    except ValidationError as fault:
        raise ContactWrong from fault


def _told(
    action: str, proposal: Proposal, fact: Fact, by: Actor, values: dict[str, Any]
) -> Proposal:
    network = proposal.organisation.steward
    record(action=action, actor=by, subject=proposal, network=network, values=values)
    announce(fact, network=network)
    return proposal
