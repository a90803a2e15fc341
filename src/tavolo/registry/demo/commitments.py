"""What the organisations of the first network promised at invented meetings, in every state."""

from dataclasses import dataclass
from datetime import date, timedelta

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.registry.actions import add_commitment, take_step
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment, Organisation
from tavolo.registry.queries import members_of, networks

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
        ]


def _enter(promise: Promise, network: Network, owners: list[Organisation], day: date) -> None:
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


demo_parts.add(Commitments())
