"""What a file is, told by its content; whatever is no table gets its own sentence."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tavolo.imports.reading.books import Book
from tavolo.imports.reading.compound import MAGIC, Compound
from tavolo.imports.reading.encodings import NO_TEXT
from tavolo.imports.reading.ods import Ods
from tavolo.imports.reading.packages import damage_refused, open_package
from tavolo.imports.reading.refused import EMPTY, PROTECTED, Refused, gettext_noop
from tavolo.imports.reading.separated import Separated
from tavolo.imports.reading.xls import STREAMS, Xls
from tavolo.imports.reading.xlsx import Xlsx

_LOOKED_AT = 4096

IS_PDF = gettext_noop(
    "“%(name)s” is a PDF document. Ask whoever made it for the table as XLSX, ODS or CSV."
)
IS_PICTURE = gettext_noop("“%(name)s” is a picture. A table is needed: XLSX, XLS, ODS or CSV.")
IS_DOCUMENT = gettext_noop(
    "“%(name)s” is a text document. Copy its table into a spreadsheet and save that as XLSX or ODS."
)
IS_SLIDES = gettext_noop("“%(name)s” is a presentation. A table is needed: XLSX, XLS, ODS or CSV.")
IS_WEB_PAGE = gettext_noop(
    "“%(name)s” is a web page, whatever its name says. "
    "Open it in a spreadsheet program and save it as XLSX or ODS."
)
IS_XML = gettext_noop(
    "“%(name)s” is an XML file. Open it in a spreadsheet program and save it as XLSX or ODS."
)
IS_OTHER_WORKBOOK = gettext_noop(
    "“%(name)s” is a workbook in a format that is not read here. "
    "Open it in a spreadsheet program and save it as XLSX or ODS."
)
IS_ARCHIVE = gettext_noop(
    "“%(name)s” is an archive of files. Unpack it and bring the table that is in it."
)
IS_PROGRAM = gettext_noop("“%(name)s” is a program. It was not opened.")
IS_DATABASE = gettext_noop(
    "“%(name)s” is a database. Export the table that is needed as XLSX, ODS or CSV."
)
IS_JSON = gettext_noop("“%(name)s” is a JSON file. A table is needed: XLSX, XLS, ODS or CSV.")

_BEGINNINGS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    (IS_PDF, (b"%PDF",)),
    (IS_PICTURE, (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM\x36", b"II*\0", b"MM\0*")),
    (IS_ARCHIVE, (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")),
    (IS_PROGRAM, (b"MZ\x90", b"\x7fELF", b"#!/")),
    (IS_DATABASE, (b"SQLite format 3", b"\0\1\0\0Standard")),
    (IS_DOCUMENT, (b"{\\rtf",)),
    # BIFF 2, 3 and 4: workbooks from before Excel 5.
    (IS_OTHER_WORKBOOK, (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0")),
    # SYLK and DIF, in which tables travelled before.
    (IS_OTHER_WORKBOOK, (b"ID;P", b"TABLE\r\n0,1", b"TABLE\n0,1")),
    # A web page with its pictures in one file.
    (IS_WEB_PAGE, (b"MIME-Version:",)),
)
_WITHIN_PACKAGES = (
    ("word/document.xml", IS_DOCUMENT),
    ("ppt/presentation.xml", IS_SLIDES),
    ("xl/workbook.bin", IS_OTHER_WORKBOOK),
    ("Index/Document.iwa", IS_OTHER_WORKBOOK),
)
_WITHIN_COMPOUNDS = (
    ("EncryptedPackage", PROTECTED),
    ("WordDocument", IS_DOCUMENT),
    ("PowerPoint Document", IS_SLIDES),
)
_ODF = "application/vnd.oasis.opendocument."
_ODF_KINDS = {"text": IS_DOCUMENT, "presentation": IS_SLIDES, "graphics": IS_PICTURE}
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|meta|table|style|div)\b", re.IGNORECASE)
# A table of dBase: its version, then year, month and day of its last change.
_DBASE = re.compile(rb"[\x02\x03\x30\x31\x83\xf5].[\x01-\x0c][\x01-\x1f]", re.DOTALL)


def open_book(path: Path) -> Book:
    """The file, ready to be read. Refuses what is no table."""
    with path.open("rb") as stream:
        head = stream.read(_LOOKED_AT)
    if not head:
        raise Refused(EMPTY)
    if head.startswith(b"PK"):
        return _package(path)
    if head.startswith(MAGIC):
        return _compound(path)
    for message, beginnings in _BEGINNINGS:
        if head.startswith(beginnings):
            raise Refused(message)
    if _DBASE.match(head) and b"\0\0\0" in head:
        raise Refused(IS_DATABASE)
    return _text(path)


def _package(path: Path) -> Book:
    with open_package(path) as package:
        names = {name.replace("\\", "/") for name in package.namelist()}
        _refuse_known(_WITHIN_PACKAGES, names)
        if "xl/workbook.xml" in names:
            return Xlsx(path)
        kind = _odf_kind(package) if "mimetype" in names else ""
    if kind.removesuffix("-template") == "spreadsheet":
        return Ods(path)
    raise Refused(_ODF_KINDS.get(kind.removesuffix("-template"), IS_ARCHIVE))


def _odf_kind(package: zipfile.ZipFile) -> str:
    with damage_refused():
        said = package.read("mimetype")[:200].decode("ascii", "replace").strip()
    return said.removeprefix(_ODF) if said.startswith(_ODF) else ""


def _compound(path: Path) -> Book:
    names = set(Compound(path).entries)
    _refuse_known(_WITHIN_COMPOUNDS, names)
    if names.isdisjoint(STREAMS):
        raise Refused(NO_TEXT)
    return Xls(path)


def _refuse_known(known: Iterable[tuple[str, str]], names: set[str]) -> None:
    for name, message in known:
        if name in names:
            raise Refused(message)


def _text(path: Path) -> Book:
    book = Separated(path)
    beginning = book.beginning[:_LOOKED_AT].lstrip()
    if beginning.startswith("<?xml"):
        raise Refused(IS_XML)
    if beginning.startswith("<") and _MARKUP.search(beginning):
        raise Refused(IS_WEB_PAGE)
    if beginning.startswith(("{", "[{")):
        raise Refused(IS_JSON)
    return book
