"""A row of the outbox as a letter that can be posted."""

import re
from collections.abc import Iterable, Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from tavolo.kernel import clock
from tavolo.messages.models import Message
from tavolo.messages.tokens import MARK, address_of, token_of

# Seven bits: every server on the way takes them.
POLICY = SMTP.clone(cte_type="7bit")
WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’])")
METHOD = re.compile(r"^METHOD:([A-Z]+)", re.MULTILINE)


def letter_of(message: Message, links: Iterable[UUID] = ()) -> EmailMessage:
    """Its headers are set by Python's own policy, which refuses a line break in any of them.

    `links` are the links that this letter carries: where the text has the mark of one, its address is
    written; the mark of any other is dropped.
    """
    letter = EmailMessage(policy=POLICY)
    letter["Message-ID"] = message_id(message)
    letter["Date"] = format_datetime(clock.in_rome(message.queued_at))
    letter["From"] = _address(message.sender)
    letter["To"] = _address(message.recipient)
    letter["Subject"] = _as_typed(message.subject)
    # No out-of-office notes in answer to a machine.
    letter["Auto-Submitted"] = "auto-generated"
    text = filled(message.text, links)
    letter.set_content(text)
    letter.add_alternative(message.html or html_of(message.subject, text), subtype="html")
    if message.calendar:
        _add_calendar(letter, message.calendar)
    return letter


def _add_calendar(letter: EmailMessage, ics: str) -> None:
    """Once for programs that show it, once as a file for whoever keeps it."""
    found = METHOD.search(ics)
    told = {"method": found[1] if found else "PUBLISH"}
    letter.add_alternative(ics, subtype="calendar", params=told)
    letter.add_attachment(ics, subtype="calendar", params=told, filename="appuntamento.ics")


def filled(text: str, links: Iterable[UUID]) -> str:
    """The text with the addresses of its links."""
    known = {str(link): link for link in links}

    def address(found: re.Match[str]) -> str:
        link = known.get(found[1])
        return address_of(token_of(link)) if link else ""

    return MARK.sub(address, text)


def html_of(subject: str, text: str) -> str:
    """The text as a plain page: paragraphs and links, no picture, nothing from elsewhere."""
    paragraphs = [
        [list(pieces_of(line)) for line in paragraph.splitlines()]
        for paragraph in re.split(r"\n\s*\n", text.strip())
    ]
    context = {"subject": subject, "paragraphs": paragraphs, "language": settings.LANGUAGE_CODE}
    return render_to_string("messages/letter.html", context)


def pieces_of(line: str) -> Iterator[tuple[str, bool]]:
    """The words of a line and whether they are an address."""
    for number, piece in enumerate(WEB_ADDRESS.split(line)):
        if piece:
            yield piece, number % 2 == 1


def message_id(message: Message) -> str:
    """The same for each attempt at the same letter."""
    host = urlsplit(settings.TAVOLO_BASE_URL).hostname or "localhost"
    return f"<{message.uid}@{in_ascii(host)}>"


def in_ascii(domain: str) -> str:
    """`città.example` as mail servers write it; UnicodeError where it cannot be one."""
    return domain.encode("idna").decode()


def _address(text: str) -> Address:
    name, bare = parseaddr(text)
    user, _sign, domain = bare.rpartition("@")
    return Address(display_name=_as_typed(name), username=user, domain=in_ascii(domain))


def _as_typed(text: str) -> str:
    """Words that look encoded are only words: Python would decode them, and write their line breaks."""
    return text.replace("=?", "= ?")
