"""Which signs the typefaces of a paper have, and a text made fit for them."""

import re
import unicodedata
from typing import Any

# Latin, Greek, Cyrillic, Hebrew and Arabic letters, punctuation, currencies, arrows and marks.
# Every sign of these was set once (tests/documents/test_printing.py sets them again).
_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x4FF),
    (0x5D0, 0x5EA),
    (0x621, 0x63A),
    (0x640, 0x652),
    (0x660, 0x66D),
    (0x1E00, 0x1EFF),
    (0x1F00, 0x1F15),
    (0x2010, 0x2027),
    (0x2030, 0x2040),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20C0),
    (0x2100, 0x211E),
    (0x2126, 0x214B),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
    (0xFB00, 0xFB06),
)
KNOWN = "".join(chr(sign) for first, last in _RANGES for sign in range(first, last + 1))
_NOT_KNOWN = re.compile(f"[^{re.escape(KNOWN)}]")

# Stands for what the typefaces have not.
UNKNOWN = "□"
# A longer run of signs without a gap may be divided anywhere, lest it leave the page.
_LONGEST_WORD = 40
_LONG = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
_DIVIDED = "\u200b"


def settable(value: Any) -> Any:
    """The same value with each text in it fit to be set; keys stay as they are."""
    if isinstance(value, str):
        return settable_text(value)
    if isinstance(value, dict):
        return {str(key): settable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [settable(each) for each in value]
    return value


def settable_text(text: str) -> str:
    """In composed letters, without signs that nobody sees or that turn a line around.

    What the typefaces have not becomes `UNKNOWN`; lines stay apart.
    """
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(_LONG.sub(rf"\g<0>{_DIVIDED}", _line(line)) for line in lines)


def _line(line: str) -> str:
    seen = "".join(
        " " if sign.isspace() else sign for sign in line if unicodedata.category(sign) != "Cf"
    )
    seen = "".join(sign for sign in seen if unicodedata.category(sign) != "Cc")
    return _NOT_KNOWN.sub(UNKNOWN, seen)
