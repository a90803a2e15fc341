"""Named reads of PEC messages, of what they answer, and of numbers given outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Upper

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, Registrable, numbered
from tavolo.messages.models import ExternalNumber, Message, PecBinding, PecMailbox, PecMessage
from tavolo.messages.pec.choices import PecKind, PecState

LETTERS, PECS = "messages.letters", "messages.pec"
# Kinds that speak of a message which somebody sent.
ANSWERS = (
    PecKind.ACCEPTANCE,
    PecKind.NON_ACCEPTANCE,
    PecKind.TAKING_CHARGE,
    PecKind.DELIVERY,
    PecKind.DELIVERY_FAILED,
    PecKind.DELIVERY_DELAYED,
    PecKind.VIRUS,
)


@dataclass(frozen=True)
class Proposal:
    """What a receipt probably answers: the thing, and the kind of which it is."""

    kind: str
    thing: Registrable


def pecs_of(network: Network, state: str = "") -> QuerySet[PecMessage]:
    """The messages of a network, each with `newest` to go backwards by; with `state`, those in it."""
    newest = ExpressionWrapper(-1 * F("id"), output_field=BigIntegerField())
    rows = PecMessage.objects.filter(network=network).annotate(newest=newest)
    return rows.filter(state=state) if state in set(PecState) else rows


def pec_at(network: Network, uid: UUID) -> PecMessage | None:
    return (
        PecMessage.objects.filter(network=network, uid=uid)
        .select_related("network", "twin_of", "content")
        .first()
    )


def bindings_of(message: PecMessage) -> list[PecBinding]:
    """What was decided of it, the last first."""
    return list(message.bindings.order_by("-id"))


def bound_to(network: Network, kind: str, subject: UUID) -> list[PecMessage]:
    """The messages whose last decision binds them to that thing, the oldest first."""
    bound = PecMessage.objects.filter(
        network=network, state=PecState.BOUND, bindings__kind=kind, bindings__subject=subject
    ).distinct()
    return [
        row
        for row in bound.prefetch_related("bindings").order_by("id")
        if max(row.bindings.all(), key=lambda each: each.pk).subject == subject
    ]


def proposals(message: PecMessage, actor: Actor) -> list[Proposal]:
    """What a receipt answers by the identifier of the original: our letter, or a PEC that was brought."""
    if not message.msgid or message.kind not in ANSWERS:
        return []
    network = message.network
    found = {LETTERS: _letters(network, message.msgid), PECS: _originals(message)}
    return [
        Proposal(key, thing)
        for key, uids in found.items()
        for thing in (_named(key, network, uids, actor).values() if uids else ())
    ]


def _letters(network: Network, msgid: str) -> list[UUID]:
    try:
        # The outbox names its letters by their uid (`composing.message_id`).
        uid = UUID(msgid.partition("@")[0])
    except ValueError:
        return []
    return list(Message.objects.filter(network=network, uid=uid).values_list("uid", flat=True))


def _originals(message: PecMessage) -> list[UUID]:
    """The envelope of the same original, or the message itself as it was sent."""
    same = Q(msgid=message.msgid, kind__in=(PecKind.TRANSPORT, PecKind.ANOMALY))
    rows = PecMessage.objects.filter(network=message.network).filter(
        same | Q(message_id=message.msgid)
    )
    return list(rows.exclude(pk=message.pk).order_by("id").values_list("uid", flat=True)[:5])


def _named(
    key: str, network: Network, uids: Sequence[UUID], actor: Actor
) -> Mapping[UUID, Registrable]:
    plug = plug_of(key)
    if plug is None or not plug.may(actor, network.uid):
        return {}
    return plug.named(network.uid, uids)


def plug_of(key: str) -> Numbered | None:
    return next((each for each in numbered if each.key == key), None)


def plugs_for(actor: Actor, network: Network) -> list[Numbered]:
    """The kinds of things whose numbers the actor enters there, in order."""
    shown = [each for each in numbered if each.may(actor, network.uid)]
    return sorted(shown, key=lambda each: (each.order, each.key))


def thing_of(network: Network, kind: str, uid: UUID | None, actor: Actor) -> Registrable | None:
    """A thing by its kind and uid, where the actor may see it."""
    return None if uid is None else _named(kind, network, [uid], actor).get(uid)


def number_of(network: Network, kind: str, subject: UUID) -> ExternalNumber | None:
    """The number that stands."""
    return standing(network).filter(kind=kind, subject=subject).first()


def numbers_of(network: Network, kind: str, subject: UUID) -> list[ExternalNumber]:
    """All that were ever entered for a thing, the last first."""
    rows = ExternalNumber.objects.filter(network=network, kind=kind, subject=subject)
    return list(rows.order_by("-id"))


def standing(network: Network) -> QuerySet[ExternalNumber]:
    return ExternalNumber.objects.filter(network=network, superseded_by=None)


def same_number(
    network: Network, *, number: str, year: int, register: str, kind: str, subject: UUID
) -> list[ExternalNumber]:
    """Other things that have the same number of the same register and year: a reason to look again."""
    rows = standing(network).annotate(folded=Upper("number"))
    return list(
        rows.filter(folded=number.strip().upper(), day__year=year, register=register.strip())
        .exclude(kind=kind, subject=subject)
        .order_by("id")
    )


def last_register(network: Network) -> ExternalNumber | None:
    """The number that was entered last with its codes: the next is probably of the same register."""
    return standing(network).exclude(register="").order_by("-id").first()


def mailbox_of(network: Network) -> PecMailbox | None:
    return PecMailbox.objects.filter(network=network).first()


def pecs_naming(addresses: Sequence[str]) -> QuerySet[PecMessage]:
    """The messages that name one of these addresses."""
    named = Q(pk__in=[])
    for address in addresses:
        named |= Q(addresses__contains=f" {address.lower()} ")
    return PecMessage.objects.filter(named).order_by("id")
