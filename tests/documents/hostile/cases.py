"""Eighty and more: each with what is to become of it, refused by which sentence or kept as what."""

from collections.abc import Callable
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, String

from tavolo.documents.intake import refused
from tests.documents.hostile.making import (
    AUTHOR,
    EXE,
    PLANTED,
    SCRIPT,
    action,
    docx,
    eml,
    gif,
    huge_png,
    jpeg,
    locked_pdf,
    odf,
    p7m,
    p7m_in_parts,
    package,
    pdf_carrying,
    pdf_file,
    pdf_with,
    pdf_with_note,
    pdf_with_photograph,
    png,
    relations,
    signed_pdf,
    webp,
)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
P7M, EML = "application/pkcs7-mime", "message/rfc822"


@dataclass(frozen=True)
class Case:
    """`refused` is the sentence's message id, or `kept` the media type; then nothing of `gone` is in it."""

    key: str
    name: str
    make: Callable[[], bytes]
    refused: str = ""
    kept: str = ""
    stripped: tuple[str, ...] = ()
    gone: tuple[bytes, ...] = (PLANTED,)
    strip_author: bool = False
    file_name: str = ""


def no(key: str, name: str, make: Callable[[], bytes], sentence: str, **more: object) -> Case:
    return Case(key, name, make, refused=sentence, **more)  # type: ignore[arg-type]


def yes(
    key: str, name: str, make: Callable[[], bytes], kind: str, *stripped: str, **more: object
) -> Case:
    return Case(key, name, make, kept=kind, stripped=stripped, **more)  # type: ignore[arg-type]


def _zip() -> bytes:
    return package({"mimetype": PLANTED})


def _xml(text: str) -> dict[str, bytes]:
    return {"word/settings.xml": text.encode()}


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ahahahahah">'
    + "".join(
        f'<!ENTITY {name} "{f"&{last};" * 10}">'
        for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><l>&i;</l>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
HTML = b"<!doctype html><html><body><script>document.title='PLANTED-7c1f'</script></body></html>"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="PLANTED-7c1f"</script></svg>'
)
JS = b"=1;document.title='PLANTED-7c1f';/*"

POLYGLOTS = (
    yes("pdf and zip", "delibera.pdf", lambda: pdf_file() + _zip(), PDF, "surplus"),
    yes("pdf and html", "delibera.pdf", lambda: pdf_file() + b"\n" + HTML, PDF, "surplus"),
    no("html before pdf", "delibera.pdf", lambda: HTML + b"\n" + pdf_file(), refused.TWO_THINGS),
    no("zip before pdf", "atto.pdf", lambda: _zip()[:60] + pdf_file(), refused.TWO_THINGS),
    no("gif and script", "logo.gif", lambda: b"GIF89a" + JS, refused.DAMAGED),
    yes("gif and script behind", "logo.gif", lambda: gif() + JS, "image/gif"),
    yes("gif and script within", "logo.gif", lambda: gif(comment=PLANTED), "image/gif", "metadata"),
    yes("jpeg and zip", "foto.jpg", lambda: jpeg() + _zip(), JPEG),
    yes("jpeg and html", "foto.jpg", lambda: jpeg() + HTML, JPEG),
    yes("png and html", "foto.png", lambda: png() + HTML, PNG),
    yes("png and phar", "foto.png", lambda: png() + b"<?php PLANTED-7c1f", PNG),
    yes("docx and html behind", "a.docx", lambda: docx() + HTML, DOCX, "surplus"),
    yes("docx with a note behind", "a.docx", lambda: docx(comment=PLANTED), DOCX, "surplus"),
    no("signed pdf and zip", "a.pdf", lambda: signed_pdf() + _zip(), refused.TWO_THINGS),
    no("text and pdf", "a.txt", lambda: b"ciao\n" * 9 + pdf_file(), refused.TWO_THINGS),
)
DISGUISED = (
    no("svg with script", "logo.svg", lambda: SVG, refused.IS_SVG),
    no("svg called png", "logo.png", lambda: b'<?xml version="1.0"?>\n' + SVG, refused.IS_SVG),
    no("html called pdf", "atto.pdf", lambda: HTML, refused.IS_WEB_PAGE),
    no("html in capitals", "atto.txt", lambda: b"\n\n <HTML><BODY onload=x()>", refused.IS_WEB_PAGE),
    no("html far below", "n.csv", lambda: b"a;b\n" * 99 + b"<script>x</script>", refused.IS_WEB_PAGE),
    no("html of two bytes a sign", "n.txt", lambda: HTML.decode().encode("utf-16"), refused.IS_WEB_PAGE),
    no("xml", "fattura.xml", lambda: b'<?xml version="1.0"?><a/>', refused.IS_XML),
    no("xml with entities", "a.xml", XXE.encode, refused.IS_XML),
    no("program", "setup.exe", lambda: EXE, refused.IS_PROGRAM),
    no("program called pdf", "fattura.pdf.exe", lambda: EXE, refused.IS_PROGRAM),
    no("program of linux", "atto.pdf", lambda: b"\x7fELF" + b"\2" * 60, refused.IS_PROGRAM),
    no("java", "atto.pdf", lambda: b"\xca\xfe\xba\xbe" + b"\0" * 60, refused.IS_PROGRAM),
    no("shortcut", "atto.pdf.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, refused.IS_PROGRAM),
    no("commands", "leggimi.txt", lambda: b"#!/bin/sh\nrm -rf /\n", refused.IS_SCRIPT),
    no("commands of windows", "leggimi.txt", lambda: b"@echo off\r\ndel *\r\n", refused.IS_SCRIPT),
    no("php", "leggimi.txt", lambda: b"<?php system($_GET['c']);", refused.IS_SCRIPT),
    no("archive", "tutto.zip", _zip, refused.IS_ARCHIVE),
    no("archive called docx", "a.docx", _zip, refused.IS_ARCHIVE),
    no("gzip", "a.csv", lambda: b"\x1f\x8b\x08" + b"\0" * 40, refused.IS_ARCHIVE),
    no("word of 2003", "a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, refused.IS_OLD_OFFICE),
    no("word with a password", "a.docx",
       lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
       refused.PDF_PROTECTED),
    no("rtf", "a.rtf", lambda: b"{\\rtf1 {\\object\\objdata 0105}}", refused.IS_RTF),
    no("tiff", "a.tif", lambda: b"II*\0" + b"\0" * 60, refused.IS_OTHER_PICTURE),
    no("telephone", "IMG_1.heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 60, refused.IS_HEIC),
    no("film", "a.mp4", lambda: b"\0\0\0\x18ftypisom" + b"\0" * 60, refused.IS_MEDIA),
    no("sound", "a.wav", lambda: b"RIFF\0\0\0\0WAVEfmt " + b"\0" * 60, refused.IS_MEDIA),
    no("nothing known", "a.bin", lambda: bytes(range(1, 255)) * 3 + b"\0\0\0", refused.UNKNOWN),
    no("text with signs", "a.txt", lambda: b"ciao\x08\x08\x1b[2J\x01", refused.NOT_PLAIN_TEXT),
    no("empty", "vuoto.pdf", lambda: b"", refused.EMPTY),
)  # fmt: skip
PDFS = (
    yes("pdf with script", "a.pdf", lambda: pdf_with(
        OpenAction=action("JavaScript", JS=String(SCRIPT))), PDF, "script"),
    yes("pdf with named script", "a.pdf", lambda: pdf_with(Names=Dictionary(JavaScript=Dictionary(
        Names=Array([String("x"), action("JavaScript", JS=String(SCRIPT))])))), PDF, "script"),
    yes("pdf that launches", "a.pdf", lambda: pdf_with(
        OpenAction=action("Launch", F=String("PLANTED-7c1f.exe"))), PDF, "script"),
    yes("pdf that launches on a click", "a.pdf", lambda: pdf_with_note(
        Subtype=Name.Link, A=action("Launch", F=String("PLANTED-7c1f.exe"))), PDF, "script"),
    yes("pdf that acts on a page", "a.pdf", lambda: pdf_with_note(
        Subtype=Name.Link, AA=Dictionary(E=action("JavaScript", JS=String(SCRIPT)))), PDF, "script"),
    yes("pdf with a script behind a page turned", "a.pdf", lambda: pdf_with(OpenAction=action(
        "Named", N=Name.NextPage, Next=action("JavaScript", JS=String(SCRIPT)))), PDF, "script"),
    yes("pdf that sends its form", "a.pdf", lambda: pdf_with_note(
        Subtype=Name.Link, A=action("SubmitForm", F=String("http://PLANTED-7c1f/"))), PDF, "script"),
    yes("pdf with a script for an address", "a.pdf", lambda: pdf_with_note(
        Subtype=Name.Link, A=action("URI", URI=String("javascript:PLANTED-7c1f"))), PDF, "script"),
    yes("pdf with a form of xml", "a.pdf", lambda: pdf_with(
        AcroForm=Dictionary(XFA=String("<x>PLANTED-7c1f</x>"), Fields=Array([]))), PDF, "script"),
    yes("pdf with a film", "a.pdf", lambda: pdf_with_note(
        Subtype=Name.RichMedia, RichMediaContent=Dictionary(A=String("PLANTED-7c1f"))), PDF, "script"),
    yes("pdf with a program", "a.pdf", lambda: pdf_carrying("a.exe", EXE + PLANTED), PDF, "attached",
        gone=(b"MZ\x90", b"a.exe")),
    yes("pdf in a pdf", "a.pdf", lambda: pdf_carrying("b.pdf", pdf_file()), PDF, "attached"),
    yes("pdf with an author", "a.pdf", lambda: pdf_file(author=True), PDF, "author",
        strip_author=True, gone=(AUTHOR.encode(), b"Planted-Programma", AUTHOR.encode("utf-16-be"))),
    yes("pdf with a photograph", "a.pdf", pdf_with_photograph, PDF, "metadata",
        gone=(PLANTED, AUTHOR.encode())),
    no("pdf with a password", "a.pdf", locked_pdf, refused.PDF_PROTECTED),
    no("pdf cut short", "a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<", refused.DAMAGED),
    no("pdf without a page", "a.pdf", lambda: pdf_file(0), refused.PDF_WITHOUT_PAGES),
    no("pdf of too many pages", "a.pdf", lambda: pdf_file(3_001), refused.PDF_TOO_LONG),
    no("signed pdf with script", "a.pdf", lambda: signed_pdf(
        OpenAction=action("JavaScript", JS=String(SCRIPT))), refused.SIGNED_ACTIVE),
    no("signed pdf with a program", "a.pdf", lambda: pdf_carrying("a.exe", EXE, signed=True),
       refused.SIGNED_ATTACHED),
    no("signed pdf without author", "a.pdf", signed_pdf, refused.SIGNED_AUTHOR, strip_author=True),
    yes("signed pdf", "a.pdf", signed_pdf, PDF),
)  # fmt: skip
PICTURES = (
    no("a hundred million points", "foto.png", huge_png, refused.PICTURE_TOO_LARGE),
    no("one line of points", "foto.png", lambda: huge_png(60_000, 1), refused.PICTURE_TOO_LARGE),
    no("moving picture", "foto.gif", lambda: gif(frames=3), refused.PICTURE_MOVES),
    no("jpeg cut short", "foto.jpg", lambda: jpeg(side=64)[:400], refused.DAMAGED),
    no("png cut short", "foto.png", lambda: png(side=64)[:60], refused.DAMAGED),
    no("only a beginning", "foto.jpg", lambda: b"\xff\xd8\xff\xe0", refused.DAMAGED),
    yes("jpeg with a place", "foto.jpg", lambda: jpeg(notes=True), JPEG, "metadata",
        gone=(PLANTED, AUTHOR.encode(), b"Exif")),
    yes("jpeg turned, with a place", "foto.jpg", lambda: jpeg(notes=True, turned=True), JPEG,
        "metadata", gone=(PLANTED, AUTHOR.encode(), b"Exif")),
    yes("png with an author", "foto.png", lambda: png(notes=True), PNG, "metadata",
        gone=(PLANTED, AUTHOR.encode(), b"tEXt", b"iTXt")),
    yes("webp with notes", "foto.webp", lambda: webp(notes=True), "image/webp", "metadata"),
)  # fmt: skip
OFFICE = (
    no("macros", "a.docx", lambda: docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), refused.HAS_MACROS),
    no("macros declared", "a.docx", lambda: docx(
        types="application/vnd.ms-word.document.macroEnabled.main+xml"), refused.HAS_MACROS),
    no("template", "a.dotx", lambda: docx(types=(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")),
       refused.IS_TEMPLATE),
    no("macros of odf", "a.odt", lambda: odf(more={"Basic/Standard/M.xml": b"<x/>"}), refused.HAS_MACROS),
    no("python of odf", "a.ods", lambda: odf("spreadsheet", {"Scripts/python/x.py": b"import os"}),
       refused.HAS_MACROS),
    no("events of odf", "a.odt", lambda: odf(
        content='<script:event-listener script:language="x" xlink:href="vnd.sun.star.script:x"/>'),
       refused.HAS_MACROS),
    no("odf that loads", "a.odt", lambda: odf(content='<draw:image xlink:href="https://x.example/p.png"/>'),
       refused.LOADS_FROM_OUTSIDE),
    no("odf template", "a.ott", lambda: odf("text-template"), refused.IS_TEMPLATE),
    no("object within", "a.docx", lambda: docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
       refused.HAS_OBJECTS),
    no("program within", "a.docx", lambda: docx({"word/media/image1.png": EXE}), refused.HAS_OBJECTS),
    no("page within", "a.docx", lambda: docx({"word/afchunk.html": HTML}), refused.HAS_OBJECTS),
    no("commands in a field", "a.docx", lambda: docx(
        body='<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText>'), refused.HAS_OBJECTS),
    no("commands with two bytes a sign", "a.docx", lambda: docx({"word/comments.xml": (
        '<?xml version="1.0" encoding="utf-16"?><w xmlns:w="x"><w:instrText>DDE cmd</w:instrText></w>'
    ).encode("utf-16")}), refused.HAS_OBJECTS),
    no("entities under another name", "a.docx", lambda: docx(
        {"word/foo.dat": b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"}), refused.DECLARES_ENTITIES),
    no("template from outside", "a.docx", lambda: docx(
        relations("attachedTemplate", "http://x.example/t.dotm")), refused.LOADS_FROM_OUTSIDE),
    no("script for an address", "a.docx", lambda: docx(relations("hyperlink", "javascript:x()")),
       refused.LOADS_FROM_OUTSIDE),
    no("entities", "a.docx", lambda: docx(_xml(XXE)), refused.DECLARES_ENTITIES),
    no("billion laughs", "a.docx", lambda: docx(_xml(LAUGHS)), refused.DECLARES_ENTITIES),
    no("broken xml", "a.docx", lambda: docx(_xml("<a><b></a>")), refused.DAMAGED),
    no("part that swells", "a.docx", lambda: docx({"word/x.xml": b" " * 9_000_000}), refused.SWELLS),
    no("too much unpacked", "a.docx", lambda: docx(
        {f"word/{n}.xml": b"ab" * 950_000 for n in range(120)}), refused.UNPACKS_TOO_LARGE),
    no("too many parts", "a.docx", lambda: docx({f"word/{n}": b"" for n in range(3_001)}),
       refused.TOO_MANY_PARTS),
    no("packages within packages", "a.docx", lambda: docx(
        {"word/embeddings/a.xlsx": docx({"word/embeddings/b.docx": docx()})}), refused.NESTED_TOO_DEEP),
    no("bomb within", "a.docx", lambda: docx(
        {"word/embeddings/a.docx": docx({"word/x.xml": b" " * 9_000_000})}), refused.SWELLS),
    no("part that leads out", "a.docx", lambda: docx({"../../etc/cron.d/x": b"x"}), refused.PATHS_WITHIN),
    no("part twice", "a.docx", lambda: docx({"WORD/document.xml": b"<x/>"}), refused.PATHS_WITHIN),
    no("office cut short", "a.docx", lambda: docx()[:-40], refused.DAMAGED),
    yes("office with an author", "a.docx", docx, DOCX, "author", strip_author=True,
        gone=(AUTHOR.encode(),)),
    yes("office with a photograph", "a.docx", lambda: docx({"word/media/i.jpg": jpeg(notes=True)}), DOCX,
        "metadata"),
)  # fmt: skip
ENVELOPES = (
    yes("signed envelope", "atto.pdf.p7m", lambda: p7m(pdf_file()), P7M, file_name="atto.pdf.p7m"),
    yes("signed envelope in parts", "atto.p7m", lambda: p7m_in_parts(pdf_file()), P7M),
    no("envelope with a program", "atto.pdf.p7m", lambda: p7m(EXE), refused.SIGNED_PROGRAM),
    no("envelope cut short", "atto.pdf.p7m", lambda: p7m(pdf_file())[:90], refused.DAMAGED),
    no("envelopes around envelopes", "atto.p7m", lambda: _wrapped(9), refused.ENVELOPES_TOO_DEEP),
    yes("message", "ricevuta.eml", lambda: eml(("daticert.xml", "application/xml", b"<x/>")), EML),
    no("message with a program", "ricevuta.eml", lambda: eml(("a.pdf", "application/pdf", EXE)),
       refused.MAIL_CARRIES_PROGRAM),
    no("message of many parts", "ricevuta.eml", lambda: eml(
        *((f"{n}.txt", "application/octet-stream", b"x") for n in range(201))), refused.MAIL_TOO_MANY),
)  # fmt: skip
NAMES = tuple(
    yes(key, name, pdf_file, PDF, file_name=shown)
    for key, name, shown in (
        ("name with a path", "../../etc/passwd", "passwd.pdf"),
        ("name with a path of windows", "C:\\Windows\\System32\\cmd.exe", "cmd.pdf"),
        ("name turned around", "fattura\u202efdp.exe", "fatturafdp.pdf"),
        ("name with a null", "a\0.html", "a.pdf"),
        ("name with lines", 'a\r\nSet-Cookie: x="1".pdf', "a Set-Cookie x=1.pdf"),
        ("name without end", "x" * 4_000 + ".pdf", "x" * 116 + ".pdf"),
        ("two endings", "fattura.pdf.exe", "fattura.pdf"),
        ("name of a device", "con.pdf", "file-con.pdf"),
        ("no name", "...", "file.pdf"),
    )
)


def _wrapped(times: int) -> bytes:
    content = b"atto"
    for _each in range(times):
        content = p7m(content)
    return content


CASES = (*POLYGLOTS, *DISGUISED, *PDFS, *PICTURES, *OFFICE, *ENVELOPES, *NAMES)
