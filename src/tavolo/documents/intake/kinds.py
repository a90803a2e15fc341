"""What a file is, told by its content alone: whatever is not taken has a sentence of its own."""

from collections.abc import Callable

import puremagic

from tavolo.documents.intake.formats import GIF, JPEG, PNG, WEBP, Format
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.images import picture
from tavolo.documents.intake.mail import is_message, message
from tavolo.documents.intake.packages import office_file
from tavolo.documents.intake.pdf import pdf_file
from tavolo.documents.intake.programs import begins_as_program
from tavolo.documents.intake.refused import (
    EMPTY,
    IS_ARCHIVE,
    IS_HEIC,
    IS_MEDIA,
    IS_OLD_OFFICE,
    IS_OTHER_PICTURE,
    IS_PROGRAM,
    IS_RTF,
    PACKAGE_PROTECTED,
    TWO_THINGS,
    UNKNOWN,
    Refused,
)
from tavolo.documents.intake.signed import envelope, is_envelope
from tavolo.documents.intake.text import plain_text

Reader = Callable[[bytes, bool], Found]


def _picture(told: Format) -> Reader:
    return lambda content, _strip: picture(content, told)


def _riff(content: bytes, _strip: bool) -> Found:  # noqa: FBT001  as readers are called
    if content[8:12] == b"WEBP":
        return picture(content, WEBP)
    raise Refused(IS_MEDIA)


_READERS: tuple[tuple[bytes | tuple[bytes, ...], Reader], ...] = (
    (b"\xff\xd8\xff", _picture(JPEG)),
    (b"\x89PNG\r\n\x1a\n", _picture(PNG)),
    ((b"GIF87a", b"GIF89a"), _picture(GIF)),
    (b"RIFF", _riff),
    (b"%PDF-", lambda content, strip: pdf_file(content, strip_author=strip)),
    (b"PK\x03\x04", lambda content, strip: office_file(content, strip_author=strip)),
)
_REFUSED = (
    (IS_OLD_OFFICE, (b"\xd0\xcf\x11\xe0",)),
    (IS_RTF, (b"{\\rtf",)),
    (IS_OTHER_PICTURE, (b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS", b"\0\0\0\x0cjP")),
    (
        IS_ARCHIVE,
        (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK\x05\x06"),
    ),
    (IS_MEDIA, (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"FLV", b"FWS", b"CWS", b"\xff\xfb")),
)
_HEIC = {b"heic", b"heix", b"mif1", b"heim", b"hevc", b"avif", b"msf1"}
# By how the table of beginnings calls what is otherwise unknown.
_SAID = (("audio/", IS_MEDIA), ("video/", IS_MEDIA), ("image/", IS_OTHER_PICTURE))
# So far into a file readers look for the beginning of a PDF.
_PDF_WITHIN = 1024


def looked_at(content: bytes, name: str, *, strip_author: bool) -> Found:
    """The file as it may be kept. `name` says no more than whether a text is a table."""
    if not content:
        raise Refused(EMPTY)
    if is_envelope(content):
        return envelope(content, strip_author=strip_author)
    _refuse_two_things(content)
    for beginnings, reader in _READERS:
        if content.startswith(beginnings):
            return reader(content, strip_author)
    _refuse_known(content)
    if is_message(content):
        return message(content, strip_author=strip_author)
    return _other(content, name)


def _refuse_two_things(content: bytes) -> None:
    """A PDF may begin later: what stands before it is then read by somebody else as something else."""
    if not content.startswith(b"%PDF-") and b"%PDF-" in content[:_PDF_WITHIN]:
        raise Refused(TWO_THINGS)


def _refuse_known(content: bytes) -> None:
    if begins_as_program(content) and not content.startswith((b"#!", b"@echo", b"<?php")):
        raise Refused(IS_PROGRAM)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and _utf16("EncryptedPackage") in content:
        raise Refused(PACKAGE_PROTECTED)
    for message_id, beginnings in _REFUSED:
        if content.startswith(beginnings):
            raise Refused(message_id)
    if content[4:8] == b"ftyp":
        raise Refused(IS_HEIC if content[8:12] in _HEIC else IS_MEDIA)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _other(content: bytes, name: str) -> Found:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(_said_of(content))
    return plain_text(content, name)


def _said_of(content: bytes) -> str:
    try:
        told = puremagic.from_string(content[:4096], mime=True)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return next((said for begins, said in _SAID if told.startswith(begins)), UNKNOWN)
