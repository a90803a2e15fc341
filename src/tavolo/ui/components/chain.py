"""The chain: what a thing came from and what it led to, from the notice to the indicator."""

from dataclasses import dataclass

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Link(Part):
    """One link: an address, the place where one is (`here`), or something still to come."""

    label: Words
    href: str = ""
    here: bool = False

    def check(self) -> None:
        require(self.label, "A link of the chain needs a label.")
        require(not (self.here and self.href), "The link where one is leads nowhere.")

    @property
    def to_come(self) -> bool:
        return not self.href and not self.here


@dataclass(frozen=True)
class Chain(Component, template="ui/components/chain.html"):
    """Links in order; exactly one is where one is."""

    links: tuple[Link, ...]

    def check(self) -> None:
        require(sum(link.here for link in self.links) == 1, "A chain has one link that is here.")
