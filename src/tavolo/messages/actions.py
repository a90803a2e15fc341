"""What is written into the outbox, and what the worker sends from it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.text import Trace, mentions
from tavolo.messages.choices import MessageState
from tavolo.messages.errors import NotTakenError, UnusableRecipient
from tavolo.messages.letters import letter_of
from tavolo.messages.models import Message
from tavolo.messages.transports import Transport, transport_for

logger = logging.getLogger("tavolo.messages")

# The pause after the first failure, the second and so on; after the last the letter is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
# Whoever takes a letter has it for so long; if the process dies, another takes it then.
HELD_FOR = timedelta(minutes=10)
A_ROUND = 100


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
    return Message.objects.create(
        network=network,
        recipient=_checked(to),
        sender=" ".join((sender or settings.DEFAULT_FROM_EMAIL).split()),
        subject=" ".join(subject.split())[:300],
        text=text,
        html=html,
        queued_at=now,
        next_attempt_at=now,
    )


def enqueue_email(email: EmailMessage) -> list[Message]:
    """A letter of Django's own, one row a recipient."""
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
        )
        for recipient in email.recipients()
    ]


def send_waiting(transport: Transport | None = None, *, limit: int = A_ROUND) -> int:
    """Send what is due, one letter after the other, oldest first; returns how many were taken.

    A letter is held by compare-and-swap, so that no transaction is open while it leaves and two workers
    never send the same. If the process dies between sending and noting it, the letter leaves again later
    under the same Message-ID: at worst a duplicate that mail programs recognise.
    """
    due = Message.objects.filter(
        state=MessageState.QUEUED, next_attempt_at__lte=clock.now()
    ).order_by("next_attempt_at", "id")
    waiting = list(due[:limit])
    if not waiting:
        return 0
    with transport or transport_for(settings.TAVOLO_EMAIL_URL) as carrier:
        return sum(_send(message, carrier) for message in waiting if _hold(message))


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


def _send(message: Message, carrier: Transport) -> bool:
    try:
        carrier.send(letter_of(message))
    except NotTakenError as fault:
        _note_failure(message, fault)
        return False
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENT, sent_at=clock.now(), fault=""
    )
    return True


def _note_failure(message: Message, fault: NotTakenError) -> None:
    over = fault.final or message.attempts > len(PAUSES)
    state = MessageState.REFUSED if over else MessageState.QUEUED
    Message.objects.filter(pk=message.pk).update(
        state=state, next_attempt_at=_next(message.attempts), fault=str(fault)[:300]
    )
    # Neither the address nor what the other side said goes into a log.
    logger.warning("letter not taken", extra={"status": state.value})


def _next(attempts: int) -> datetime:
    return clock.now() + PAUSES[min(attempts, len(PAUSES)) - 1]


def _checked(address: str) -> str:
    bare = address.strip()
    try:
        validate_email(bare)
    except ValidationError as fault:
        raise UnusableRecipient from fault
    return bare


def forget_letters(*, addresses: Sequence[str], traces: Sequence[Trace]) -> int:
    """Drop the letters to these addresses, sent or not, and empty the sent ones that hold a trace.

    For whoever has her data erased: the calling room has asked its rule. Returns how many went.
    """
    dropped, _each = Message.objects.filter(recipient__in=addresses).delete()
    named = mentions("subject", traces) | mentions("text", traces) | mentions("html", traces)
    sent = Message.objects.exclude(state=MessageState.QUEUED).filter(named)
    return dropped + sent.update(subject="", text="", html="")
