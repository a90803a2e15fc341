"""Who lived where in which year. A year without row is not known; a nearer one is never taken for it."""

from datetime import date

from django.db.models import Max

from tavolo.territory.models import Municipality, Population


def population_year(day: date) -> int | None:
    """The latest year not after that of `day` of which there is population at all; for sums."""
    year: int | None = Population.objects.filter(year__lte=day.year).aggregate(year=Max("year"))[
        "year"
    ]
    return year


def population_on(municipality: Municipality, day: date) -> Population | None:
    """Its population of the latest year not after that of `day`, or None where none is known.

    Whoever shows it prints its year, and that it is a sum of predecessors where it is `derived`.
    """
    known = Population.objects.filter(municipality=municipality, year__lte=day.year)
    return known.order_by("-year").first()


def population_series(municipality: Municipality) -> list[Population]:
    """Its population by year, the earliest first, without the ages."""
    return list(
        Population.objects.filter(municipality=municipality).defer("bands").order_by("year")
    )
