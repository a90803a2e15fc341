"""The two formats, as far as filling needs them: where text stands, and what is repeated."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Piece:
    """A stretch of text of a paragraph: the text of an element, or what follows it."""

    def __init__(self, element: Any, *, tail: bool = False) -> None:
        self.element, self.tail = element, tail

    @property
    def text(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""

    @text.setter
    def text(self, text: str) -> None:
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass(frozen=True)
class Layout(ABC):
    """`containers` are repeated for the entries of a list, the first that is found upwards."""

    ending: str
    paragraphs: frozenset[str]
    containers: frozenset[str]

    @abstractmethod
    def parts(self, names: list[str]) -> list[str]:
        """Which members of the packed file, of those that it has, hold text."""

    @abstractmethod
    def pieces(self, paragraph: Any) -> list[Piece]:
        """The stretches of text of this paragraph, without those of paragraphs within it."""

    @abstractmethod
    def break_lines(self, piece: Piece) -> None:
        """Make the line breaks within a stretch of text real ones."""


class _Odt(Layout):
    def parts(self, names: list[str]) -> list[str]:
        return [name for name in ("content.xml", "styles.xml") if name in names]

    def pieces(self, paragraph: Any) -> list[Piece]:
        return list(self._within(paragraph))

    def _within(self, element: Any) -> Iterator[Piece]:
        yield Piece(element)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in self.paragraphs:
                yield from self._within(child)
            yield Piece(child, tail=True)

    def break_lines(self, piece: Piece) -> None:
        first, *others = piece.text.split("\n")
        piece.text = first
        at = piece.element.getparent().index(piece.element) + 1 if piece.tail else 0
        parent = piece.element.getparent() if piece.tail else piece.element
        for place, line in enumerate(others):
            broken = parent.makeelement(f"{_TEXT}line-break")
            broken.tail = line
            parent.insert(at + place, broken)


class _Docx(Layout):
    def parts(self, names: list[str]) -> list[str]:
        begins = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
        return [
            name
            for name in names
            if name == "word/document.xml" or (name.startswith(begins) and name.endswith(".xml"))
        ]

    def pieces(self, paragraph: Any) -> list[Piece]:
        return [
            Piece(text)
            for text in paragraph.iter(f"{_W}t")
            if next(text.iterancestors(f"{_W}p")) is paragraph
        ]

    def break_lines(self, piece: Piece) -> None:
        first, *others = piece.text.split("\n")
        piece.text = first
        piece.element.set(_XML_SPACE, "preserve")
        last = piece.element
        for line in others:
            broken, text = last.makeelement(f"{_W}br"), last.makeelement(f"{_W}t")
            text.text = line
            text.set(_XML_SPACE, "preserve")
            last.addnext(broken)
            broken.addnext(text)
            last = text


ODT = _Odt(
    "odt",
    frozenset({f"{_TEXT}p", f"{_TEXT}h"}),
    frozenset({f"{_TABLE}table-row", f"{_TEXT}list-item"}),
)
DOCX = _Docx("docx", frozenset({f"{_W}p"}), frozenset({f"{_W}tr"}))
LAYOUTS: dict[str, Layout] = {layout.ending: layout for layout in (ODT, DOCX)}
