from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tavolo.messages.actions import enqueue_email


class OutboxBackend(BaseEmailBackend):
    """Django's own mail goes through the outbox: it is written with the act and sent by the worker."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            enqueue_email(message)
        return len(email_messages)
