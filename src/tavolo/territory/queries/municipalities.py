"""One municipality: itself, to what it belongs, who lives there."""

from dataclasses import dataclass
from datetime import date

from tavolo.kernel.dated import Period, valid_on
from tavolo.kernel.errors import NotFound
from tavolo.territory.models import AreaMembership, Municipality, Population


@dataclass(frozen=True)
class Belonging:
    """That a municipality belongs to an area in a period."""

    kind: str
    code: str
    title: str
    period: Period


@dataclass(frozen=True)
class AgeBand:
    """People from `first` to `last` years of age; the oldest band has no `last`."""

    first: int
    last: int | None
    women: int
    men: int


def municipality_at(istat_code: str) -> Municipality:
    """The municipality with that code, its province and region with it. Refuses with NotFound."""
    found = (
        Municipality.objects.select_related("province", "region")
        .filter(istat_code=istat_code)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def belongings_of(municipality: Municipality, *, on: date) -> list[Belonging]:
    """The areas that it belongs to on that day, by kind; one query."""
    rows = (
        AreaMembership.objects.filter(valid_on(on), municipality=municipality)
        .order_by("area__kind", "area__sort_key", "id")
        .values_list("area__kind", "area__code", "area__title", "valid_from", "valid_until")
    )
    return [Belonging(kind, code, title, Period(*period)) for kind, code, title, *period in rows]


def population_of(municipality: Municipality, *, year: int | None) -> Population | None:
    """Its population of that year, or None where it is not known."""
    return Population.objects.filter(municipality=municipality, year=year or 0).first()


def by_age(population: Population, begins: tuple[int, ...]) -> list[AgeBand]:
    """The population in bands that begin at those ages; each must be the beginning of a kept band."""
    kept = list(zip(*(population.bands[name] for name in ("from", "women", "men")), strict=True))
    ends = (*begins[1:], None)
    return [
        AgeBand(
            first,
            None if end is None else end - 1,
            sum(women for age, women, _men in kept if age >= first and (end is None or age < end)),
            sum(men for age, _women, men in kept if age >= first and (end is None or age < end)),
        )
        for first, end in zip(begins, ends, strict=True)
    ]
