"""The figures that territory itself knows of each municipality."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.territory import queries
from tavolo.territory.models import Municipality
from tavolo.territory.plugs import Figure, Known, Part
from tavolo.ui import words

Municipalities = QuerySet[Municipality]

CHILDREN, OLD = 3, 65


def _counted_on(year: int | None) -> str:
    if year is None:
        return ""
    day = words.day_words(date(year, 1, 1), weekday=False)
    return _("residents on %(date)s") % {"date": day}


def _residents(municipalities: Municipalities, on: date) -> Known:
    year = queries.population_year(on)
    counted = queries.residents_by_municipality(municipalities, year)
    parts = {key: Part(women + men) for key, (women, men) in counted.items()}
    return Known(parts, _counted_on(year))


def _women(municipalities: Municipalities, on: date) -> Known:
    year = queries.population_year(on)
    counted = queries.residents_by_municipality(municipalities, year)
    parts = {key: Part(women, women + men) for key, (women, men) in counted.items()}
    return Known(parts, _counted_on(year))


def _density(municipalities: Municipalities, on: date) -> Known:
    year = queries.population_year(on)
    crowds = queries.crowds_by_municipality(municipalities, year)
    return Known({key: Part(*crowd) for key, crowd in crowds.items()}, _counted_on(year))


def _children(municipalities: Municipalities, on: date) -> Known:
    return _aged(municipalities, on, 0, CHILDREN)


def _old(municipalities: Municipalities, on: date) -> Known:
    return _aged(municipalities, on, OLD, None)


def _aged(municipalities: Municipalities, on: date, first: int, end: int | None) -> Known:
    year = queries.population_year(on)
    return Known(dict(_shares(municipalities, year, first, end)), _counted_on(year))


def _shares(
    municipalities: Municipalities, year: int | None, first: int, end: int | None
) -> Iterator[tuple[int, Part]]:
    for key, counted in queries.ages_by_municipality(municipalities, year):
        aged = counted.aged(first, end)
        if aged is not None:
            yield key, Part(aged, counted.total)


def _surface(municipalities: Municipalities, on: date) -> Known:  # noqa: ARG001  the boundary has a year of its own
    surfaces = queries.surfaces_by_municipality(municipalities)
    years = sorted({year for _km2, year in surfaces.values() if year})
    return Known(
        {key: Part(km2) for key, (km2, _year) in surfaces.items()},
        _("boundaries of %(years)s") % {"years": ", ".join(map(str, years))} if years else "",
    )


RESIDENTS = Figure(
    key="residents",
    slug="residenti",
    label=gettext_lazy("Residents"),
    unit="",
    read=_residents,
    order=10,
    edition=queries.population_year,
)
DENSITY = Figure(
    key="density",
    slug="densita",
    label=gettext_lazy("Density"),
    unit=gettext_lazy("residents per km²"),
    read=_density,
    ratio=True,
    order=20,
    edition=queries.population_year,
)
WOMEN = Figure(
    key="women_share",
    slug="donne",
    label=gettext_lazy("Women, share"),
    unit=gettext_lazy("% of residents"),
    read=_women,
    ratio=True,
    scale=100,
    decimals=1,
    order=30,
    edition=queries.population_year,
)
CHILDREN_SHARE = Figure(
    key="under_3_share",
    slug="sotto-3",
    label=gettext_lazy("Under 3 years"),
    unit=gettext_lazy("% of residents"),
    read=_children,
    ratio=True,
    scale=100,
    decimals=1,
    order=40,
    edition=queries.population_year,
)
OLD_SHARE = Figure(
    key="65_and_over_share",
    slug="65-e-oltre",
    label=gettext_lazy("65 years and over"),
    unit=gettext_lazy("% of residents"),
    read=_old,
    ratio=True,
    scale=100,
    decimals=1,
    order=50,
    edition=queries.population_year,
)
SURFACE = Figure(
    key="surface",
    slug="superficie",
    label=gettext_lazy("Surface"),
    unit="km²",
    read=_surface,
    decimals=1,
    order=60,
    edition=lambda _on: "boundaries",
)
