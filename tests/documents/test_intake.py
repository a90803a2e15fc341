"""Files on their way in: the child and how it may end, formats that are kept, what they are called."""

import io
import sys
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image, ImageCms

from tavolo.documents.errors import FileRefused
from tavolo.documents.intake import Upload, checked, limits, parent, refused
from tavolo.documents.intake.formats import FORMATS, PDF
from tavolo.documents.intake.images import picture
from tavolo.documents.intake.jpeg import without_notes
from tavolo.documents.intake.kinds import looked_at
from tavolo.documents.intake.names import fitting_name, shown_name
from tavolo.documents.intake.refused import Refused
from tavolo.imports.reading.refused import Refused as Said
from tests.documents.hostile.making import (
    PLANTED,
    action,
    der,
    docx,
    eml,
    gif,
    jpeg,
    odf,
    p7m,
    pdf_file,
    pdf_with_note,
    png,
    relations,
    signed_pdf,
    webp,
)

ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."


def kept_as(content: bytes, name: str = "file") -> str:
    return looked_at(content, name, strip_author=False).format.media_type


def refusal(content: bytes, *, strip_author: bool = False) -> str:
    with pytest.raises(Said) as told:
        looked_at(content, "file", strip_author=strip_author)
    return str(told.value.message)


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (pdf_file, "application/pdf"),
        (jpeg, "image/jpeg"),
        (png, "image/png"),
        (webp, "image/webp"),
        (gif, "image/gif"),
        (docx, OOXML + "wordprocessingml.document"),
        (lambda: docx(main="xl/workbook.xml"), OOXML + "spreadsheetml.sheet"),
        (lambda: docx(main="ppt/presentation.xml"), OOXML + "presentationml.presentation"),
        (odf, ODF + "text"),
        (lambda: odf("spreadsheet"), ODF + "spreadsheet"),
        (lambda: odf("presentation"), ODF + "presentation"),
        (lambda: p7m(b"atto"), "application/pkcs7-mime"),
        (eml, "message/rfc822"),
        ("Perché sì.\nE poi?\n".encode, "text/plain"),
        (lambda: "Perché sì.".encode("cp1252"), "text/plain"),
        (lambda: "Perché".encode("utf-16"), "text/plain"),
        (lambda: b"nome;eta\nAda;36\n", "text/csv"),
    ],
)
def test_each_format_is_told_by_its_content(make: Callable[[], bytes], kind: str) -> None:
    assert kept_as(make()) == kind


def test_a_name_makes_a_table_of_one_column() -> None:
    assert [kept_as(b"nome\nAda\n", name) for name in ("a.CSV", "a.txt")] == [
        "text/csv",
        "text/plain",
    ]


def test_what_is_harmless_stays_as_it_is() -> None:
    link = action("URI", URI=pikepdf.String("https://example.org/"))
    content = pdf_with_note(Subtype=pikepdf.Name.Link, A=link)
    found = looked_at(content, "a.pdf", strip_author=False)
    with pikepdf.open(io.BytesIO(found.content)) as pdf:
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://example.org/"
    assert found.stripped == ()
    linked = docx(relations("hyperlink", "https://example.org/"))
    assert looked_at(linked, "a.docx", strip_author=False).stripped == ()


def test_a_signed_file_is_kept_byte_for_byte() -> None:
    signed_docx = docx({"_xmlsignatures/sig1.xml": b"<x/>"})
    for content in (signed_pdf(), signed_docx, p7m(pdf_file()), eml()):
        found = looked_at(content, "a", strip_author=False)
        assert (found.content, found.signed) == (content, True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (docx({"_xmlsignatures/sig1.xml": b"<x/>"}), refused.SIGNED_AUTHOR),
        (p7m(b"atto"), refused.AUTHOR_STAYS),
        (eml(), refused.AUTHOR_STAYS),
    ],
    ids=["office", "envelope", "message"],
)
def test_what_is_signed_keeps_its_author(content: bytes, sentence: str) -> None:
    assert refusal(content, strip_author=True) == sentence


def test_a_signed_office_file_with_something_behind_is_refused() -> None:
    assert refusal(docx({"_xmlsignatures/s.xml": b"<x/>"}) + b"PK") == refused.TWO_THINGS


def test_printers_leave_settings_and_those_run_nothing() -> None:
    assert kept_as(docx({"xl/printerSettings/printerSettings1.bin": b"\0\1"})).startswith(OOXML)


def test_a_table_behind_a_chart_is_taken() -> None:
    assert kept_as(docx({"word/embeddings/tabella.xlsx": docx()})).startswith(OOXML)


def test_an_encrypted_odf_asks_for_its_password() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    assert refusal(odf(more={"META-INF/manifest.xml": manifest})) == refused.PDF_PROTECTED


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("told", "stays"),
    [(profile(), True), (profile() + PLANTED, False), (PLANTED, False)],
    ids=["whole", "with something behind", "none"],
)
def test_colours_stay_and_nothing_else(told: bytes, *, stays: bool) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG", icc_profile=told)
    found = Image.open(io.BytesIO(looked_at(out.getvalue(), "a.png", strip_author=False).content))
    assert ("icc_profile" in found.info) is stays


def test_points_stay_as_they_are() -> None:
    for make in (png, gif):
        before, after = make(), looked_at(make(), "a", strip_author=False).content
        told = [Image.open(io.BytesIO(each)).convert("RGBA").tobytes() for each in (before, after)]
        assert told[0] == told[1]


def test_a_palette_becomes_a_jpeg_of_three_colours() -> None:
    from tavolo.documents.intake.formats import JPEG

    out = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "JPEG")
    assert Image.open(io.BytesIO(picture(out.getvalue(), JPEG).content)).mode == "CMYK"


def test_notes_of_what_is_no_jpeg_are_left_alone() -> None:
    cut = jpeg(notes=True)[:30]
    assert [without_notes(told) for told in (b"text", cut, b"\xff\xd8")] == [
        b"text",
        cut,
        b"\xff\xd8",
    ]


def test_envelopes_in_text_and_damaged_ones() -> None:
    import base64

    text = base64.encodebytes(p7m(b"atto"))
    begin, end = b"-----BEGIN PKCS7-----\n", b"-----END PKCS7-----\n"
    assert kept_as(begin + text + end) == "application/pkcs7-mime"
    for damaged in (begin + text, begin + b"*" + text + end, p7m(b"atto" * 40)[:-30]):
        assert refusal(damaged) == refused.DAMAGED


def test_an_envelope_may_lie_apart_from_its_content() -> None:
    named = der(0x06, bytes.fromhex("2a864886f70d010701"))
    signed = der(0x30, der(0x02, b"\1"), der(0x31), der(0x30, named), der(0x31))
    outer = der(0x30, der(0x06, bytes.fromhex("2a864886f70d010702")), der(0xA0, signed))
    assert kept_as(outer) == "application/pkcs7-mime"


@pytest.mark.parametrize("told", FORMATS, ids=lambda told: told.label)
def test_a_name_ends_as_what_it_is(told) -> None:
    names = ["atto", "atto.exe", f"atto{told.endings[-1].upper()}", "a/b\\atto", "atto. . "]
    expected = {f"atto{told.endings[0]}", f"atto{told.endings[-1]}"}
    assert {fitting_name(name, told) for name in names} <= expected


def test_names_stay_readable() -> None:
    assert fitting_name("Verbale 3.2 – sintesi.pdf", PDF) == "Verbale 3.2 – sintesi.pdf"
    assert shown_name("a\r\n\u202eb") == "a b"
    assert len(fitting_name("è" * 500, PDF)) == 120


def test_the_child_answers() -> None:
    told = checked(Upload("foto.jpg", jpeg(notes=True)))
    assert (told.media_type, told.stripped) == ("image/jpeg", ("metadata",))
    assert PLANTED not in told.content


def test_the_child_refuses() -> None:
    with pytest.raises(FileRefused) as told:
        checked(Upload("c:\\a\u202e.exe", b"MZ\0\0"))
    assert (told.value.message, told.value.values["name"]) == (refused.IS_PROGRAM, "a.exe")


def test_before_the_child(monkeypatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 3)
    for content, message in ((b"", refused.EMPTY), (b"1234", refused.TOO_LARGE)):
        with pytest.raises(FileRefused) as told:
            checked(Upload("a", content))
        assert told.value.message == message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise SystemExit(9)", refused.STOPPED),
        ("print('no json')", refused.STOPPED),
        ('print(\'{"media_type": 1, "size": 9, "same": false}\')', refused.STOPPED),
        ('print(\'{"stopped": "memory"}\')', refused.TOO_MUCH_MEMORY),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", refused.TOOK_TOO_LONG),
        ("import time; time.sleep(60)", refused.TOOK_TOO_LONG),
    ],
)
def test_however_the_child_ends_there_is_a_sentence(code: str, message: str, monkeypatch) -> None:
    monkeypatch.setattr(parent, "command", lambda: [sys.executable, "-c", code])
    monkeypatch.setattr(parent, "WALL_SECONDS", 2)
    with pytest.raises(FileRefused) as told:
        checked(Upload("a", b"x"))
    assert told.value.message == message


def test_the_childs_own_end(capfdbinary, monkeypatch, tmp_path) -> None:
    from tavolo.documents.intake import __main__ as child

    monkeypatch.setattr(child, "fence_in", lambda **_limits: None)

    def answered(content: bytes, **order: object) -> bytes:
        import json

        file = tmp_path / "file"
        file.write_bytes(content)
        child.main(str(file), json.dumps({"name": "a.txt", "strip_author": False} | order))
        sys.stdout.flush()
        return bytes(capfdbinary.readouterr().out)

    assert b'"same": true' in answered(b"testo")
    assert answered(pdf_file()).partition(b"\n")[2].startswith(b"%PDF-")
    assert b"refused" in answered(b"")
    for fault, told in ((MemoryError, b"memory"), (KeyError, b"KeyError")):

        def fails(*_given: object, fault: type[Exception] = fault, **_more: object) -> None:
            raise fault

        monkeypatch.setattr(child, "looked_at", fails)
        assert told in answered(b"testo")


def test_refusals_are_of_one_kind() -> None:
    assert Refused is Said
