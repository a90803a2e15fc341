"""Municipalities and areas as records of a day, for whoever takes them away: programs and files."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.text import search_key
from tavolo.territory.choices import Level
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    Shape,
)
from tavolo.territory.queries.resolution import Resolved
from tavolo.territory.queries.succession import Kin, versions_of

MOST_WORDS = 5


@dataclass(frozen=True)
class Neighbour:
    """What came before a record, or after it, from the day of the change on."""

    istat_code: str
    name: str
    day: date


@dataclass(frozen=True)
class Record:
    """A code as it was borne: the name of the day, or where the day lies outside, the nearest.

    `versions` are all names and codes of the municipality, the earliest first. `before` and
    `after` hold the municipalities that it came from and went into, and its own other codes.
    """

    municipality: Municipality
    version: MunicipalityVersion
    versions: tuple[MunicipalityVersion, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]


def record_of(resolved: Resolved, istat_code: str, *, on: date) -> Record:
    """The record of the very code that was asked for; one query."""
    versions = versions_of(resolved.municipality)
    version = resolved.version
    if version.istat_code != istat_code:
        version = _nearest([row for row in versions if row.istat_code == istat_code], on)
    here = next(number for number, row in enumerate(versions) if row.pk == version.pk)
    return Record(
        resolved.municipality,
        version,
        tuple(versions),
        _in_order([*map(_kin, resolved.predecessors), *_code_before(versions[: here + 1])]),
        _in_order([*map(_kin, resolved.successors), *_code_after(versions[here:])]),
    )


def _nearest(versions: Sequence[MunicipalityVersion], on: date) -> MunicipalityVersion:
    begun = [row for row in versions if (row.valid_from or date.min) <= on]
    return begun[-1] if begun else versions[0]


def _kin(kin: Kin) -> Neighbour:
    return Neighbour(kin.istat_code, kin.name, kin.day)


def _code_before(versions: Sequence[MunicipalityVersion]) -> Iterator[Neighbour]:
    """The code that it bore before that of the last of the versions, if it bore another."""
    for earlier, later in reversed(list(pairwise(versions))):
        if earlier.istat_code != later.istat_code and later.valid_from:
            yield Neighbour(earlier.istat_code, earlier.name, later.valid_from)
            return


def _code_after(versions: Sequence[MunicipalityVersion]) -> Iterator[Neighbour]:
    """The code that it bore after that of the first of the versions, if it bore another."""
    for earlier, later in pairwise(versions):
        if earlier.istat_code != later.istat_code and later.valid_from:
            yield Neighbour(later.istat_code, later.name, later.valid_from)
            return


def _in_order(neighbours: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
    return tuple(sorted(neighbours, key=lambda one: (one.day, one.istat_code)))


def municipalities_known(
    *, on: date, words: str = "", area: Area | None = None, kind: str = ""
) -> QuerySet[MunicipalityVersion]:
    """Names and codes borne on that day, with their municipality: by words, in an area or a kind of it."""
    found = MunicipalityVersion.objects.on(on).filter(_words(words))
    members = AreaMembership.objects.on(on)
    if area is not None:
        members = members.filter(area=area)
    elif kind:
        members = members.filter(area__kind=kind)
    else:
        return found.select_related("municipality")
    return found.filter(municipality__in=members.values("municipality")).select_related(
        "municipality"
    )


def areas_known(*, on: date, words: str = "", kind: str = "") -> QuerySet[Area]:
    """The areas that have members on that day, each with what it lies in."""
    members = AreaMembership.objects.on(on).filter(area=OuterRef("pk"))
    found = Area.objects.filter(_words(words), Exists(members)).select_related("parent")
    return found.filter(kind=kind) if kind else found


def _words(words: str) -> Q:
    condition = Q()
    for word in search_key(words).split()[:MOST_WORDS]:
        condition &= Q(search_key__contains=word)
    return condition


def areas_of(municipality: Municipality, *, on: date) -> list[Area]:
    """The areas that it, or some part of it, belongs to on that day, by kind and name."""
    members = AreaMembership.objects.on(on).filter(municipality=municipality)
    return list(
        Area.objects.filter(pk__in=members.values("area")).order_by("kind", "sort_key", "id")
    )


def populations_of(municipality: Municipality) -> list[Population]:
    """Its population by year, the earliest first, with the ages."""
    return list(Population.objects.filter(municipality=municipality).order_by("year"))


def invented_among(areas: Collection[int], *, on: date) -> set[int]:
    """Those of the areas of which some assignment, on that day, comes from no official file."""
    members = AreaMembership.objects.on(on).filter(area__in=areas, demonstration=True)
    return set(members.values_list("area", flat=True))


def predecessors_of(area: Area) -> list[Area]:
    """The areas in whose place it came as a whole."""
    return list(Area.objects.filter(successor=area).order_by("kind", "sort_key", "id"))


def boundaries(municipalities: Collection[int], level: Level) -> dict[int, tuple[str, int]]:
    """The path and the year of each boundary that is known, by primary key; of several the last."""
    rows = (
        Shape.objects.filter(municipality__in=municipalities, level=level)
        .order_by("year")
        .values_list("municipality_id", "path", "year")
    )
    return {key: (path, year) for key, path, year in rows if key is not None}
