"""What the page of a PEC says of it: the verdict in sentences, the times, who wrote to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tavolo.desk.web.pec.here import message_href, second_words, thing_href
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Registrable
from tavolo.messages.models import PecBinding, PecMessage
from tavolo.messages.pec import queries
from tavolo.messages.pec.choices import Integrity, PecKind, PecState, Trust
from tavolo.ui.words import instant_words

Pair = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """What it was bound to; without `href` it can no longer be seen."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Decision:
    """A line of the story."""

    at: str
    words: str
    by: str
    reason: str


def verdict_of(row: PecMessage) -> list[str]:
    """Whether it is what the provider signed, and whether the provider is one that is trusted."""
    told = [*_integrity(row), *_trust(row)]
    told += [sentence for sentence in row.remark_sentences if sentence not in told]
    return told


def _integrity(row: PecMessage) -> Iterator[str]:
    signer = row.signer or _("nobody named")
    if row.integrity == Integrity.WHOLE:
        yield _("The content is intact: it is what %(signer)s signed.") % {"signer": signer}
    if row.integrity == Integrity.UNSIGNED:
        yield _("This is an ordinary e-mail: no PEC provider signed it, and no time is certified.")
    if row.integrity == Integrity.WHOLE and row.kind == PecKind.PLAIN:
        yield _("It is signed, but it is no PEC: no provider certifies when it was sent.")


def _trust(row: PecMessage) -> Iterator[str]:
    if row.integrity != Integrity.WHOLE:
        return
    sentences = {
        Trust.TRUSTED: _("The certificate leads to a provider that this installation trusts."),
        Trust.FOREIGN: _(
            "The certificate leads to none of the providers that this installation trusts."
        ),
        Trust.OUT_OF_TIME: _("The certificate was not valid at that time."),
        Trust.NOT_CHECKED: _(
            "Whether the signer is a real PEC provider was not checked: this installation"
            " has no list of providers."
        ),
    }
    yield sentences[Trust(row.trust)]


def facts_of(row: PecMessage) -> list[Pair]:
    """The times: what is certified first, and the others named as what they are."""
    told: list[Pair] = []
    if row.told_at:
        whole = row.integrity == Integrity.WHOLE
        label = _("Certified time") if whole else _("Time told, not certified")
        told.append((label, second_words(row.told_at)))
    if row.header_at:
        told.append((_("Time in the header, not certified"), second_words(row.header_at)))
    told.append((_("Received here"), second_words(row.received_at)))
    return told


def said_of(row: PecMessage) -> list[Pair]:
    """What the message says, label by label, without what it does not say."""
    pairs = (
        (_("Sender"), row.sender),
        (_("To"), ", ".join(recipient_words(each) for each in row.recipients)),
        (_("Delivered to"), row.delivered_to),
        (_("Type of receipt"), row.receipt_type),
        (_("Error"), " ".join(filter(None, (error_words(row.error), row.error_words)))),
        (_("Provider"), row.provider),
        (_("Signed by"), row.signer),
        (_("Certificate issued by"), row.signer_issuer),
        (_("Identifier"), row.identifier),
        (_("Identifier of the original"), row.msgid),
        (_("How it came"), f"{row.get_way_display()} {row.file_name}".strip()),
    )
    return [(label, words) for label, words in pairs if words]


def recipient_words(recipient: Mapping[str, object]) -> str:
    address = str(recipient.get("address", ""))
    if recipient.get("certified") is False:
        return _("%(address)s (ordinary mail)") % {"address": address}
    return address


def error_words(error: str) -> str:
    known = {
        "nessuno": "",
        "no-dest": _("The address does not exist."),
        "no-dominio": _("The domain of the address does not exist."),
        "virus": _("A virus was found."),
        "altro": _("Another error."),
    }
    return known.get(error, error)


def answered(row: PecMessage, decided: Sequence[PecBinding], actor: Actor) -> Answered | None:
    """To what it is bound now."""
    if row.state != PecState.BOUND or not decided:
        return None
    return _answered(row, decided[0], actor)


def _answered(row: PecMessage, binding: PecBinding, actor: Actor) -> Answered:
    plug = queries.plug_of(binding.kind)
    thing = queries.thing_of(row.network, binding.kind, binding.subject, actor)
    if plug is None or thing is None:
        return Answered(_("something that you may not see"))
    return Answered(thing_words(str(plug.label), thing), thing_href(row.network, plug, thing))


def thing_words(kind: str, thing: Registrable) -> str:
    return f"{kind}: {thing.title}" + (f" ({thing.code})" if thing.code else "")


def decisions(
    row: PecMessage, decided: Sequence[PecBinding], names: Mapping[UUID, str], actor: Actor
) -> list[Decision]:
    """Every decision, the last first; a duplicate was set aside by nobody."""
    return [
        Decision(
            instant_words(each.decided_at),
            _words(row, each, actor),
            names.get(each.decided_by, "") if each.decided_by else "",
            "" if _is_twin(row, each) else each.reason,
        )
        for each in decided
    ]


def _words(row: PecMessage, binding: PecBinding, actor: Actor) -> str:
    if _is_twin(row, binding):
        return _("set aside: the same receipt came before as %(code)s") % {"code": binding.reason}
    if binding.subject is None:
        return _("set aside")
    return _("bound to: %(thing)s") % {"thing": _answered(row, binding, actor).words}


def _is_twin(row: PecMessage, binding: PecBinding) -> bool:
    return row.twin_of is not None and binding.reason == row.twin_of.code


def bound_here(row: PecMessage) -> list[tuple[str, str, str]]:
    """The receipts that were bound to it: kind, certified time, page."""
    rows = queries.bound_to(row.network, queries.PECS, row.uid)
    for each in rows:
        each.network = row.network
    return [
        (
            str(each.get_kind_display()),
            second_words(each.told_at) if each.told_at else "",
            message_href(each),
        )
        for each in rows
    ]
