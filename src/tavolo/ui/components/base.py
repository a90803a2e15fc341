"""What every component is: a frozen dataclass, checked when it is built, with one template."""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tavolo.ui.components.checks import check_fields

REGISTRY: dict[str, type["Component"]] = {}


def component_name(cls: type) -> str:
    """The name that a template uses: `EmptyState` is `empty_state`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


@dataclass(frozen=True)
class Part:
    """A piece of a component, checked like one; it has no template of its own."""

    def __post_init__(self) -> None:
        check_fields(self)
        self.check()

    def check(self) -> None:
        """Refuse with `ComponentError` what the types alone cannot tell; nothing by default."""


@dataclass(frozen=True)
class Component(Part):
    """A piece of a page. A subclass names its template and is found by its name from then on."""

    template: ClassVar[str] = ""

    def __init_subclass__(cls, *, template: str = "", **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if template:
            cls.template = template
            REGISTRY[component_name(cls)] = cls

    def render(self) -> SafeString:
        """The markup, for Python callers; in a template write `{% component x %}`."""
        return render_to_string(self.template, {"c": self})
