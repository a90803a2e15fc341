"""What can be added to territory: a kind of area is one file in `districts/`, a figure a line in `figures.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry
from tavolo.territory.models import Municipality


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


@dataclass(frozen=True)
class Part:
    """What one municipality adds to a figure: an amount, and for a ratio what it is divided by."""

    amount: float
    base: float = 0


@dataclass(frozen=True)
class Known:
    """What a figure found on a day: parts by primary key of municipality, who is unknown left out.

    `note` says of what day or year they are, and is printed with them.
    """

    parts: Mapping[int, Part]
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number of each municipality by which maps are shaded; a room offers its own in `figures.py`.

    `read` answers for all the municipalities at once, as they were on the day, with as many
    queries for 200 as for one. What it does not know it leaves out: never zero, never of another
    year in silence. Parts are added up before they are divided, so that an area is as right as a
    municipality; `scale` is 100 where the unit is a percentage.
    """

    key: str
    slug: str
    label: Sentence
    unit: Sentence
    read: Callable[[QuerySet[Municipality], date], Known]
    ratio: bool = False
    scale: float = 1
    decimals: int = 0
    order: int = 100

    def __post_init__(self) -> None:
        figures.add(self)

    def value(self, parts: Iterable[Part]) -> float | None:
        """Of all the parts together; None for none, and for a ratio to nothing."""
        known = list(parts)
        amount, base = sum(part.amount for part in known), sum(part.base for part in known)
        if not known or (self.ratio and not base):
            return None
        return amount * self.scale / base if self.ratio else amount * self.scale


figures: Registry[Figure] = Registry("figure")


def figure_by_slug(slug: str) -> Figure | None:
    """The figure that stands under this word in addresses, or None."""
    return next((figure for figure in figures if figure.slug == slug), None)
