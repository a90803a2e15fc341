from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Sentence
from tavolo.territory.actions import enter_listed_changes
from tavolo.territory.errors import NotATable
from tavolo.territory.listed import OPTIONAL, WANTED, read_list
from tavolo.territory.plugs import Report, Told, territory_sources
from tavolo.territory.tables import read_sheet


class IstatChanges:
    """ISTAT's "Elenco delle variazioni amministrative e territoriali"; layout unverified."""

    key = "changes"
    label: Sentence = _("Administrative changes listed by ISTAT")
    needs_file = True
    figures: Mapping[str, Sentence] = {
        "rows": _("rows of the file"),
        "known": _("changes known before"),
        "entered": _("changes entered"),
        "made": _("municipalities made"),
        "ended": _("municipalities ended"),
        "successions": _("successions entered"),
        "populations": _("sums of predecessors changed"),
    }

    def load(self, told: Told) -> Report:
        """Read the list and enter it; refuses with what is wrong with it as a whole."""
        if told.file is None:
            raise NotATable
        read = read_list(read_sheet(told.file, WANTED, optional=OPTIONAL).rows())
        entered, remarks = enter_listed_changes(changes=read.changes)
        return Report({"rows": read.rows, **asdict(entered)}, (*read.remarks, *remarks))


territory_sources.add(IstatChanges())
