"""What hides within other files: pictures in documents, documents in documents, who commented, what fetches."""

import io
from base64 import a85encode

from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from tavolo.documents.intake import refused
from tests.documents.hostile.cases import DOCX, PDF, Case, no, yes
from tests.documents.hostile.making import (
    AUTHOR,
    PLANTED,
    docx,
    jpeg,
    new_pdf,
    png,
    saved,
    webp,
)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://cp" xmlns:dc="http://dc">'
    f"<dc:creator><![CDATA[{AUTHOR}]]></dc:creator></cp:coreProperties>"
)
PARTS = {
    "comment": ("word/comments.xml", f'<w:x {_W}><w:comment w:author="{AUTHOR}"/></w:x>'),
    "change": ("word/footer1.xml", f"<w:x {_W}><w:ins w:id='1' w:author='{AUTHOR}'/></w:x>"),
    "list of persons": ("xl/persons/p.xml", f'<x><person displayName="{AUTHOR}" id="1"/></x>'),
    "list of authors": ("ppt/authors.xml", f'<x><author id="1" name="{AUTHOR}"/></x>'),
    "comment in a sheet": ("xl/comments1.xml", f"<x><author>{AUTHOR}</author></x>"),
    "note elsewhere": ("package/notes/a.psmdcp", _CORE),
}
FETCHING = {
    "picture": ("word/a.xml", r'<x>INCLUDEPICTURE "https://a.example/PLANTED-7c1f" \d</x>'),
    "query": ("xl/connections.xml", '<x><connection refreshOnLoad="1"/></x>'),
    "page": ("xl/c.xml", '<x><webPr url="https://a.example/"/></x>'),
    "formula": ("xl/worksheets/s.xml", '<x><f>_xlfn.WEBSERVICE("https://a.example/")</f></x>'),
}


def tiff() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(out, "TIFF", tiffinfo={270: PLANTED.decode()})
    return out.getvalue()


def photograph_packed_twice() -> bytes:
    pdf = new_pdf()
    photo = Stream(pdf, b"")
    filters = Array([Name.ASCII85Decode, Name.DCTDecode])
    photo.write(a85encode(jpeg(notes=True)) + b"~>", filter=filters)
    photo["/Subtype"] = Name.Image
    pdf.pages[0]["/Resources"] = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(photo)))
    return saved(pdf)


def pdf_with_a_mark() -> bytes:
    pdf = new_pdf()
    mark = Dictionary(Subtype=Name.Text, T=String(AUTHOR), Rect=Array([0, 0, 9, 9]))
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(mark)])
    return saved(pdf)


PICTURES = {
    "png": lambda: png(notes=True),
    "webp": lambda: webp(notes=True),
    "tiff": tiff,
    "jpeg with a second one": lambda: jpeg() + jpeg(notes=True),
}
WITHIN: tuple[Case, ...] = (
    *(
        yes(f"office with a {key}", "a.docx", lambda make=make: docx({"word/media/i": make()}),  # type: ignore[misc]
            DOCX, "metadata")
        for key, make in PICTURES.items()
    ),
    yes("photograph in a document in another", "a.docx", lambda: docx(
        {"word/embeddings/a.docx": docx({"word/media/i.jpg": jpeg(notes=True)})}), DOCX, "metadata"),
    yes("author of a document in another", "a.docx", lambda: docx({"word/embeddings/a.docx": docx()}),
        DOCX, "author", strip_author=True, gone=(AUTHOR.encode(),)),
    *(
        yes(f"author: {key}", "a.docx", lambda told=told: docx({told[0]: told[1].encode()}),  # type: ignore[misc]
            DOCX, "author", strip_author=True, gone=(AUTHOR.encode(),))
        for key, told in PARTS.items()
    ),
    *(
        no(f"fetches: {key}", "a.docx", lambda told=told: docx({told[0]: told[1].encode()}),  # type: ignore[misc]
           refused.LOADS_FROM_OUTSIDE)
        for key, told in FETCHING.items()
    ),
    no("rich text within", "a.docx", lambda: docx({"word/chunk.dat": b"{\\rtf1 x}"}), refused.HAS_OBJECTS),
    no("control within", "a.docx", lambda: docx({"word/activeX/a.xml": b"<x/>"}), refused.HAS_OBJECTS),
    yes("photograph packed twice in a pdf", "a.pdf", photograph_packed_twice, PDF, "metadata"),
    yes("pdf with a mark of somebody", "a.pdf", pdf_with_a_mark, PDF, "author", strip_author=True,
        gone=(AUTHOR.encode(),)),
)  # fmt: skip
