"""The XML within office files: no declarations, nothing loaded from outside, no author where asked."""

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from tavolo.documents.intake.refused import (
    DECLARES_ENTITIES,
    HAS_MACROS,
    HAS_OBJECTS,
    LOADS_FROM_OUTSIDE,
    Refused,
)

# What an office file may point to outside: addresses that a person follows.
_FOLLOWED = "/hyperlink"
_ADDRESS = re.compile(r"\s*(https?:|mailto:|tel:|#|[\w./ %-]*$)", re.IGNORECASE)
_SCRIPTS = {"event-listener", "script"}
# DDE lets a sheet start programs; the fields of a text too.
_COMMANDS = re.compile(
    rb"instr(?:Text)?\b[^>]{0,80}?[>=]\s*\"?\s*DDE(?:AUTO)?\b|ddeLink\b|dde-source\b|dde-connection\b",
    re.IGNORECASE,
)
# Fields and formulas that fetch what they show as soon as the file is opened.
_FETCHES = re.compile(
    rb"INCLUDE(?:PICTURE|TEXT)\b[^<]{0,500}?(?:https?:|ftp:|file:|\\\\)[^<]{0,500}?\\d\b"
    rb"|(?:<(?:\w+:)?f\b[^>]*>|:formula=\")[^<]{0,2000}?\b(?:WEBSERVICE|IMAGE)\s*\("
    rb"|<(?:\w+:)?webPr\b|\brefreshOnLoad\s*=\s*[\"'](?:1|true)",
    re.IGNORECASE,
)
_NOTES = (
    "creator", "lastModifiedBy", "initial-creator", "printed-by", "generator", "Application",
    "AppVersion", "Company", "Manager", "Template", "editing-duration",
)  # fmt: skip
# At each comment and change: who made it.
_MAKERS = ("creator", "creator-initials", "sender-initials", "author")
# Where the notes of a file say that they are such; others call the part as they like.
_BEGINNING = 1000
_NOTED = ("coreProperties", "extended-properties", "custom-properties", "document-meta")


def _emptying(names: tuple[str, ...]) -> re.Pattern[bytes]:
    words = r"(?:[^<]|<!\[CDATA\[.*?\]\]>)*"
    told = rf"(<(?:[\w-]+:)?(?:{'|'.join(names)})(?:\s[^>]*)?>){words}(</)"
    return re.compile(told.encode(), re.DOTALL)


_EMPTY_NOTES, _EMPTY_MAKERS = _emptying(_NOTES), _emptying(_MAKERS)
_NAMED = re.compile(
    rb"(\b(?:(?:w|w15):(?:author|initials|userId)|userName)\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
# The lists of those who did.
_LISTED = re.compile(rb"<(?:\w+:)?(?:cmAuthor|author|person)\s[^>]*>")
_NAMES = re.compile(rb"(\b(?:name|initials|displayName|userId)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_CUSTOM = re.compile(rb"(<(?:[\w-]+:)?(?:user-defined|lpwstr)(?:\s[^>]*)?>)[^<]*(</)")


Begins = Callable[[str, Mapping[str, str]], None]


def check_xml(name: str, part: bytes) -> None:
    """Refuses entities before they are worked out, commands, scripts, and what loads from outside."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartElementHandler = _element(is_relations=name.endswith(".rels"))
    parser.Parse(part, True)
    # Written with two bytes a sign it says the same.
    if _COMMANDS.search(part.replace(b"\0", b"")):
        raise Refused(HAS_OBJECTS)
    if _FETCHES.search(part.replace(b"\0", b"")):
        raise Refused(LOADS_FROM_OUTSIDE)


def without_author(name: str, part: bytes) -> bytes:
    """A part without who wrote, commented and changed it; the notes of a file also without with what and for whom."""
    plain = _NAMED.sub(rb'\1""', _EMPTY_MAKERS.sub(rb"\1\2", part))
    plain = _LISTED.sub(lambda found: _NAMES.sub(rb'\1""', found[0]), plain)
    if not any(word.encode() in plain[:_BEGINNING] for word in _NOTED):
        return plain
    plain = _EMPTY_NOTES.sub(rb"\1\2", plain)
    return _CUSTOM.sub(rb"\1\2", plain) if "custom" in name or name == "meta.xml" else plain


def _refuse_declarations(*_declared: object) -> None:
    raise Refused(DECLARES_ENTITIES)


def _element(*, is_relations: bool) -> Begins:
    def begins(element: str, given: Mapping[str, str]) -> None:
        space, _gap, local = element.rpartition(" ")
        if is_relations and local == "Relationship":
            _check_relation(given)
        if "opendocument" in space and local in _SCRIPTS:
            raise Refused(HAS_MACROS)
        # Which template it was made from is a note, and loads nothing.
        if "opendocument" in space and local != "template":
            _check_links(local, given)

    return begins


def _check_relation(given: Mapping[str, str]) -> None:
    kind, target = given.get("Type", ""), given.get("Target", "")
    if given.get("TargetMode", "").lower() != "external":
        return
    if not kind.endswith(_FOLLOWED) or not _ADDRESS.match(target):
        raise Refused(LOADS_FROM_OUTSIDE)


def _check_links(local: str, given: Mapping[str, str]) -> None:
    target = next((value for key, value in given.items() if key.endswith("xlink href")), "")
    if local == "a":
        if not _ADDRESS.match(target):
            raise Refused(LOADS_FROM_OUTSIDE)
    elif re.match(r"\s*(\w[\w+.-]*:|//|/|\.\./\.\.)", target):
        raise Refused(LOADS_FROM_OUTSIDE)
