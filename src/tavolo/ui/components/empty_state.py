"""What is not there yet: says what will be here and how to begin."""

from dataclasses import dataclass
from typing import Literal

from tavolo.ui.components.base import Component
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class EmptyState(Component, template="ui/components/empty_state.html"):
    """`title` says what is missing, `text` what will be here and how to begin; the first link is the button.

    `level` 0 writes the title as a sentence, for a place inside a section.
    """

    title: Words
    text: Words
    links: tuple[CardLink, ...] = ()
    level: Literal[0, 2, 3] = 0

    def check(self) -> None:
        require(self.title and self.text, "An empty place says what will be here and how to begin.")
