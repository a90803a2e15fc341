"""The language of the fields, carried out on one part of a file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from tavolo.documents.filling.formats import Layout, Piece
from tavolo.documents.filling.told import REPEATED, Named

Entry = Mapping[str, str]
Data = Mapping[str, str | Sequence[Entry]]

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# What template engines would carry out is not carried out, and not left standing either.
COMMAND = re.compile(r"\{[%#].{0,60}")
_WHERE = 60
# Marks of which there may be one: copies go without.
_UNIQUE = re.compile(r"\}(paraId|textId|id)$")


class TooMuch(Exception):  # noqa: N818  what was stopped, not a fault to repair
    pass


class TwoLists(Exception):  # noqa: N818  likewise
    """One row names two lists; `args` holds the words of it."""


class Part:
    """One part of a file that holds text."""

    def __init__(self, content: bytes, layout: Layout) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
        self.root, self.layout = etree.fromstring(content, parser), layout
        self.left = REPEATED
        # Kept, so that words which were put in are never looked at again.
        self.done: set[Any] = set()

    def written(self) -> bytes:
        made: bytes = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        return made

    def named(self) -> Iterator[Named]:
        """The fields, and what looks like a command, in reading order."""
        for paragraph in self._paragraphs(self.root):
            text = self._text(paragraph)
            for found in FIELD.finditer(text):
                yield Named(found[1], _around(text, found.start()))
            for found in COMMAND.finditer(text):
                yield Named(found[0], _around(text, found.start()))

    def fill(self, data: Data) -> None:
        """Repeat what is repeated, then put the words in. Refuses with TooMuch and TwoLists."""
        lists = {key: value for key, value in data.items() if not isinstance(value, str)}
        words = {key: value for key, value in data.items() if isinstance(value, str)}
        for container, name in self._repeated(lists):
            self._repeat(container, name, lists[name], words)
        for paragraph in list(self._paragraphs(self.root)):
            self._put(paragraph, words)

    def _repeated(self, lists: Mapping[str, Any]) -> list[tuple[Any, str]]:
        """What is repeated, each with the one list that it names."""
        found: dict[Any, str] = {}
        for paragraph in self._paragraphs(self.root):
            text = self._text(paragraph)
            for name in (field[1].partition(".")[0] for field in FIELD.finditer(text)):
                if name in lists:
                    container = self._container(paragraph)
                    if found.setdefault(container, name) != name:
                        raise TwoLists(text[:_WHERE])
        for container in found:
            if any(above in found for above in container.iterancestors()):
                raise TwoLists("".join(container.itertext())[:_WHERE])
        return list(found.items())

    def _container(self, paragraph: Any) -> Any:
        for above in paragraph.iterancestors():
            if above.tag in self.layout.containers:
                return above
        return paragraph

    def _repeat(
        self, container: Any, name: str, entries: Sequence[Entry], words: Mapping[str, str]
    ) -> None:
        self.left -= len(entries)
        if self.left < 0:
            raise TooMuch
        for entry in entries:
            copy = _copied(container)
            container.addprevious(copy)
            told = {**words, **{f"{name}.{key}": value for key, value in entry.items()}}
            for paragraph in list(self._paragraphs(copy)):
                self._put(paragraph, told)
        self._remove(container)

    def _remove(self, container: Any) -> None:
        parent = container.getparent()
        alone = container.tag in self.layout.paragraphs and not any(
            each is not container and each.tag == container.tag for each in parent
        )
        if alone:
            # A cell without a paragraph is a damaged file.
            for piece in self.layout.pieces(container):
                piece.text = ""
        else:
            parent.remove(container)

    def _put(self, paragraph: Any, words: Mapping[str, str]) -> None:
        if paragraph in self.done:
            return
        self.done.add(paragraph)
        pieces = self.layout.pieces(paragraph)
        text = "".join(piece.text for piece in pieces)
        for found in reversed(list(FIELD.finditer(text))):
            if found[1] in words:
                _replace(pieces, found.start(), found.end(), words[found[1]])
        for piece in reversed(pieces):
            if "\n" in piece.text and piece.text.strip():
                self.layout.break_lines(piece)

    def _paragraphs(self, within: Any) -> Iterator[Any]:
        for element in within.iter():
            if element.tag in self.layout.paragraphs:
                yield element

    def _text(self, paragraph: Any) -> str:
        return "".join(piece.text for piece in self.layout.pieces(paragraph))


def _copied(container: Any) -> Any:
    copy = deepcopy(container)
    # What followed the original follows the last.
    copy.tail = None
    for element in copy.iter():
        for key in [key for key in element.attrib if _UNIQUE.search(key)]:
            del element.attrib[key]
    return copy


def _replace(pieces: list[Piece], start: int, end: int, words: str) -> None:
    """Put the words where the field begins; what of it stands in later stretches goes."""
    at = 0
    for piece in pieces:
        text, length = piece.text, len(piece.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            piece.text = text[:first] + (words if start >= at else "") + text[last:]
        at += length


def _around(text: str, start: int) -> str:
    return " ".join(text[max(start - _WHERE // 2, 0) : start + _WHERE].split())
