"""A message as a tree of parts over its own bytes: a signature is over bytes, not over what they mean."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

DEEPEST = 5
PARTS = 200
HEADER_BYTES = 256 * 1024
_GAP = re.compile(rb"\r?\n\r?\n")
# What may stand after a boundary on its line; two dashes end the multipart.
_REST = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")


class Budget:
    """How many parts may still be looked at; `spent` says that not all were."""

    def __init__(self) -> None:
        self.left, self.spent = PARTS, False

    def take(self, depth: int) -> bool:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            self.spent = True
        return not self.spent


@dataclass
class Part:
    """One part: `raw` is all of it, headers included, byte for byte as it came."""

    raw: bytes
    headers: Message
    start: int
    children: list["Part"] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        return self.raw[self.start :]

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()

    @property
    def name(self) -> str:
        """The file name, lower case; "" without one."""
        try:
            return (self.headers.get_filename() or "").strip().lower()
        except (LookupError, ValueError, TypeError):
            return ""

    @property
    def content(self) -> bytes:
        """The body out of its transfer encoding; what cannot be decoded stays as it is."""
        encoding = str(self.headers.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding == "base64":
            return unbased(self.body)
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        return self.body

    def header(self, name: str) -> str:
        """A header in words, on one line and without what no text may hold."""
        told = self.headers.get(name)
        if told is None:
            return ""
        try:
            text = str(make_header(decode_header(told)))
        except (LookupError, ValueError, UnicodeError, MessageError):
            text = str(told)
        return clean(text)

    def addresses(self, *names: str) -> list[str]:
        """The bare addresses in these headers; none where brackets stand within brackets without end."""
        try:
            pairs = getaddresses([self.header(name) for name in names])
        except RecursionError:
            return []
        return [address for _name, address in pairs if address]

    def parameter(self, name: str) -> str:
        try:
            told = self.headers.get_param(name)
        except (LookupError, ValueError, TypeError):
            return ""
        return told if isinstance(told, str) else ""

    def walk(self) -> Iterator["Part"]:
        """It and the parts in it; a message inside a message is one part, not opened."""
        yield self
        for child in self.children:
            yield from child.walk()


def clean(text: str) -> str:
    """One line that a database takes: no control signs, no lone surrogates."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(each if each.isprintable() else " " for each in whole).split())


def unbased(body: bytes) -> bytes:
    """Base64, lenient as mail programs are; what is none stays as it is."""
    try:
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=]", b"", body), validate=False)
    except (binascii.Error, ValueError):
        return body


def parsed(raw: bytes, budget: Budget, depth: int = 0) -> Part:
    """The tree of parts of a message, as deep and as many as the budget gives."""
    end, start = _split(raw)
    headers = BytesHeaderParser(policy=compat32).parsebytes(raw[:end] + b"\n")
    part = Part(raw, headers, start)
    opened = budget.take(depth)
    if opened and part.headers.get_content_maintype() == "multipart":
        part.children = [parsed(each, budget, depth + 1) for each in pieces(part, budget)]
    return part


def pieces(part: Part, budget: Budget) -> Iterator[bytes]:
    """What stands between the boundaries of a multipart, without the line break before each boundary."""
    boundary = part.parameter("boundary").encode("utf-8", "surrogateescape").rstrip()
    if not boundary or len(boundary) > HEADER_BYTES:
        return
    begin = None
    for start, end, last in _lines(part, b"--" + boundary):
        if begin is not None:
            yield _without_break(part.raw[begin:start])
        begin = None if last else end
        if last or budget.spent:
            return
    if begin is not None:
        # The last boundary was cut off.
        yield part.raw[begin:]


def _lines(part: Part, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the lines of a boundary begin and end, and whether one is the last."""
    place = part.raw.find(mark, part.start)
    while place >= 0:
        rest = _REST.match(part.raw, place + len(mark))
        if rest and (place == part.start or part.raw[place - 1 : place] == b"\n"):
            yield place, rest.end(), bool(rest.group(1))
        place = part.raw.find(mark, place + len(mark))


def _without_break(piece: bytes) -> bytes:
    if piece.endswith(b"\r\n"):
        return piece[:-2]
    return piece.removesuffix(b"\n")


def _split(raw: bytes) -> tuple[int, int]:
    """Where the headers end and where the body begins; what begins with an empty line has no headers."""
    for empty in (b"\r\n", b"\n"):
        if raw.startswith(empty):
            return 0, len(empty)
    found = _GAP.search(raw, 0, HEADER_BYTES)
    if found is None:
        end = min(len(raw), HEADER_BYTES)
        return end, end
    return found.start(), found.end()
