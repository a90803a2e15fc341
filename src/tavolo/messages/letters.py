"""A row of the outbox as a letter that can be posted."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from tavolo.kernel import clock
from tavolo.messages.models import Message


def letter_of(message: Message) -> EmailMessage:
    """Its headers are set by Python's own policy, which refuses a line break in any of them."""
    letter = EmailMessage(policy=SMTP)
    letter["Message-ID"] = message_id(message)
    letter["Date"] = format_datetime(clock.in_rome(message.queued_at))
    letter["From"] = _address(message.sender)
    letter["To"] = _address(message.recipient)
    letter["Subject"] = message.subject
    # No out-of-office notes in answer to a machine.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    return letter


def message_id(message: Message) -> str:
    """The same for each attempt at the same letter."""
    return f"<{message.uid}@{urlsplit(settings.TAVOLO_BASE_URL).hostname or 'localhost'}>"


def _address(text: str) -> Address:
    name, bare = parseaddr(text)
    return Address(display_name=name, addr_spec=bare)
