from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Sentence
from tavolo.territory.actions import import_history
from tavolo.territory.errors import NotATable
from tavolo.territory.history import COLUMNS, read_history
from tavolo.territory.plugs import Report, Told, territory_sources
from tavolo.territory.tables import Names, read_sheet

WANTED: Final[Names] = {key: (heading,) for key, heading in COLUMNS.items()}


class CodesAndNames:
    """Every code and name that a municipality has had since 1861, with days (`cities` of the DAF)."""

    key = "history"
    label: Sentence = _("Codes and names since 1861")
    needs_file = True
    figures: Mapping[str, Sentence] = {
        "rows": _("rows of the file"),
        "municipalities": _("municipalities told of"),
        "living": _("of which there are today"),
        "made": _("municipalities made"),
        "changed": _("municipalities changed"),
        "versions": _("names and codes written"),
        "memberships": _("times in provinces and regions written"),
        "populations": _("sums of predecessors changed"),
    }

    def load(self, told: Told) -> Report:
        """Read the file and enter it; refuses with what is wrong with it as a whole."""
        if told.file is None:
            raise NotATable
        history = read_history(read_sheet(told.file, WANTED).rows())
        imported = import_history(history=history, progress=told.progress)
        return Report(asdict(imported), history.remarks)


territory_sources.add(CodesAndNames())
