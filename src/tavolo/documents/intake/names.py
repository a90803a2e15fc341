"""What a file may be called here: without folders and tricks, and with the ending of what it is."""

import unicodedata
from pathlib import PurePosixPath

from tavolo.documents.intake.formats import FORMATS, P7M, Format

LONGEST = 120
_NO_NAME = "file"
_FORBIDDEN = set('<>:"|?*\\/;%#&')
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
# Endings that say what to do with a file; whatever it is, it is not one of these.
_PROGRAMS = frozenset(
    {
        ".exe", ".com", ".scr", ".bat", ".cmd", ".pif", ".msi", ".js", ".jse", ".vbs", ".vbe",
        ".wsf", ".hta", ".ps1", ".lnk", ".jar", ".apk", ".dll", ".sh", ".app", ".html", ".htm",
        ".xhtml", ".svg", ".xml", ".mht", ".mhtml", ".php", ".asp", ".aspx", ".jsp", ".py",
        ".iso", ".img", ".url", ".reg", ".cpl",
    }
)  # fmt: skip
_KNOWN = _PROGRAMS | {ending for told in FORMATS for ending in told.endings}


def fitting_name(name: str, told: Format) -> str:
    """Its last part, in one line, and no ending but that of what it is.

    A signed file keeps the ending of what is within ("atto.pdf.p7m").
    """
    stem = _seen(name.replace("\\", "/").rsplit("/", 1)[-1])
    ending = next((end for end in told.endings if stem.lower().endswith(end)), told.endings[0])
    stem = _without_endings(stem, told)
    if stem.lower().split(".")[0] in _RESERVED:
        stem = f"{_NO_NAME}-{stem}"
    return f"{stem[: LONGEST - len(ending)].rstrip('. ') or _NO_NAME}{ending}"


def shown_name(name: str) -> str:
    """As it is said in a sentence: recognisable, in one line, not too long."""
    return (_seen(name.replace("\\", "/").rsplit("/", 1)[-1]) or _NO_NAME)[:LONGEST]


def _seen(name: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", name).split())
    kept = (
        sign
        for sign in line
        if sign == " " or (unicodedata.category(sign)[0] not in "CZ" and sign not in _FORBIDDEN)
    )
    return "".join(kept).strip(". ")


def _without_endings(stem: str, told: Format) -> str:
    while (ending := PurePosixPath(stem).suffix.lower()) in _KNOWN:
        if told is P7M and ending not in _PROGRAMS and ending not in told.endings:
            break
        stem = stem[: -len(ending)].rstrip(". ")
    return stem
