"""What is written into the outbox, and what the worker sends from it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage as EmailLetter
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.text import Trace, mentions
from tavolo.messages.actions.links import links_of
from tavolo.messages.actions.story import note
from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.composing import in_ascii, letter_of
from tavolo.messages.errors import NotTakenError, UnusableRecipient
from tavolo.messages.letters import ACCOUNT
from tavolo.messages.models import Message
from tavolo.messages.queries import leaving_at
from tavolo.messages.transports import Transport, transport_for
from tavolo.people.letters import NETWORK_HEADER
from tavolo.people.rules import is_plain_address

logger = logging.getLogger("tavolo.messages")

# The pause after the first failure, the second and so on; after the last the letter is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
# Whoever takes a letter has it for so long; if the process dies, another takes it then.
HELD_FOR = timedelta(minutes=10)
A_ROUND = 100
# A server that is away for one letter after the other is left alone until the next round.
AWAY_AFTER = 3


@transaction.atomic
def enqueue_message(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    sender: str = "",
    network: Network | None = None,
) -> Message:
    """Write one letter into the outbox, in the caller's transaction; nothing leaves before it commits.

    Line breaks in the subject become blanks. Refuses with UnusableRecipient.
    """
    now = clock.now()
    message = Message.objects.create(
        network=network,
        recipient=checked(to),
        sender=" ".join((sender or settings.DEFAULT_FROM_EMAIL).split()),
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
        queued_at=now,
        next_attempt_at=now,
    )
    note(message, EventKind.QUEUED)
    return message


def enqueue_email(email: EmailMessage) -> list[Message]:
    """A letter of Django's own, one row a recipient; of the network that its header names."""
    uid = email.extra_headers.get(NETWORK_HEADER)
    network = Network.objects.filter(uid=uid).first() if uid else None
    html = ""
    if isinstance(email, EmailMultiAlternatives):
        html = next((str(body) for body, kind in email.alternatives if kind == "text/html"), "")
    return [
        enqueue_message(
            to=recipient,
            subject=str(email.subject),
            text=str(email.body),
            html=html,
            sender=email.from_email,
            network=network,
        )
        for recipient in email.recipients()
    ]


def send_waiting(transport: Transport | None = None, *, limit: int = A_ROUND) -> int:
    """Send what is due, one letter after the other, oldest first; returns how many were taken.

    A letter is held by compare-and-swap, so that no transaction is open while it leaves and two workers
    never send the same. If the process dies between sending and noting it, the letter leaves again later
    under the same Message-ID: at worst a duplicate that mail programs recognise. What is not urgent
    waits for the end of the quiet hours.
    """
    due = Message.objects.filter(
        state=MessageState.QUEUED, gathering=False, next_attempt_at__lte=clock.now()
    ).order_by("next_attempt_at", "id")
    waiting = _awake(list(due.select_related("network")[:limit]))
    if not waiting:
        return 0
    with transport or transport_for(settings.TAVOLO_EMAIL_URL) as carrier:
        return _send_all(waiting, carrier)


def _send_all(waiting: Sequence[Message], carrier: Transport) -> int:
    taken = away = 0
    for message in waiting:
        if not _hold(message):
            continue
        fault = _send(message, carrier)
        taken += fault is None
        away = away + 1 if fault is not None and fault.away else 0
        if away == AWAY_AFTER:
            break
    return taken


def _awake(waiting: Sequence[Message]) -> list[Message]:
    """Those that may leave now; the others are put off to the end of their quiet hours."""
    leaving = leaving_at(waiting, at=clock.now())
    for message in waiting:
        if leaving[message.pk] > clock.now():
            Message.objects.filter(pk=message.pk, attempts=message.attempts).update(
                next_attempt_at=leaving[message.pk]
            )
    return [message for message in waiting if leaving[message.pk] <= clock.now()]


def _hold(message: Message) -> bool:
    now = clock.now()
    held = Message.objects.filter(
        pk=message.pk,
        state=MessageState.QUEUED,
        attempts=message.attempts,
        next_attempt_at__lte=now,
    ).update(attempts=F("attempts") + 1, next_attempt_at=now + HELD_FOR)
    message.attempts += 1
    return bool(held)


def _send(message: Message, carrier: Transport) -> NotTakenError | None:
    links = links_of(message)
    try:
        carrier.send(_written(message, links))
    except NotTakenError as fault:
        _note_failure(message, fault)
        return fault
    with transaction.atomic():
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENT, sent_at=clock.now(), fault="", **_emptied(message)
        )
        note(message, EventKind.SENT)
    return None


def _written(message: Message, links: Sequence[UUID]) -> EmailLetter:
    """The letter; one that cannot be written waits and is given up in the end, and holds up none behind it."""
    try:
        return letter_of(message, links)
    except Exception as fault:
        name = type(fault).__name__
        raise NotTakenError(name, final=False, code=name) from fault


def _emptied(message: Message) -> dict[str, str]:
    """Links to choose a password stand in these: whoever got one has it, and nobody else needs it."""
    return {"text": "", "html": ""} if message.kind == ACCOUNT else {}


@transaction.atomic
def _note_failure(message: Message, fault: NotTakenError) -> None:
    over = fault.final or message.attempts > len(PAUSES)
    state = MessageState.REFUSED if over else MessageState.QUEUED
    # What the other side said may quote the letter; where nothing may be told, its number must do.
    said = fault.code if message.without_content else str(fault)
    Message.objects.filter(pk=message.pk).update(
        state=state,
        next_attempt_at=_next(message.attempts),
        fault=said[:300],
        **(_emptied(message) if over else {}),
    )
    kind = EventKind.UNCERTAIN if fault.uncertain else EventKind.POSTPONED
    note(message, EventKind.REFUSED if over else kind, fault.code)
    # Neither the address nor what the other side said goes into a log.
    logger.warning("letter not taken", extra={"status": state.value})


def _next(attempts: int) -> datetime:
    return clock.now() + PAUSES[min(attempts, len(PAUSES)) - 1]


def checked(address: str) -> str:
    """The address without surrounding blanks. Refuses with UnusableRecipient."""
    bare = address.strip()
    try:
        validate_email(bare)
        in_ascii(bare.rpartition("@")[2])
    except (ValidationError, UnicodeError) as fault:
        raise UnusableRecipient from fault
    if not is_plain_address(bare):
        raise UnusableRecipient
    return bare


def forget_letters(*, addresses: Sequence[str], traces: Sequence[Trace]) -> int:
    """Drop the letters to these addresses, sent or not, and empty the sent ones that hold a trace.

    For whoever has her data erased: the calling room has asked its rule. Returns how many went.
    """
    _deleted, each = Message.objects.filter(recipient__in=addresses).delete()
    named = mentions("subject", traces) | mentions("text", traces) | mentions("html", traces)
    sent = Message.objects.exclude(state=MessageState.QUEUED).filter(named)
    emptied = sent.update(subject="", text="", html="", calendar="")
    return each.get(Message._meta.label, 0) + emptied
