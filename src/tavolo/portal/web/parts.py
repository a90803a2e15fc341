"""The smallest pieces of the public face."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A link with a word about it beneath."""

    title: str
    href: str
    about: str = ""
