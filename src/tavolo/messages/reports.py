"""What a mail server writes when a letter comes back: RFC 3464, and as people really get it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from uuid import UUID

from tavolo.messages.errors import NotAReport

LARGEST = 10_000_000  # bytes
LOOKED_AT = 200_000  # signs of plain text
OUR_NUMBER = re.compile(
    r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@[^>\s]+>", re.IGNORECASE
)
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
PLAIN = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-])")
# What Python's reader of mail does with what is no mail; brackets within brackets exhaust it.
BROKEN = (
    LookupError,
    UnicodeError,
    ValueError,
    AttributeError,
    TypeError,
    MessageError,
    RecursionError,
)
MACHINES = ("mailer-daemon", "postmaster", "mail delivery")


@dataclass(frozen=True)
class Report:
    """About which letter (the uid in its Message-ID), and the number that the server gave.

    `failed`: it did not arrive; else it is late. `permanent`: no other will arrive there either.
    """

    letter: UUID
    failed: bool
    permanent: bool
    status: str


def read_report(content: bytes) -> Report:
    """What a report says. Refuses with NotAReport whatever is none, or names no letter of that form."""
    if len(content) > LARGEST:
        raise NotAReport
    message = message_from_bytes(content, policy=policy.default)
    try:
        return _read(message)
    except BROKEN as fault:
        # What arrives as mail may be broken in any way; then it is no report that we can read.
        raise NotAReport from fault


def _read(message: EmailMessage) -> Report:
    status = dict(_statuses(message))
    if not status and not _from_a_machine(message):
        raise NotAReport
    action = status.get("action", "").lower()
    number = _number(status, message)
    if not number or number.startswith("2") or action in {"delivered", "relayed", "expanded"}:
        raise NotAReport
    failed = action == "failed" or (not action and number[:1] in {"4", "5"})
    return Report(_letter(message), failed, failed and number.startswith("5"), number)


def _statuses(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """The fields of the delivery status, those of the recipient over those of the message."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message):
                    yield from ((name.lower(), str(value)) for name, value in block.items())


def _from_a_machine(message: EmailMessage) -> bool:
    sender = f"{message.get('From', '')} {message.get('Return-Path', '')}".lower()
    told = message.get_content_type() == "multipart/report" or "X-Failed-Recipients" in message
    return told or any(name in sender for name in MACHINES)


def _number(status: dict[str, str], message: EmailMessage) -> str:
    """`5.1.1`, or `550` where only that is told; "" where nothing is."""
    for text in (status.get("status", ""), status.get("diagnostic-code", "")):
        if found := ENHANCED.search(text) or PLAIN.search(text):
            return found[0]
    if status:
        return ""
    text = _plain_text(message)
    found = ENHANCED.search(text) or PLAIN.search(text)
    return found[0] if found else ""


def _letter(message: EmailMessage) -> UUID:
    """The letter that came back: by the headers that are quoted, else by what stands anywhere in it."""
    for text in (*_quoted(message), _references(message), _plain_text(message)):
        if found := OUR_NUMBER.search(text):
            return UUID(found[1])
    raise NotAReport


def _quoted(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    yield str(inner.get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            headers = message_from_bytes(_content(part), policy=policy.default)
            yield str(headers.get("Message-ID", ""))


def _references(message: EmailMessage) -> str:
    return f"{message.get('In-Reply-To', '')} {message.get('References', '')}"


def _plain_text(message: EmailMessage) -> str:
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join(_content(part).decode(errors="replace") for part in parts)[:LOOKED_AT]


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
