from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Sentence
from tavolo.territory.actions import import_population
from tavolo.territory.counts import OPTIONAL, WANTED, read_counts, year_of
from tavolo.territory.errors import NotATable, YearUnknown
from tavolo.territory.plugs import Report, Told, territory_sources
from tavolo.territory.tables import read_sheet


class IstatPopulation:
    """Residents by sex and year of age on 1 January, as demo.istat.it gives them out (POSAS)."""

    key = "population"
    label: Sentence = _("Population by year")
    needs_file = True
    figures: Mapping[str, Sentence] = {
        "rows": _("rows of the file"),
        "populations": _("populations"),
        "years": _("years"),
        "derived": _("sums of predecessors changed"),
    }

    def load(self, told: Told) -> Report:
        """Read the file and enter it; refuses with what is wrong with it as a whole."""
        if told.file is None:
            raise NotATable
        sheet = read_sheet(told.file, WANTED, optional=OPTIONAL)
        year = told.year or year_of(sheet.title)
        if year is None and "year" not in sheet.columns:
            raise YearUnknown
        counts = read_counts(sheet.rows(), year=year)
        imported, remarks = import_population(counts=counts.counts, progress=told.progress)
        figures = {"rows": counts.rows, **asdict(imported)}
        return Report(figures, (*counts.remarks, *remarks))


territory_sources.add(IstatPopulation())
