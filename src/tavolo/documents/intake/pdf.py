"""PDF: written anew without what runs, starts by itself or is attached; what is signed stays as it is."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tavolo.documents.intake import limits
from tavolo.documents.intake.formats import PDF
from tavolo.documents.intake.found import Found
from tavolo.documents.intake.jpeg import without_notes
from tavolo.documents.intake.programs import is_program
from tavolo.documents.intake.refused import (
    DAMAGED,
    PDF_PROTECTED,
    PDF_TOO_LONG,
    PDF_WITHOUT_PAGES,
    SIGNED_ACTIVE,
    SIGNED_ATTACHED,
    SIGNED_AUTHOR,
    TWO_THINGS,
    Refused,
)

# What an action may do: turn to a place in this file, or open an address that a person follows.
_HARMLESS = {"/GoTo", "/URI", "/Named", "/Thread", "/SetOCGState"}
_ADDRESS = re.compile(rb"\s*(https?:|mailto:|tel:|#|[^:]*$)", re.IGNORECASE)
_STARTS = ("/OpenAction", "/AA", "/A", "/PA", "/Next")
_RUNS = ("/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/Requirements")
_CARRIES = ("/EmbeddedFiles", "/EF", "/AF", "/Collection")
_MOVING = {"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_AUTHOR = ("/Metadata", "/PieceInfo", "/LastModified")


def pdf_file(content: bytes, *, strip_author: bool) -> Found:
    """Refuses what is protected, has no page or too many, and what is signed and would have to change."""
    try:
        with warnings.catch_warnings(), Pdf.open(io.BytesIO(content)) as pdf:
            warnings.simplefilter("ignore")
            return _looked_through(pdf, content, strip_author=strip_author)
    except pikepdf.PasswordError as fault:
        raise Refused(PDF_PROTECTED) from fault
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Refused(DAMAGED) from fault


def _looked_through(pdf: Pdf, content: bytes, *, strip_author: bool) -> Found:
    _count(pdf)
    signed = _is_signed(pdf)
    if signed:
        return _as_it_came(pdf, content, strip_author=strip_author)
    done = {*_clean(pdf)}
    if strip_author:
        _take_author(pdf)
        done.add("author")
    if not content.startswith(b"%PDF-") or _after_end(content):
        done.add("surplus")
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Found(PDF, out.getvalue(), tuple(sorted(done)))


def _count(pdf: Pdf) -> None:
    if len(pdf.objects) > limits.OBJECTS or len(pdf.pages) > limits.PAGES:
        raise Refused(PDF_TOO_LONG, limit=limits.PAGES)
    if not len(pdf.pages):
        raise Refused(PDF_WITHOUT_PAGES)


def _is_signed(pdf: Pdf) -> bool:
    """Whether a signature stands in it, not whether it holds: that is for whoever verifies it."""
    return "/Perms" in pdf.Root or any(
        "/ByteRange" in row and "/Contents" in row for row in _dictionaries(pdf)
    )


def _as_it_came(pdf: Pdf, content: bytes, *, strip_author: bool) -> Found:
    if strip_author:
        raise Refused(SIGNED_AUTHOR)
    if not content.startswith(b"%PDF-") or _after_end(content) or _is_package(content):
        raise Refused(TWO_THINGS)
    for row in _dictionaries(pdf):
        if "/EF" in row and _carries_program(row):
            raise Refused(SIGNED_ATTACHED)
        if any(_starts(row)) or any(key in row for key in _RUNS):
            raise Refused(SIGNED_ACTIVE)
    return Found(PDF, content, signed=True)


def _after_end(content: bytes) -> bool:
    """Whether anything but a line break follows the last mark of the end."""
    return bool(content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \0"))


def _is_package(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def _clean(pdf: Pdf) -> Iterator[str]:
    for row in _dictionaries(pdf):
        if any([*_without_starts(row), *_without(row, _RUNS)]):
            yield "script"
        if any([*_without(row, _CARRIES)]):
            yield "attached"
        if row.get("/Subtype") == Name.FileAttachment:
            del row["/Subtype"]
            yield "attached"
        if str(row.get("/Subtype", "")) in _MOVING:
            del row["/Subtype"]
            yield "script"
        if isinstance(row, Stream) and _without_camera(row):
            yield "metadata"


def _without(row: Any, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        if key in row:
            del row[key]
            yield key


def _without_starts(row: Any) -> Iterator[str]:
    for key in [*_starts(row)]:
        del row[key]
        yield key


def _starts(row: Any) -> Iterator[str]:
    """The keys under which something starts that does more than to turn a page or to open an address."""
    if _is_action(row) and not _is_harmless(row):
        yield "/S"
    for key in _STARTS:
        told = row.get(key)
        does = isinstance(told, Dictionary) and _is_action(told) and not _is_harmless(told)
        if does or (key == "/AA" and told is not None):
            yield key


def _is_action(row: Any) -> bool:
    told = row.get("/S")
    return isinstance(told, Name) and (
        row.get("/Type") == Name.Action or str(told) in _ACTIONS or "/JS" in row
    )


_ACTIONS = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/ImportData", "/SubmitForm", "/ResetForm",
    "/Rendition", "/Movie", "/Sound", "/Hide", "/Trans", "/RichMediaExecute", "/URI", "/GoTo3DView",
}  # fmt: skip


def _is_harmless(action: Any) -> bool:
    if str(action.get("/S")) not in _HARMLESS:
        return False
    address = action.get("/URI")
    return address is None or bool(_ADDRESS.match(bytes(address)))


def _carries_program(row: Any) -> bool:
    names = [str(row.get(key, "")) for key in ("/F", "/UF")]
    files = [told for told in row["/EF"].values() if isinstance(told, Stream)]
    return any(is_program(names[-1] or names[0], told.read_bytes()) for told in files)


def _without_camera(stream: Stream) -> bool:
    """A photograph within the file loses its place and day, without being drawn anew."""
    filters = stream.get("/Filter")
    chain = list(filters) if isinstance(filters, Array) else [filters]
    if chain[-1:] != [Name.DCTDecode] or "/DecodeParms" in stream:
        return False
    raw = bytes(stream.read_raw_bytes())
    if chain[:-1]:
        raw = _unwrapped(raw, chain[:-1])
    plain = without_notes(raw)
    if plain == raw:
        return False
    stream.write(plain, filter=Name.DCTDecode)
    return True


def _unwrapped(raw: bytes, filters: list[Any]) -> bytes:
    """The picture out of what it was packed in."""
    with Pdf.new() as aside:
        packed = Stream(aside, raw)
        packed["/Filter"] = Array([Name(str(each)) for each in filters])
        return bytes(packed.read_bytes())


def _take_author(pdf: Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for row in _dictionaries(pdf):
        for key in _AUTHOR:
            if key in row:
                del row[key]
        # Of a note or a mark; of a field of a form it is the name of the field.
        if (
            "/Rect" in row
            and "/T" in row
            and row.get("/Subtype") != Name.Widget
            and "/FT" not in row
        ):
            del row["/T"]


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary in it, those within others too, and the dictionaries of streams."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    while waiting:
        row = waiting.pop()
        if isinstance(row, (Dictionary, Stream)):
            yield row
            within = [row[key] for key in row.keys()]  # noqa: SIM118  keys of a PDF
        elif isinstance(row, Array):
            within = list(row)
        else:
            continue
        # What stands by itself comes as an object of its own.
        waiting.extend(
            told
            for told in within
            if isinstance(told, (Dictionary, Array)) and not told.is_indirect
        )
