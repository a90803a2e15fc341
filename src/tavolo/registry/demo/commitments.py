"""What the organisations of the first network promised at invented meetings, in every state."""

from dataclasses import dataclass
from datetime import date, timedelta

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.messages.models import SignedLink
from tavolo.messages.tokens import token_of
from tavolo.registry.actions import add_commitment, ask_outcome, take_step
from tavolo.registry.actions.outcomes import PURPOSE
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment, Organisation
from tavolo.registry.queries import members_of, networks
from tavolo.registry.queries.outcomes import askable

SOURCE = "Riunione di esempio"


@dataclass(frozen=True)
class Promise:
    """`promised` and `due` in days before and after the reference day; `owner` by its place by name."""

    name: str
    promised: int
    due: int | None
    owner: int | None
    state: CommitmentState = CommitmentState.OPEN
    note: str = ""
    public: bool = True


PROMISES = (
    Promise("Aprire uno sportello di ascolto due pomeriggi alla settimana", 300, -30, 0),
    Promise(
        "Tradurre il pieghevole dei servizi in cinque lingue",
        240,
        45,
        1,
        CommitmentState.IN_PROGRESS,
        "Pronte le traduzioni in inglese e in arabo.",
    ),
    Promise(
        "Formare il personale degli uffici che ricevono il pubblico",
        400,
        -90,
        2,
        CommitmentState.DONE,
        "Due giornate, quarantotto persone.",
    ),
    Promise(
        "Raccogliere i dati sulle richieste di aiuto del primo semestre",
        200,
        -20,
        3,
        CommitmentState.PARTLY,
        "Hanno risposto due sportelli su tre.",
    ),
    Promise(
        "Pubblicare un calendario comune delle iniziative",
        350,
        -120,
        1,
        CommitmentState.DROPPED,
        "Lo tiene già un altro ente.",
    ),
    Promise("Proporre una data per il prossimo incontro", 20, None, None, public=False),
)


# One of whom somebody was asked what became of it, by letter and with a link.
ASKED = Promise("Indicare una persona di riferimento per le altre organizzazioni", 90, 10, 0)
OWNER = "Comune di Rozzano"
TO_ANSWER = timedelta(days=60)


class Commitments:
    """The commitments of the demonstration, with the addresses of one of them."""

    key = "registry.commitments"

    def load(self, context: DemoContext) -> None:
        network = networks().first()
        if network is None:
            return
        owners = list(members_of(networks().filter(pk=network.pk))[: len(PROMISES)])
        for promise in PROMISES:
            _enter(promise, network, owners, context.reference_day)
        _ask(network, context.reference_day)

    def examples(self) -> list[Example]:
        found = Commitment.objects.filter(public=False).first()
        if found is None:
            return []
        here = {"uid": found.uid}
        return [
            Example("registry:commitments", who="insider"),
            Example("registry:commitments", query="?stato=in-ritardo", who="insider"),
            Example("registry:commitments_csv", who="insider"),
            Example("registry:add_commitment", who="secretary"),
            Example("registry:commitment", here, who="insider"),
            Example("registry:edit_commitment", here, who="secretary"),
            *_asked_examples(),
        ]


def _ask(network: Network, day: date) -> None:
    owner = Organisation.objects.get(name=OWNER, steward=network)
    commitment = _enter(ASKED, network, [owner], day)
    persons = [one.person.uid for one in askable(commitment, actor=OPERATOR, on=day) if one.email]
    ask_outcome(
        commitment=commitment, persons=persons[:1], until=clock.today() + TO_ANSWER, by=OPERATOR
    )


def _asked_examples() -> list[Example]:
    """Asking, and the page on which it is answered."""
    link = SignedLink.objects.filter(purpose=PURPOSE).first()
    if link is None:
        return []
    return [
        Example("registry:ask_outcome", {"uid": link.subject}, who="secretary"),
        # A public one: whoever has an account reads it, without what the secretariat sees.
        Example("registry:commitment", {"uid": link.subject}, who="stranger"),
        Example("messages:answer", {"token": token_of(link.uid)}),
    ]


def _enter(promise: Promise, network: Network, owners: list[Organisation], day: date) -> Commitment:
    owner = owners[promise.owner] if promise.owner is not None else None
    row = add_commitment(
        network=network,
        name=promise.name,
        owner=owner,
        no_owner=owner is None,
        due=day + timedelta(days=promise.due) if promise.due is not None else None,
        no_due=promise.due is None,
        public=promise.public,
        source=SOURCE,
        on=day - timedelta(days=promise.promised),
        by=OPERATOR,
    )
    if promise.state is not CommitmentState.OPEN:
        take_step(
            commitment=row,
            version=row.version,
            state=promise.state,
            on=day - timedelta(days=promise.promised // 4),
            note=promise.note,
            by=OPERATOR,
        )
    return row


demo_parts.add(Commitments())
