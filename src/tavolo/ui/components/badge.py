"""A state: a word and a shape, never a colour alone."""

from dataclasses import dataclass
from typing import Literal

from tavolo.ui.components.base import Component
from tavolo.ui.components.checks import Words, require

State = Literal["on", "wait", "draft", "over", "done", "late", "not", "off", "left"]


@dataclass(frozen=True)
class Badge(Component, template="ui/components/badge.html"):
    """`words` say the state, `detail` since when or what it waits for.

    Shapes: on full, wait half, draft dotted, over square, done tick, late triangle, not cross,
    off empty, left angle.
    """

    state: State
    words: Words
    detail: Words = ""

    def check(self) -> None:
        require(self.words, "A state is said in words.")
