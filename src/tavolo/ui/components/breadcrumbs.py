"""Where a page lies: from the first page down to this one."""

from dataclasses import dataclass

from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Crumb(Part):
    label: Words
    href: str

    def check(self) -> None:
        require(self.label and self.href, "A breadcrumb has a label and an address.")


@dataclass(frozen=True)
class Breadcrumbs(Component, template="ui/components/breadcrumbs.html"):
    """The pages above, the highest first, and the name of this one, which is no link."""

    above: tuple[Crumb, ...]
    here: Words

    def check(self) -> None:
        require(self.above, "Breadcrumbs have at least one page above.")
        require(self.here, "Breadcrumbs end with the name of this page.")
