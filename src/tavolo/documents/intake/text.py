"""Plain text and tables of separated values, which are text too: kept as they are."""

import re

from tavolo.documents.intake.formats import CSV, TEXT
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.refused import (
    IS_RTF,
    IS_SCRIPT,
    IS_SVG,
    IS_WEB_PAGE,
    IS_XML,
    NOT_PLAIN_TEXT,
    Refused,
)

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|script|iframe|style|link|object|embed|form|img|a\s+href)\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\s*(?:#!|<\?php|@echo\b|powershell\b|Set-ExecutionPolicy\b)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SEPARATORS = ";,\t"
_LOOKED_AT = 65_536


def plain_text(content: bytes, name: str) -> Found:
    """Refuses what only looks like text: pages, drawings, commands, signs that no text has."""
    text = _decoded(content)
    beginning = text[:_LOOKED_AT]
    if re.search(r"<svg\b", beginning, re.IGNORECASE):
        raise Refused(IS_SVG)
    if _MARKUP.search(beginning):
        raise Refused(IS_WEB_PAGE)
    if beginning.lstrip("\ufeff \r\n\t").startswith("<?xml"):
        raise Refused(IS_XML)
    if beginning.startswith("{\\rtf"):
        raise Refused(IS_RTF)
    if _SCRIPT.match(beginning):
        raise Refused(IS_SCRIPT)
    if _CONTROLS.search(text):
        raise Refused(NOT_PLAIN_TEXT)
    return Found(CSV if _is_table(name, beginning) else TEXT, content)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_table(name: str, beginning: str) -> bool:
    """Two lines at least with as many separators; its name decides between a table and a text."""
    lines = [line for line in beginning.splitlines() if line.strip()][:2]
    same = any(
        len(lines) > 1 and 0 < lines[0].count(sign) == lines[1].count(sign) for sign in _SEPARATORS
    )
    return same or name.lower().endswith(".csv")
