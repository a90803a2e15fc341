"""What is written into the outbox, and what the worker sends from it."""

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.messages.models import Message


@transaction.atomic
def enqueue_message(
    *, to: str, subject: str, text: str, html: str = "", sender: str = "", network: Network | None = None
) -> Message:
    """Write one letter into the outbox, in the caller's transaction; nothing leaves before it commits."""
    now = clock.now()
    return Message.objects.create(
        network=network,
        recipient=to,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
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
