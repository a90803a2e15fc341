"""Files that are no tables, under names that say they are."""

import gzip
import io
import zipfile

from tests.imports.corpus import biff
from tests.imports.corpus.expected import DAMAGED, HEADINGS, Hostile, Reads, always
from tests.imports.corpus.packages import packed

NAME = "tabella.xls"
NEEDED = "A table is needed: XLSX, XLS, ODS or CSV."
SAVE = "Open it in a spreadsheet program and save it as XLSX or ODS."
DOCUMENT = "is a text document. Copy its table into a spreadsheet and save that as XLSX or ODS."
WEB_PAGE = f"is a web page, whatever its name says. {SAVE}"
OTHER = f"is a workbook in a format that is not read here. {SAVE}"
ARCHIVE = "is an archive of files. Unpack it and bring the table that is in it."
SLIDES = f"is a presentation. {NEEDED}"


def other(key: str, content: bytes, sentence: str) -> Hostile:
    return Hostile(key, always(content), f"“{NAME}” {sentence}", name=NAME)


def opened(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"})


def with_password() -> bytes:
    """A package that says its parts are encrypted."""
    content = bytearray(packed({"xl/workbook.xml": "<workbook/>"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def in_itself() -> bytes:
    inner = b"x"
    for _depth in range(20):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as bundle:
            bundle.writestr("dentro.zip", inner)
        inner = out.getvalue()
    return inner


HTML = b"<html><head><meta charset=utf-8></head><table><tr><td>Codice</td></tr></table></html>"
FILES = [
    other(
        "pdf",
        b"%PDF-1.7\n1 0 obj",
        "is a PDF document. Ask whoever made it for the table as XLSX, ODS or CSV.",
    ),
    other("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(100), f"is a picture. {NEEDED}"),
    other("png", b"\x89PNG\r\n\x1a\n" + bytes(100), f"is a picture. {NEEDED}"),
    other("web page", HTML, WEB_PAGE),
    other("web page as excel writes it", b"\xef\xbb\xbf\r\n<!-- x -->\n<table border=1>", WEB_PAGE),
    other("web page in utf-16", HTML.decode().encode("utf-16"), WEB_PAGE),
    other(
        "xml of excel 2003",
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>',
        f"is an XML file. {SAVE}",
    ),
    other("json", b'[{"codice": "037006"}]', f"is a JSON file. {NEEDED}"),
    other("word", packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), DOCUMENT),
    other("word of 1997", biff.compound({"WordDocument": b"x" * 5000}), DOCUMENT),
    other("rich text", b"{\\rtf1\\ansi Codice}", DOCUMENT),
    other("odt", opened("text"), DOCUMENT),
    other("odp", opened("presentation"), SLIDES),
    other("powerpoint", packed({"ppt/presentation.xml": "<x/>"}), SLIDES),
    other("xlsb", packed({"xl/workbook.bin": b"\x83\x01"}), OTHER),
    other("numbers", packed({"Index/Document.iwa": b"x"}), OTHER),
    other("excel 2", b"\x09\0\x04\0\x07\0\x10\0" + bytes(100), OTHER),
    other("sylk", b'ID;PWXL;N;E\r\nC;Y1;X1;K"a"', OTHER),
    other("web archive", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", WEB_PAGE),
    other(
        "dbase",
        b"\x03\x7e\x01\x1f\x02\0\0\0\x41\0\x0b" + bytes(40) + b"\r a",
        "is a database. Export the table that is needed as XLSX, ODS or CSV.",
    ),
    Hostile(
        "comments without end",
        always(b"<!--x-->" * 9000),
        "A cell in row 1 holds more than 32767 characters. "
        "Perhaps a quotation mark opens there and is never closed.",
    ),
    other("zip", packed({"tabella.csv": "a;b"}), ARCHIVE),
    other("zip in zip in zip", in_itself(), ARCHIVE),
    other("gzip", gzip.compress(b"a;b"), ARCHIVE),
    other("program", b"MZ\x90\0" + bytes(500), "is a program. It was not opened."),
    other(
        "database",
        b"SQLite format 3\0" + bytes(500),
        "is a database. Export the table that is needed as XLSX, ODS or CSV.",
    ),
    Hostile("a zip that ends at once", always(b"PK\x03\x04"), DAMAGED),
    Hostile(
        "zip with a password",
        always(with_password()),
        "“tabella.xlsx” is protected by a password. "
        "Open it, take the password off, save it and bring it again.",
    ),
    Hostile(
        "csv called xlsx",
        always(b"Codice;Comune\n037006;Bologna\n"),
        Reads(HEADINGS, [(2, ("037006", "Bologna"))]),
    ),
]
