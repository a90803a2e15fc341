"""The three facts that matter: large numbers, or words, with what they count beneath."""

from dataclasses import dataclass

from tavolo.ui import words
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require
from tavolo.ui.words import Missing

MOST = 3
LONG = 8  # signs of a number that is too wide for a third of a phone


@dataclass(frozen=True)
class Fact(Part):
    """`value` is a number, words, or why there is none; `label` is its unit, `note` its date or source."""

    label: Words
    value: int | float | Words | Missing
    note: Words = ""
    href: str = ""

    def check(self) -> None:
        require(self.label, "A fact says what it counts.")

    @property
    def is_word(self) -> bool:
        return not isinstance(self.value, int | float)

    @property
    def css(self) -> str:
        if self.is_word:
            return "is-word"
        return "is-long" if len(self.shown) >= LONG else ""

    @property
    def shown(self) -> str:
        if isinstance(self.value, Missing):
            return words.say_missing(self.value)
        if isinstance(self.value, int | float):
            return words.number(self.value, 0 if float(self.value).is_integer() else 1)
        return str(self.value)


@dataclass(frozen=True)
class Facts(Component, template="ui/components/facts.html"):
    """One to three; a fourth would hide the others."""

    facts: tuple[Fact, ...]

    def check(self) -> None:
        require(1 <= len(self.facts) <= MOST, "There are one to three facts.")
