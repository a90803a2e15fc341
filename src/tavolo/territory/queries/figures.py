"""The numbers that maps are shaded by, of many municipalities at once: one query each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tavolo.territory.models import Municipality, Population


@dataclass(frozen=True)
class Counted:
    """Who was counted in a municipality: women and men, and how old they were in the bands of the source."""

    women: int
    men: int
    bands: Mapping[str, list[int]]

    @property
    def total(self) -> int:
        return self.women + self.men

    def aged(self, first: int, end: int | None) -> int | None:
        """Those from `first` years of age to under `end`; None where the bands are not cut there."""
        begins = self.bands.get("from") or []
        if first not in begins or (end is not None and end not in begins):
            return None
        start, stop = begins.index(first), len(begins) if end is None else begins.index(end)
        return sum(self.bands["women"][start:stop]) + sum(self.bands["men"][start:stop])


def residents_by_municipality(
    municipalities: QuerySet[Municipality], year: int | None
) -> dict[int, tuple[int, int]]:
    """Women and men of that year, by primary key; who is not known is left out."""
    rows = _of_year(municipalities, year).values_list("municipality_id", "women", "men")
    return {key: (women, men) for key, women, men in rows}


def ages_by_municipality(
    municipalities: QuerySet[Municipality], year: int | None
) -> Iterator[tuple[int, Counted]]:
    """Who was counted in that year, with ages, by primary key; the rows are long, so one at a time."""
    rows = _of_year(municipalities, year).values_list("municipality_id", "women", "men", "bands")
    for key, women, men, bands in rows.iterator():
        yield key, Counted(women, men, bands)


def crowds_by_municipality(
    municipalities: QuerySet[Municipality], year: int | None
) -> dict[int, tuple[int, float]]:
    """Residents of that year and square kilometres, by primary key; where both are known."""
    rows = _of_year(municipalities, year).filter(municipality__km2__isnull=False)
    known = rows.values_list("municipality_id", "total", "municipality__km2")
    return {key: (total, km2) for key, total, km2 in known if km2 is not None}


def surfaces_by_municipality(
    municipalities: QuerySet[Municipality],
) -> dict[int, tuple[float, int | None]]:
    """Square kilometres within the boundary that is known and its year, by primary key."""
    known = municipalities.filter(km2__isnull=False).values_list("pk", "km2", "boundary_year")
    return {key: (km2, year) for key, km2, year in known if km2 is not None}


def _of_year(municipalities: QuerySet[Municipality], year: int | None) -> QuerySet[Population, Any]:
    return Population.objects.filter(year=year or 0, municipality__in=municipalities)
