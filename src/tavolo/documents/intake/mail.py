"""Messages: kept byte for byte, because receipts are proofs; looked through for programs."""

import email
import re
from email.message import Message

from tavolo.documents.intake import limits
from tavolo.documents.intake.formats import EML
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.programs import is_program
from tavolo.documents.intake.refused import (
    AUTHOR_STAYS,
    DAMAGED,
    MAIL_CARRIES_PROGRAM,
    MAIL_TOO_MANY,
    Refused,
)

_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n")
_WANTED = (b"from:", b"received:", b"return-path:", b"date:", b"message-id:", b"subject:", b"to:")
_TWO = 2
# The page of a message is read by the mail program that opens it.
_PAGES = {"text/html", "application/xhtml+xml"}


def is_message(content: bytes) -> bool:
    """Whether it begins with lines as a message does, at least two of them such as each message has."""
    head = content[:16_384].replace(b"\r\n", b"\n").split(b"\n\n")[0].lower()
    lines = {line.split(b":")[0] + b":" for line in head.split(b"\n") if b":" in line}
    return bool(_LINE.match(content)) and len(lines.intersection(_WANTED)) >= _TWO


def message(content: bytes, *, strip_author: bool) -> Found:
    """Refuses a message of too many parts, and one that carries a program."""
    if strip_author:
        raise Refused(AUTHOR_STAYS)
    try:
        parts = [*email.message_from_bytes(content).walk()]
    except RecursionError as fault:
        raise Refused(MAIL_TOO_MANY, limit=limits.MAIL_PARTS) from fault
    if len(parts) > limits.MAIL_PARTS:
        raise Refused(MAIL_TOO_MANY, limit=limits.MAIL_PARTS)
    if any(_carries_program(part) for part in parts):
        raise Refused(MAIL_CARRIES_PROGRAM)
    return Found(EML, content, signed=True)


def _carries_program(part: Message) -> bool:
    if part.is_multipart():
        return False
    try:
        body = part.get_payload(decode=True)
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError) as fault:
        raise Refused(DAMAGED) from fault
    page = part.get_content_type() in _PAGES
    return isinstance(body, bytes) and is_program("" if page else name, body)
