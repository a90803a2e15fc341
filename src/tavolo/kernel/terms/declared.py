"""The terms that rooms declare: each with its numbers, from which day, and by which law."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from tavolo.kernel.plugs import Registry
from tavolo.kernel.terms.rules import Rule

Words = str | Promise


@dataclass(frozen=True)
class Version:
    """What a term is from a day on, and which law or regulation says so; None: ever since."""

    rule: Rule
    source: str
    valid_from: date | None = None


@dataclass(frozen=True)
class Term:
    """A term of a room: what it is, from what it runs, who owes, what happens when it has passed.

    `versions` are its numbers until an installation enters others (`kernel.network.rule_book`), the
    oldest first. `reminders`: how many days before its end whoever owes is reminded.
    """

    key: str
    label: Words
    start: Words
    owes: Words
    then: Words
    versions: tuple[Version, ...]
    reminders: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        terms.add(self)

    def on(self, day: date) -> Version | None:
        """The version in force on that day."""
        held = [each for each in self.versions if not each.valid_from or each.valid_from <= day]
        return held[-1] if held else None


terms: Registry[Term] = Registry("term")
