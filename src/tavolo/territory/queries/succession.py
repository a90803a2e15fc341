"""What a municipality came from, and what it went into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tavolo.territory.models import Municipality, MunicipalityVersion, Succession


@dataclass(frozen=True)
class Kin:
    """A predecessor or successor: code and name that it bore then, and the day of the change.

    `kind` is a `SuccessionKind`: only a merger or an incorporation takes in the whole.
    """

    uid: UUID
    istat_code: str
    name: str
    day: date
    kind: str
    act: str
    source: str


@dataclass(frozen=True)
class Kinship:
    """Both sides, by day and name; empty where no change was entered."""

    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]


def kinship_of(municipality: Municipality) -> Kinship:
    """Of what it was made and what became of it; two queries, one where nothing was entered."""
    rows = list(
        Succession.objects.filter(Q(predecessor=municipality) | Q(successor=municipality))
        .select_related("predecessor", "successor")
        .order_by("day", "id")
    )
    if not rows:
        return Kinship((), ())
    came = [row for row in rows if row.successor_id == municipality.pk]
    went = [row for row in rows if row.predecessor_id == municipality.pk]
    versions = _versions([row.predecessor_id for row in came] + [row.successor_id for row in went])
    return Kinship(
        _in_order(_kin(row, row.predecessor, versions, before=True) for row in came),
        _in_order(_kin(row, row.successor, versions, before=False) for row in went),
    )


def _in_order(kin: Iterable[Kin]) -> tuple[Kin, ...]:
    return tuple(sorted(kin, key=lambda one: (one.day, one.istat_code)))


def _versions(municipalities: list[int]) -> dict[int, list[MunicipalityVersion]]:
    found: dict[int, list[MunicipalityVersion]] = {pk: [] for pk in municipalities}
    for version in MunicipalityVersion.objects.filter(municipality__in=municipalities):
        found[version.municipality_id].append(version)
    return found


def _kin(
    row: Succession,
    other: Municipality,
    versions: dict[int, list[MunicipalityVersion]],
    *,
    before: bool,
) -> Kin:
    """A predecessor as it was on its last day, a successor as it was on its first."""
    known = versions[other.pk]
    then = next(
        (
            version
            for version in known
            if (version.valid_until == row.day if before else row.day in version.period)
        ),
        None,
    ) or next((version for version in known if row.day in version.period), other)
    return Kin(
        uid=other.uid,
        istat_code=then.istat_code,
        name=then.name,
        day=row.day,
        kind=row.kind,
        act=row.act,
        source=row.source,
    )


def versions_of(municipality: Municipality) -> list[MunicipalityVersion]:
    """The names and codes that it bore, the earliest first."""
    return sorted(municipality.versions.all(), key=lambda row: row.valid_from or date.min)
