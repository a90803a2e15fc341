"""How the files of the corpus are made, harmless and hostile ones from the same parts."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image
from PIL.PngImagePlugin import PngInfo

# What is planted, and must not be found again in what is served.
PLANTED = b"PLANTED-7c1f"
AUTHOR = "Giulia Planted-Autrice"
EXE = b"MZ\x90\0" + b"\0" * 80 + b"This program cannot be run in DOS mode."
SCRIPT = "app.alert('PLANTED-7c1f')"


@cache
def jpeg(*, notes: bool = False, turned: bool = False, side: int = 8) -> bytes:
    image = Image.new("RGB", (side * 2, side), (200, 30, 30))
    exif = Image.Exif()
    if notes:
        exif[0x013B] = AUTHOR
        exif[0x010E] = PLANTED.decode()
        exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 27.0, 51.0), 3: "E", 4: (9.0, 11.0, 24.0)})
    if turned:
        exif[0x0112] = 6
    out = io.BytesIO()
    more = {"comment": PLANTED, "xmp": PLANTED} if notes else {}
    image.save(out, "JPEG", **more, **({"exif": exif} if exif else {}))
    return out.getvalue()


@cache
def png(*, notes: bool = False, side: int = 8) -> bytes:
    image, told = Image.new("RGBA", (side, side), (0, 90, 160, 128)), PngInfo()
    if notes:
        told.add_text("Author", AUTHOR)
        told.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=told)
    return out.getvalue()


@cache
def webp(*, notes: bool = False) -> bytes:
    out = io.BytesIO()
    planted = PLANTED if notes else b""
    Image.new("RGB", (8, 8), "green").save(out, "WEBP", exif=b"Exif\0\0" + planted, xmp=planted)
    return out.getvalue()


@cache
def gif(*, frames: int = 1, comment: bytes = b"") -> bytes:
    images = [Image.new("RGB", (8, 8), (90 * number, 0, 0)) for number in range(frames)]
    out = io.BytesIO()
    more = images[1:]
    images[0].save(out, "GIF", save_all=bool(more), append_images=more, comment=comment)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """A hundred million points in a few bytes: what it says, not what it holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


def saved(pdf: Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True, **options)
    return out.getvalue()


def new_pdf(pages: int = 1) -> Pdf:
    pdf = Pdf.new()
    for _each in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    return pdf


@cache
def pdf_file(pages: int = 1, *, author: bool = False) -> bytes:
    pdf = new_pdf(pages)
    if author:
        pdf.docinfo["/Author"] = AUTHOR
        pdf.docinfo["/Producer"] = "Planted-Programma"
        with pdf.open_metadata() as told:
            told["dc:creator"] = [AUTHOR]
    return saved(pdf)


def action(kind: str, **more: object) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **more)


def pdf_with(**root: object) -> bytes:
    """A page and these entries in the catalogue."""
    pdf = new_pdf()
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    return saved(pdf)


def pdf_with_note(**entries: object) -> bytes:
    """A page with a note or a field on it."""
    pdf = new_pdf()
    note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 50, 50]), **entries)
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])
    return saved(pdf)


def pdf_carrying(name: str, content: bytes, *, signed: bool = False) -> bytes:
    pdf = new_pdf()
    pdf.attachments[name] = content
    if signed:
        sign(pdf)
    return saved(pdf)


def sign(pdf: Pdf) -> None:
    """A place where a signature stands; whether it holds is nobody's question here."""
    value = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        ByteRange=Array([0, 10, 20, 30]),
        Contents=String("signature"),
    )
    field = Dictionary(FT=Name.Sig, T=String("firma"), V=pdf.make_indirect(value))
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)


def signed_pdf(**root: object) -> bytes:
    pdf = new_pdf()
    sign(pdf)
    for key, value in root.items():
        pdf.Root[f"/{key}"] = value
    return saved(pdf)


def locked_pdf() -> bytes:
    return saved(new_pdf(), encryption=pikepdf.Encryption(user="segreto", owner="segreto"))


def pdf_with_photograph() -> bytes:
    pdf = new_pdf()
    photo = Stream(pdf, b"")
    photo.write(jpeg(notes=True), filter=Name.DCTDecode)
    for key, value in {"Width": 16, "Height": 8, "BitsPerComponent": 8}.items():
        photo[f"/{key}"] = value
    photo["/Type"], photo["/Subtype"], photo["/ColorSpace"] = (
        Name.XObject,
        Name.Image,
        Name.DeviceRGB,
    )
    pdf.pages[0]["/Resources"] = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(photo)))
    return saved(pdf)


def package(parts: Mapping[str, bytes], *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            plain = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, plain)
        made.comment = comment
    return out.getvalue()


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{0}"/></Types>'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r>{0}</w:r></w:p></w:body></w:document>"
)
_CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://cp" xmlns:dc="http://dc">'
    f"<dc:title>Verbale</dc:title><dc:creator>{AUTHOR}</dc:creator>"
    f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy></cp:coreProperties>"
)


def docx(
    more: Mapping[str, bytes] | None = None,
    *,
    main: str = "word/document.xml",
    types: str = _WORD,
    body: str = "<w:t>Verbale</w:t>",
    comment: bytes = b"",
) -> bytes:
    parts = {
        "[Content_Types].xml": _TYPES.format(types).encode(),
        main: _DOCUMENT.format(body).encode(),
        "docProps/core.xml": _CORE.encode(),
    }
    return package(parts | dict(more or {}), comment=comment)


def relations(kind: str, target: str, mode: str = "External") -> dict[str, bytes]:
    return {
        "word/_rels/document.xml.rels": (
            '<?xml version="1.0"?>'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="http://x/relationships/{kind}" Target="{target}" '
            f'TargetMode="{mode}"/></Relationships>'
        ).encode()
    }


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def odf(
    kind: str = "text", more: Mapping[str, bytes] | None = None, *, content: str = "<office:text/>"
) -> bytes:
    names = (
        f'xmlns:office="{_OFFICE}" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    )
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": f'<?xml version="1.0"?><office:document-content {names}><office:body>{content}'
        "</office:body></office:document-content>".encode(),
    }
    return package(parts | dict(more or {}))


def der(tag: int, *parts: bytes) -> bytes:
    value = b"".join(parts)
    size = len(value)
    if size < 0x80:
        return bytes([tag, size]) + value
    told = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(told)]) + told + value


def p7m(content: bytes) -> bytes:
    """An envelope without signers: what a reader of its outside needs, and no more."""
    data = der(0x06, bytes.fromhex("2a864886f70d010701"))
    within = der(0x30, data, der(0xA0, der(0x04, content)))
    signed = der(0x30, der(0x02, b"\1"), der(0x31), within, der(0x31))
    return der(0x30, der(0x06, bytes.fromhex("2a864886f70d010702")), der(0xA0, signed))


def p7m_in_parts(content: bytes) -> bytes:
    """The same without lengths, as older programs for signing write it."""
    octets = b"\x24\x80" + der(0x04, content[:4]) + der(0x04, content[4:]) + b"\0\0"
    data = der(0x06, bytes.fromhex("2a864886f70d010701"))
    within = b"\x30\x80" + data + b"\xa0\x80" + octets + b"\0\0\0\0"
    signed = b"\x30\x80" + der(0x02, b"\1") + der(0x31) + within + der(0x31) + b"\0\0"
    named = der(0x06, bytes.fromhex("2a864886f70d010702"))
    return b"\x30\x80" + named + b"\xa0\x80" + signed + b"\0\0\0\0"


def eml(*parts: tuple[str, str, bytes]) -> bytes:
    from email.message import EmailMessage

    told = EmailMessage()
    told["From"], told["To"], told["Subject"] = "a@pec.example.org", "b@example.org", "Verbale"
    told["Date"] = "Sun, 22 Nov 2026 10:00:00 +0100"
    told.set_content("In allegato il verbale.")
    for name, kind, content in parts:
        main, sub = kind.split("/")
        told.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return bytes(told)
