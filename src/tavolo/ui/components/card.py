"""A thing in brief: a title, its state, a few terms with their values, links."""

from dataclasses import dataclass
from typing import Literal

from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Term(Part):
    """A term and its value; `note` stands beneath in small."""

    name: Words
    value: Words
    note: Words = ""

    def check(self) -> None:
        require(self.name and self.value, "A term has a name and a value.")


@dataclass(frozen=True)
class CardLink(Part):
    label: Words
    href: str

    def check(self) -> None:
        require(self.label and self.href, "A link has a label and an address.")


@dataclass(frozen=True)
class Card(Component, template="ui/components/card.html"):
    """With `href` the title is a link. `level` is that of its heading in the page."""

    title: Words
    href: str = ""
    text: Words = ""
    badge: Badge | None = None
    terms: tuple[Term, ...] = ()
    links: tuple[CardLink, ...] = ()
    level: Literal[2, 3] = 2

    def check(self) -> None:
        require(self.title, "A card has a title.")
