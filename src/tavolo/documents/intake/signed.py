"""Signed envelopes (CMS): kept byte for byte; looked into, because what they hold is opened later."""

import base64
import binascii
from collections.abc import Iterator

from tavolo.documents.intake import limits
from tavolo.documents.intake.formats import P7M
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.programs import begins_as_program
from tavolo.documents.intake.refused import (
    AUTHOR_STAYS,
    DAMAGED,
    ENVELOPES_TOO_DEEP,
    SIGNED_PROGRAM,
    Refused,
)

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _OCTETS, _OCTETS_IN_PARTS, _EXPLICIT = 0x30, 0x04, 0x24, 0xA0
_ARMOUR = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")
_WHOLE, _LONG = 0x80, 0x7F

Element = tuple[int, bytes]


def is_envelope(content: bytes) -> bool:
    """Whether it begins as signed data, in DER, BER or as text."""
    return content.lstrip().startswith(_ARMOUR) or (
        content[:1] == b"\x30" and _SIGNED_DATA in content[:24]
    )


def envelope(content: bytes, *, strip_author: bool) -> Found:
    """Refuses what cannot be read, what holds a program, and envelopes around more than five others."""
    if strip_author:
        raise Refused(AUTHOR_STAYS)
    within = _binary(content)
    for _around in range(limits.SIGNATURES_DEPTH + 1):
        within = _content(within)
        if begins_as_program(within):
            raise Refused(SIGNED_PROGRAM)
        if not is_envelope(within):
            return Found(P7M, content, signed=True)
        within = _binary(within)
    raise Refused(ENVELOPES_TOO_DEEP, limit=limits.SIGNATURES_DEPTH)


def _binary(content: bytes) -> bytes:
    text = content.strip()
    if not text.startswith(_ARMOUR):
        return content
    lines = text.splitlines()
    if not lines[-1].startswith(b"-----END"):
        raise Refused(DAMAGED)
    try:
        return base64.b64decode(b"".join(lines[1:-1]), validate=True)
    except binascii.Error as fault:
        raise Refused(DAMAGED) from fault


def _content(content: bytes) -> bytes:
    """What is signed: ContentInfo, SignedData, EncapsulatedContentInfo, and the octets in it, if any."""
    try:
        info = [*_elements(_only(content, _SEQUENCE))]
        signed = [*_elements(_only(info[1][1], _SEQUENCE))]
        encapsulated = [*_elements(signed[2][1])]
        if len(encapsulated) == 1:
            return b""
        return b"".join(_octets(encapsulated[1][1]))
    except (IndexError, ValueError, RecursionError) as fault:
        raise Refused(DAMAGED) from fault


def _only(content: bytes, tag: int) -> bytes:
    first, value = next(_elements(content), (0, b""))
    if first != tag:
        raise ValueError(tag)
    return value


def _octets(content: bytes) -> Iterator[bytes]:
    for tag, value in _elements(content):
        if tag == _OCTETS:
            yield value
        elif tag in {_OCTETS_IN_PARTS, _SEQUENCE}:
            yield from _octets(value)


def _elements(content: bytes) -> Iterator[Element]:
    """The elements of BER, one after the other; ValueError where one says that it is longer than there is."""
    place = 0
    while place < len(content) and content[place : place + 2] != b"\0\0":
        tag, begin, length = content[place], *_length(content, place + 1)
        end = begin + length if length is not None else _end_of_parts(content, begin)
        if end > len(content):
            raise ValueError(end)
        yield tag, content[begin:end]
        place = end if length is not None else end + 2


def _length(content: bytes, place: int) -> tuple[int, int | None]:
    """Where the value begins, and how long it is; None where its end is marked instead."""
    first = content[place]
    if first == _WHOLE:
        return place + 1, None
    if first < _WHOLE:
        return place + 1, first
    many = first & _LONG
    return place + 1 + many, int.from_bytes(content[place + 1 : place + 1 + many], "big")


def _end_of_parts(content: bytes, place: int, depth: int = 0) -> int:
    """Where the mark of the end stands that belongs to a value without length."""
    if depth > limits.SIGNATURES_DEPTH * 4:
        raise ValueError(depth)
    while content[place : place + 2] != b"\0\0":
        begin, length = _length(content, place + 1)
        place = _end_of_parts(content, begin, depth + 1) + 2 if length is None else begin + length
        if place >= len(content):
            raise ValueError(place)
    return place
