"""Who lives there: by age and sex, and year by year."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from tavolo.territory.models import Population
from tavolo.territory.queries import AgeBand, AgesTogether, by_age
from tavolo.ui import words
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table

# Ages of care, of school, of work and after: where one life ends and the next begins.
AGES = (0, 3, 6, 11, 14, 18, 25, 35, 45, 55, 65, 75, 85)


def ages_table(population: Population | None) -> Table | None:
    """Residents by age; None where the population, or the ages, are not known."""
    if population is None:
        return None
    kept = population.bands.get("from") or ()
    begins = tuple(age for age in AGES if age in kept)
    if not begins:
        return None
    bands = by_age(population, begins)
    return _table(bands, population.year, (population.women, population.men))


def area_ages_table(ages: AgesTogether | None) -> Table | None:
    """The sums of an area by age; None where no municipality tells them."""
    if ages is None:
        return None
    women, men = sum(band.women for band in ages.bands), sum(band.men for band in ages.bands)
    return _table(ages.bands, ages.year, (women, men))


def _table(bands: Sequence[AgeBand], year: int, whole: tuple[int, int]) -> Table:
    day = words.day_words(date(year, 1, 1), weekday=False)
    return Table(
        caption=_("Residents by age on %(date)s") % {"date": day},
        columns=(
            Column(_("Age")),
            Column(_("Women"), numeric=True),
            Column(_("Men"), numeric=True),
            Column(_("Together"), numeric=True),
        ),
        rows=tuple(
            Row.of(_ages(band.first, band.last), band.women, band.men, band.women + band.men)
            for band in bands
        ),
        empty=EmptyState(_("No residents"), _("The source counts nobody.")),
        key="eta",
        foot=Row.of(_("Together"), *whole, sum(whole)),
        dense=True,
        narrow="keep",
    )


def _ages(first: int, last: int | None) -> str:
    if last is None:
        return _("%(first)s years and over") % {"first": first}
    return _("%(first)s to %(last)s years") % {"first": first, "last": last}


def series_table(series: Sequence[Population]) -> Table | None:
    """Year by year, the latest first; None where nobody was ever counted."""
    if not series:
        return None
    return Table(
        caption=_("Residents on 1 January, year by year"),
        columns=(
            Column(_("Year")),
            Column(_("Women"), numeric=True),
            Column(_("Men"), numeric=True),
            Column(_("Together"), numeric=True),
        ),
        rows=tuple(_year(each) for each in reversed(series)),
        empty=EmptyState(_("No residents"), _("The source counts nobody.")),
        key="anni",
        dense=True,
        narrow="keep",
    )


def _year(each: Population) -> Row:
    note = _("sum of the municipalities that went into it") if each.derived else ""
    return Row.of(Cell(str(each.year), note=note), each.women, each.men, each.total)
