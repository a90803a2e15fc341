"""One municipality: itself, to what it belongs, who lives there."""

from dataclasses import dataclass
from datetime import date

from tavolo.kernel.dated import Period, valid_on
from tavolo.kernel.errors import NotFound
from tavolo.territory.models import AreaMembership, Municipality, Population, SubMunicipalUnit


@dataclass(frozen=True)
class Belonging:
    """That a municipality, or its part `unit`, belongs to an area in a period.

    `area` is the area's primary key; `demonstration`: it comes from no official file.
    """

    kind: str
    code: str
    title: str
    period: Period
    area: int = 0
    unit: str = ""
    source: str = ""
    demonstration: bool = False


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


def memberships_of(municipality: Municipality) -> list[Belonging]:
    """Every area that it ever belonged to, by kind, then the earliest first; one query."""
    rows = AreaMembership.objects.filter(municipality=municipality).values_list(
        "area__kind",
        "area__code",
        "area__title",
        "valid_from",
        "valid_until",
        "area_id",
        "unit__name",
        "source",
        "demonstration",
        "area__sort_key",
    )
    ordered = sorted(rows, key=lambda row: (row[0], row[3] or date.min, row[9], row[6] or ""))
    return [
        Belonging(kind, code, title, Period(begin, end), area, unit or "", source, demonstration)
        for kind, code, title, begin, end, area, unit, source, demonstration, _order in ordered
    ]


def units_of(municipality: Municipality, *, on: date) -> list[SubMunicipalUnit]:
    """The parts that it has on that day, by name; one query."""
    return list(
        SubMunicipalUnit.objects.on(on).filter(municipality=municipality).order_by("sort_key", "id")
    )


def population_of(municipality: Municipality, *, year: int | None) -> Population | None:
    """Its population of that year, or None where it is not known."""
    return Population.objects.filter(municipality=municipality, year=year or 0).first()


def populations_of(municipality: Municipality) -> list[Population]:
    """Its population of every year with the ages, the earliest first; one query."""
    return list(Population.objects.filter(municipality=municipality).order_by("year"))


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
