"""The steps of a task, and where one is."""

from dataclasses import dataclass

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Step(Part):
    """A step; with `href` one can go back to it."""

    title: Words
    href: str = ""

    def check(self) -> None:
        require(self.title, "A step has a title.")


@dataclass(frozen=True)
class Stepper(Component, template="ui/components/stepper.html"):
    """`current` counts from 1; the steps before it are done."""

    label: Words
    steps: tuple[Step, ...]
    current: int

    def check(self) -> None:
        require(self.label, "The steps say of what.")
        require(1 <= self.current <= len(self.steps), "The current step is one of the steps.")

    @property
    def here(self) -> Step:
        return self.steps[self.current - 1]
