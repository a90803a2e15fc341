"""Office files: looked at part by part before anything is unpacked, then packed anew."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.parsers import expat

from tavolo.documents.intake import limits
from tavolo.documents.intake.formats import DOCX, ODP, ODS, ODT, PPTX, XLSX, Format
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.notes import without_notes
from tavolo.documents.intake.officexml import check_xml, without_author
from tavolo.documents.intake.programs import begins_as_program
from tavolo.documents.intake.refused import (
    DAMAGED,
    HAS_MACROS,
    HAS_OBJECTS,
    IS_ARCHIVE,
    IS_SVG,
    IS_TEMPLATE,
    NESTED_TOO_DEEP,
    PACKAGE_PROTECTED,
    PATHS_WITHIN,
    SIGNED_AUTHOR,
    SWELLS,
    TOO_MANY_PARTS,
    TWO_THINGS,
    UNPACKS_TOO_LARGE,
    Refused,
)

Parts = dict[str, bytes]

_MAIN = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
_ODF = {told.media_type: told for told in (ODT, ODS, ODP)}
_MACROS = re.compile(
    r"(^|/)(vbaProject|vbaData|Basic/|Scripts/|macrosheets/)|\.bas$", re.IGNORECASE
)
_SIGNATURES = re.compile(r"^_xmlsignatures/|documentsignatures\.xml$", re.IGNORECASE)
_PACKAGE = b"PK\x03\x04"
# Compound files and rich text, which hold programs; controls of other programs.
_OBJECTS = (b"\xd0\xcf\x11\xe0", b"{\\rt")
_CONTROLS = re.compile(r"\.bin$|(^|/)activeX/", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, LookupError)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def office_file(content: bytes, *, strip_author: bool, depth: int = 0) -> Found:
    """Refuses macros, objects, what loads from outside, entities, and whatever would swell.

    What stood before, between and after the parts is gone afterwards; a signed file stays as it is.
    """
    parts = _parts(content)
    told = _format(parts)
    for name, part in parts.items():
        _check(name, part, depth)
    if any(_SIGNATURES.search(name) for name in parts):
        return _as_it_came(told, content, strip_author=strip_author)
    done = {*_cleaned(parts, strip_author=strip_author, depth=depth)}
    if not content.startswith(b"PK\x03\x04") or _around(content):
        done.add("surplus")
    return Found(told, _packed(parts), tuple(sorted(done)))


def _as_it_came(told: Format, content: bytes, *, strip_author: bool) -> Found:
    if strip_author:
        raise Refused(SIGNED_AUTHOR)
    if not content.startswith(b"PK\x03\x04") or _around(content):
        raise Refused(TWO_THINGS)
    return Found(told, content, signed=True)


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except _BROKEN as fault:
        raise Refused(DAMAGED) from fault


def _parts(content: bytes) -> Parts:
    """The parts by their names, unpacked once the directory says that they would fit."""
    with _damage_refused():
        package = zipfile.ZipFile(io.BytesIO(content))
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    _measure(entries, len(content))
    with _damage_refused():
        return {entry.filename: _unpacked(package, entry) for entry in entries}


def _measure(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(PACKAGE_PROTECTED)
    if len(entries) > limits.PARTS:
        raise Refused(TOO_MANY_PARTS, limit=limits.PARTS)
    if any(_swells(entry) for entry in entries):
        raise Refused(SWELLS, limit=limits.PACKED_TIMES)
    if sum(entry.file_size for entry in entries) > limits.UNPACKED_BYTES:
        raise Refused(UNPACKS_TOO_LARGE, limit=limits.UNPACKED_BYTES // limits.MEGABYTE)
    # Parts that lie over each other would be unpacked twice.
    if sum(entry.compress_size for entry in entries) > packed:
        raise Refused(DAMAGED)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise Refused(PATHS_WITHIN)


def _swells(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.file_size > limits.PACKED_TIMES_FROM_BYTES
        and entry.file_size > limits.PACKED_TIMES * entry.compress_size
    )


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with package.open(entry) as stream:
        return stream.read(entry.file_size + 1)[: entry.file_size]


def _format(parts: Mapping[str, bytes]) -> Format:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused(PACKAGE_PROTECTED)
    if "mimetype" in parts:
        said = parts["mimetype"].decode("ascii", "replace").strip()
        if said in _ODF and "content.xml" in parts:
            return _ODF[said]
        if said.startswith("application/vnd.oasis.opendocument."):
            raise Refused(IS_TEMPLATE)
    for name, told in _MAIN:
        if name in parts and "[Content_Types].xml" in parts:
            _require_plain(parts["[Content_Types].xml"])
            return told
    raise Refused(IS_ARCHIVE)


def _require_plain(types: bytes) -> None:
    """By what a part is declared to be a program runs that has a plain name."""
    plain = types.replace(b"\0", b"")
    if b"macroEnabled" in plain or b"vbaProject" in plain:
        raise Refused(HAS_MACROS)
    if b"template.main+xml" in plain:
        raise Refused(IS_TEMPLATE)


def _check(name: str, part: bytes, depth: int) -> None:
    if _MACROS.search(name):
        raise Refused(HAS_MACROS)
    if part.startswith(_OBJECTS) or begins_as_program(part) or _CONTROLS.search(name):
        _refuse_object(name, part)
    elif part.startswith(_PACKAGE):
        if depth >= limits.NESTED:
            raise Refused(NESTED_TOO_DEEP)
        office_file(part, strip_author=False, depth=depth + 1)
    elif name.lower().endswith((".html", ".htm", ".js", ".hta", ".vbs")):
        raise Refused(HAS_OBJECTS)
    elif _is_xml(name, part):
        _check_part(name, part)


def _is_xml(name: str, part: bytes) -> bool:
    """By its name or by how it begins: a part is read as what it is declared to be, not as it is called."""
    begins = part[:64].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return begins.startswith(b"<") or name.lower().endswith(
        (".xml", ".rels", ".rdf", ".vml", ".svg")
    )


def _refuse_object(name: str, part: bytes) -> None:
    # Printers leave their settings in a part of that name; they run nothing.
    if "printerSettings" in name and not begins_as_program(part):
        return
    raise Refused(HAS_OBJECTS)


def _check_part(name: str, part: bytes) -> None:
    if name.lower().endswith(".svg") and re.search(
        rb"<script|javascript:|\son\w+=", part, re.IGNORECASE
    ):
        raise Refused(IS_SVG)
    # LibreOffice leaves some parts empty (Configurations2/accelerator/current.xml).
    if not part.strip():
        return
    try:
        check_xml(name, part)
    except expat.ExpatError as fault:
        raise Refused(DAMAGED) from fault


def _cleaned(parts: Parts, *, strip_author: bool, depth: int) -> Iterator[str]:
    for name, part in parts.items():
        if part.startswith(_PACKAGE):
            within = office_file(part, strip_author=strip_author, depth=depth + 1)
            parts[name] = within.content
            yield from within.stripped
            continue
        plain = without_notes(part)
        if plain != part:
            parts[name] = plain
            yield "metadata"
        if strip_author and _is_xml(name, part):
            parts[name] = without_author(name, part)
    if strip_author:
        yield "author"


def _around(content: bytes) -> bool:
    """Whether something follows the directory of the package, or is noted behind it."""
    end = content.rfind(b"PK\x05\x06")
    return end < 0 or end + 22 != len(content)


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        # What an ODF file is stands first in it, as it is.
        for name in sorted(parts, key=lambda name: name != "mimetype"):
            entry = zipfile.ZipInfo(name, _EPOCH)
            plain = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return out.getvalue()
