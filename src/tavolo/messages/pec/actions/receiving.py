"""A message comes in, by hand or from the mailbox: it is read, kept byte for byte, and never dropped."""

import logging
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from tavolo.journal.actions import record
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Blob, Network
from tavolo.messages.models import PecBinding, PecMessage
from tavolo.messages.pec.choices import Integrity, PecState
from tavolo.messages.pec.errors import EmptyFile, FileTooLarge, NoMessage
from tavolo.messages.pec.facts import PecReceived
from tavolo.messages.pec.reading.message import Read, read
from tavolo.messages.pec.reading.mime import clean
from tavolo.messages.pec.rules import may_keep_pec
from tavolo.messages.pec.trust import roots

logger = logging.getLogger("tavolo.messages")

MEGABYTE = 1024 * 1024
FILE_BYTES = 50 * MEGABYTE
PIECE = MEGABYTE
# A message begins with a header; what has none of these in its first lines is something else.
_HEADER = re.compile(
    rb"^(?:received|from|to|subject|date|return-path|message-id|mime-version|content-type|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
FIRST_BYTES = 16 * 1024


@dataclass(frozen=True)
class Prepared:
    """A message that was read and laid down, outside any transaction: a large one takes seconds."""

    blob: Blob
    found: Read


@dataclass(frozen=True)
class Received:
    """The row, and whether it is `new`: the same bytes are kept once."""

    message: PecMessage
    new: bool


def prepared(content: bytes) -> Prepared:
    """Read a message and store its content; nothing is kept of it before `receive_pec`.

    On SQLite nobody else writes while a transaction is open, so this stands before it.
    Refuses with EmptyFile, FileTooLarge, NoMessage.
    """
    _check(content)
    found = _read(content)
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    return Prepared(blobs.store(pieces), found)


@transaction.atomic
def receive_pec(
    *, network: Network, message: Prepared, file_name: str = "", way: str, by: Actor
) -> Received:
    """Keep a message with what was found; the same bytes again give the first row.

    It gets a provisional receipt of the year in which it comes. The same receipt in another file is
    kept too, set aside as a duplicate. Refuses with NotAllowed.
    """
    if not may_keep_pec(by, network.uid):
        raise NotAllowed
    # One after the other: numbers have no gap, and the same file comes in once.
    Network.objects.select_for_update().get(pk=network.pk)
    there = PecMessage.objects.filter(network=network, content=message.blob).first()
    if there is not None:
        return Received(there, new=False)
    Blob.objects.filter(pk=message.blob.pk).update(doomed_at=None)
    row = _kept(network, message)
    row.file_name, row.way, row.received_by = clean(file_name)[:200], way, by.person
    row.save(force_insert=True)
    if row.twin_of is not None:
        _set_twin_aside(row, row.twin_of)
    told = {"file": row.content_id, "kind": row.kind, "integrity": row.integrity, "way": way}
    record(action="messages.pec_received", actor=by, subject=row, network=network, values=told)
    announce(PecReceived(row.uid), network=network)
    return Received(row, new=True)


def _read(content: bytes) -> Read:
    """What it says; whatever makes its readers stumble is no message, so that it holds up no other."""
    try:
        return read(content, roots())
    except Exception as fault:
        logger.warning("message not read", extra={"status": type(fault).__name__})
        raise NoMessage from fault


def _check(content: bytes) -> None:
    if not content.strip():
        raise EmptyFile
    if len(content) > FILE_BYTES:
        raise FileTooLarge
    if not _HEADER.search(content[:FIRST_BYTES]):
        raise NoMessage


def _kept(network: Network, message: Prepared) -> PecMessage:
    now = clock.now()
    year = clock.in_rome(now).year
    last = PecMessage.objects.filter(network=network, year=year).aggregate(last=Max("number"))
    row = PecMessage(
        network=network,
        year=year,
        number=(last["last"] or 0) + 1,
        content=message.blob,
        received_at=now,
        **_values(message.found),
    )
    row.twin_of = _twin(row)
    if row.twin_of is not None:
        row.state = PecState.SET_ASIDE
    return row


def _values(found: Read) -> dict[str, Any]:
    told = found.told
    addresses = [told.sender, told.replies_to, told.delivered_to]
    addresses += [each.address for each in told.recipients]
    lower = dict.fromkeys(each.lower() for each in addresses if each)
    return {
        "kind": found.kind,
        "integrity": found.integrity,
        "trust": found.trust,
        "remarks": [each.value for each in found.remarks],
        "signer": found.signer.name,
        "signer_issuer": found.signer.issuer,
        "signer_serial": found.signer.serial,
        "told_at": told.at,
        "zone": told.zone,
        "header_at": found.header_at,
        "sender": told.sender,
        "recipients": [asdict(each) for each in told.recipients],
        "replies_to": told.replies_to,
        "delivered_to": told.delivered_to,
        "addresses": f" {' '.join(lower)} ",
        "subject": told.subject,
        "provider": told.provider,
        "identifier": told.identifier,
        "msgid": told.msgid,
        "message_id": found.message_id,
        "receipt_type": told.receipt,
        "error": told.error,
        "error_words": told.error_words,
    }


def _twin(row: PecMessage) -> PecMessage | None:
    """The first that says the same, signed by the same, where both are whole: only then is it certain."""
    if row.integrity != Integrity.WHOLE or not row.identifier or row.told_at is None:
        return None
    return (
        PecMessage.objects.filter(
            network=row.network,
            identifier=row.identifier,
            kind=row.kind,
            told_at=row.told_at,
            delivered_to=row.delivered_to,
            signer_serial=row.signer_serial,
            signer_issuer=row.signer_issuer,
            trust=row.trust,
            integrity=Integrity.WHOLE,
            twin_of=None,
        )
        .order_by("id")
        .first()
    )


def _set_twin_aside(row: PecMessage, first: PecMessage) -> None:
    PecBinding.objects.create(message=row, reason=first.code, decided_at=row.received_at)
