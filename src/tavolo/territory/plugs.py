"""What can be added to territory: a kind of area is one file in `districts/`."""

from dataclasses import dataclass

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class AreaKind:
    """A kind of area: `key` is stored and stands in the API, `slug` in the addresses of pages.

    `partitions`: a municipality lies in at most one area of this kind on each day. `covers`: each
    municipality lies in one. `children` is the key of the kind that an area of this kind is
    divided into; without it, it is divided into municipalities. `official`: what the law makes and
    ISTAT lists; only whoever runs the installation enters and changes it.
    """

    key: str
    slug: str
    label: Sentence
    plural: Sentence
    partitions: bool
    covers: bool
    children: tuple[str, ...] = ()
    official: bool = False

    def __post_init__(self) -> None:
        area_kinds.add(self)


area_kinds: Registry[AreaKind] = Registry("kind of area")


def districts() -> list[AreaKind]:
    """The kinds that networks edit: all that are not official, in the order of their keys."""
    return [kind for kind in area_kinds if not kind.official]


def kind_by_slug(slug: str) -> AreaKind | None:
    """The kind whose pages stand under this word, or None."""
    return next((kind for kind in area_kinds if kind.slug == slug), None)
