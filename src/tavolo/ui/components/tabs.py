"""Views of the same thing, as links: each has its address and works without a script."""

from dataclasses import dataclass

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Tab(Part):
    label: Words
    href: str
    current: bool = False
    count: int | None = None

    def check(self) -> None:
        require(self.label and self.href, "A tab has a label and an address.")


@dataclass(frozen=True)
class Tabs(Component, template="ui/components/tabs.html"):
    """At least two; exactly one is current."""

    label: Words
    tabs: tuple[Tab, ...]

    def check(self) -> None:
        require(self.label, "Tabs say what they choose.")
        require(len(self.tabs) > 1, "One tab alone is no choice.")
        require(sum(tab.current for tab in self.tabs) == 1, "Exactly one tab is current.")
