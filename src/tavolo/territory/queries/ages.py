"""Who lives in many municipalities together, by age."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tavolo.territory.models import Municipality
from tavolo.territory.queries.figures import ages_by_municipality
from tavolo.territory.queries.municipalities import AgeBand

Begins = tuple[int, ...]


@dataclass(frozen=True)
class AgesTogether:
    """Residents by age on 1 January of `year`, of those `known` municipalities that tell their ages."""

    year: int
    bands: tuple[AgeBand, ...]
    known: int


@dataclass
class _Sum:
    """The sums of those municipalities whose bands are cut alike."""

    women: list[int]
    men: list[int]
    known: int = 0

    def add(self, women: list[int], men: list[int]) -> None:
        self.women = [a + b for a, b in zip(self.women, women, strict=True)]
        self.men = [a + b for a, b in zip(self.men, men, strict=True)]
        self.known += 1


def ages_of(
    municipalities: QuerySet[Municipality], *, year: int | None, begins: Begins
) -> AgesTogether | None:
    """All these municipalities together, in bands that begin at those ages; one query.

    Of `begins` those are used at which the bands of every municipality are cut; None where nobody
    tells ages.
    """
    sums: dict[Begins, _Sum] = {}
    for _key, counted in ages_by_municipality(municipalities, year):
        cut = tuple(counted.bands.get("from") or ())
        if cut:
            nobody = [0] * len(cut)
            here = sums.setdefault(cut, _Sum(nobody, nobody))
            here.add(counted.bands["women"], counted.bands["men"])
    common = tuple(age for age in begins if all(age in cut for cut in sums))
    if not sums or not common:
        return None
    bands = tuple(map(_band, common, (*common[1:], None), [sums] * len(common)))
    return AgesTogether(year or 0, bands, sum(each.known for each in sums.values()))


def _band(first: int, end: int | None, sums: dict[Begins, _Sum]) -> AgeBand:
    women = men = 0
    for cut, each in sums.items():
        part = slice(cut.index(first), len(cut) if end is None else cut.index(end))
        women += sum(each.women[part])
        men += sum(each.men[part])
    return AgeBand(first, None if end is None else end - 1, women, men)
