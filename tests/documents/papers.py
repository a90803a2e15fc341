"""What a PDF says of itself, read without the library that made it."""

from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader

PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"


def claims(made: bytes) -> dict[str, Any]:
    """Conformance, language, title, and whether it is tagged and carries its typefaces."""
    with pikepdf.open(BytesIO(made)) as pdf:
        meta, root = pdf.open_metadata(), pdf.Root
        return {
            "pdfa": f"{meta[f'{PDFAID}part']}{meta[f'{PDFAID}conformance'].lower()}",
            "pdfua": meta[f"{PDFUAID}part"],
            "language": str(root.Lang),
            "title": str(meta["{http://purl.org/dc/elements/1.1/}title"]),
            "shows_title": bool(root.ViewerPreferences.DisplayDocTitle),
            "tagged": bool(root.MarkInfo.Marked),
            "embedded": all(_embedded(font) for font in _fonts(pdf)),
        }


def tags(made: bytes) -> list[str]:
    """The kinds of the structure tree, in reading order."""
    with pikepdf.open(BytesIO(made)) as pdf:
        return list(_walk(pdf.Root.StructTreeRoot.K))


def words(made: bytes) -> str:
    """The text of all pages, its gaps made single."""
    pages = PdfReader(BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _walk(node: Any) -> Any:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/")
        if "/K" in node:
            yield from _walk(node.K)


def _fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [
        font
        for page in pdf.pages
        for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
    ]


def _embedded(font: Any) -> bool:
    descriptor = font.DescendantFonts[0].FontDescriptor
    return any(f"/FontFile{end}" in descriptor for end in ("", "2", "3"))
