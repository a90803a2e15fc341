"""What can be added to territory: a kind of area is one file in `districts/`, a figure a line in `figures.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

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


@dataclass(frozen=True)
class Remark:
    """What a source has to say of rows of its file, by their numbers: `message` is a message id.

    `values` fill it in. Without rows it is about the file as a whole.
    """

    message: str
    rows: tuple[int, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What an import came to: figures by their keys, and what is to be said of the file."""

    figures: Mapping[str, int]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Told:
    """What whoever runs the command says: the file, where there is one, and the year of its figures."""

    file: Path | None = None
    year: int | None = None
    progress: Callable[[int, int], None] = lambda _done, _total: None


class TerritorySource(Protocol):
    """A source of territory data, for `tavolo territory import KEY [FILE]`: one file in `importers/`.

    `load` reads and calls one action; it refuses with what the file lacks, and writes nothing then.
    `figures` says what each number of its report counts.
    """

    key: str
    label: Sentence
    needs_file: bool
    figures: Mapping[str, Sentence]

    def load(self, told: Told) -> Report:
        """Bring the territory to what the source says, as whoever runs the installation."""
        ...


territory_sources: Registry[TerritorySource] = Registry("source of territory data")


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
    municipality; `scale` is 100 where the unit is a percentage. `edition` names what the answer of
    a day rests on: while it is equal, and the territory, so is the answer, and drawings are kept.
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
    edition: Callable[[date], object] = date.isoformat

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
