"""What programs may do, by a key: propose a change to an organisation, take a step of a commitment."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Schema
from ninja.params.functions import Body, Path
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.models import Network
from tavolo.people.choices import TokenScope
from tavolo.people.web.bearer import Bearer, SentOnce, acted_once, actor_in, private
from tavolo.registry import queries, rules
from tavolo.registry.actions import propose_change, take_step
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment
from tavolo.registry.queries.commitments import COMMITMENT_ORDER, commitment_at, commitments
from tavolo.registry.web.api import examples, types
from tavolo.ui.api import After, Limit, Router, listed, plain
from tavolo.ui.api.problems import OtherVersion

SHORT, LONG = 300, 4000


def _web_address(text: str) -> str:
    try:
        if text:
            URLValidator(schemes=("http", "https"))(text)
    except ValidationError as fault:
        raise PydanticCustomError("web_address", "not a web address") from fault
    return text


Text = Annotated[str, AfterValidator(plain), Field(max_length=SHORT)]
Long = Annotated[str, AfterValidator(plain), Field(max_length=LONG)]
WebAddress = Annotated[Text, AfterValidator(_web_address)]
Uid = Annotated[UUID, Path(description=gettext_noop("The uid, as the list gives it."))]


class Sent(Schema):
    """What is sent; a key that is not known is refused, because it would be lost."""

    model_config = ConfigDict(extra="forbid")


class Proposed(Sent):
    name: Text | None = None
    kind: Annotated[
        Text | None, Field(description=gettext_noop("The key of a kind of organisation."))
    ] = None
    municipality: Annotated[
        Text | None, Field(description=gettext_noop("By its name; empty: none."))
    ] = None
    website: Text | None = None
    public_email: Text | None = None
    phone: Text | None = None
    tax_code: Text | None = None
    source: Text | None = None


class NewProposal(Sent):
    network: Annotated[
        Text, Field(description=gettext_noop("The slug of the network in whose name you propose."))
    ]
    reason: Annotated[
        Text, Field(min_length=1, description=gettext_noop("Why: the steward has to check it."))
    ]
    values: Annotated[
        Proposed,
        Field(description=gettext_noop("What should stand there; what is left out stays.")),
    ]


class NewStep(Sent):
    version: Annotated[
        int,
        Field(ge=1, le=2**31 - 1, description=gettext_noop("The version that you read.")),
    ]
    state: Annotated[
        CommitmentState,
        Field(description=gettext_noop("How it stands from now on, perhaps as before.")),
    ]
    on: Annotated[
        date | None, Field(description=gettext_noop("Of what day; without it, today."))
    ] = None
    note: Annotated[Long, Field(description=gettext_noop("What happened."))] = ""
    address: Annotated[WebAddress, Field(description=gettext_noop("Where one sees it."))] = ""
    due: Annotated[
        date | None, Field(description=gettext_noop("Another term; without it, it stays."))
    ] = None
    no_due: Annotated[bool, Field(description=gettext_noop("There is no term any more."))] = False


SENT_PROPOSAL: Final = {
    "network": "lucca",
    "reason": "determinazione 12/2026, albo pretorio",
    "values": {"website": "https://www.azienda.example"},
}
SENT_STEP: Final = {
    "version": 3,
    "state": "done",
    "on": "2026-11-20",
    "note": "Il regolamento è pubblicato.",
    "address": "https://www.azienda.example/regolamento",
}


def offer(router: Router) -> None:
    """The addresses."""
    router.writes(
        "/organisations/{uid}/proposals",
        name="organisation-proposals",
        answers=types.ProposalMade,
        summary=gettext_noop("Propose a change to an organisation"),
        description=gettext_noop(
            "In the name of a network whose secretariat you run; the organisation’s steward takes it"
            " up or declines it. Nothing of the organisation changes until then."
        ),
        sent=SENT_PROPOSAL,
        example=examples.PROPOSAL,
        key=Bearer(TokenScope.PROPOSE),
    )(propose)
    router.reads(
        "/commitments",
        name="commitments",
        answers=types.Commitments,
        summary=gettext_noop("Commitments of your networks"),
        description=gettext_noop("Those that the key’s owner sees, by term."),
        example=examples.COMMITMENTS,
        key=Bearer(),
    )(commitments_seen)
    router.writes(
        "/commitments/{uid}/steps",
        name="commitment-steps",
        answers=types.CommitmentOfYours,
        summary=gettext_noop("Take a step of a commitment"),
        description=gettext_noop(
            "Say what became of it, as on its page; who promised it stays. Whoever wrote first wins:"
            " 409 shows what stands there now."
        ),
        sent=SENT_STEP,
        example=examples.COMMITMENT,
        key=Bearer(TokenScope.STEP),
    )(step)


def propose(
    request: HttpRequest, *, uid: Uid, key: SentOnce, sent: Annotated[NewProposal, Body()]
) -> HttpResponse:
    actor, organisation = actor_in(request), queries.organisation_by_uid(uid)

    def act() -> types.ProposalMade:
        run = queries.networks_run_by(actor, rules.ORGANISATIONS)
        network: Network | None = run.filter(slug=sent.network).first()
        if network is None:
            raise NotAllowed
        row = propose_change(
            organisation=organisation,
            network=network,
            values=sent.values.model_dump(exclude_none=True),
            reason=sent.reason,
            by=actor,
        )
        return types.ProposalMade(
            uid=row.uid,
            organisation=organisation.uid,
            network=network.slug,
            values=row.values,
            proposed_at=row.proposed_at,
        )

    return acted_once(request, key, act)


def commitments_seen(request: HttpRequest, *, after: After, limit: Limit) -> HttpResponse:
    rows = commitments(None, actor=actor_in(request)).select_related("network", "owner")
    found = listed(
        request,
        rows,
        lambda page: [_shown(row) for row in page],
        after=after,
        limit=limit,
        order=COMMITMENT_ORDER,
    )
    found["Cache-Control"] = private({})["Cache-Control"]
    return found


def step(
    request: HttpRequest, *, uid: Uid, key: SentOnce, sent: Annotated[NewStep, Body()]
) -> HttpResponse:
    actor = actor_in(request)

    def act() -> types.CommitmentOfYours:
        found = commitment_at(uid, actor=actor)
        try:
            take_step(commitment=found, by=actor, **sent.model_dump())
        except StaleVersion as stale:
            raise _other(stale.theirs, sent) from stale
        return _shown(found)

    return acted_once(request, key, act)


def _other(theirs: Commitment, sent: NewStep) -> OtherVersion:
    yours: dict[str, Any] = sent.model_dump(mode="json")
    return OtherVersion(theirs=dict(_shown(theirs)), yours=yours)


def _shown(row: Commitment) -> types.CommitmentOfYours:
    return types.CommitmentOfYours(
        uid=row.uid,
        version=row.version,
        network=row.network.slug,
        name=row.name,
        state=str(row.state),
        owner=row.owner.uid if row.owner else None,
        due=row.due,
        public=row.public,
    )
