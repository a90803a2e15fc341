"""Every write of territory: the national extract, networks' territory, areas and who is in them."""

from tavolo.territory.actions.areas import create_area, edit_area
from tavolo.territory.actions.changes import Entered, enter_known_changes
from tavolo.territory.actions.counts import PopulationsImported, import_population
from tavolo.territory.actions.history import HistoryImported, import_history
from tavolo.territory.actions.listed import ListEntered, enter_listed_changes
from tavolo.territory.actions.members import (
    copy_members,
    correct_members,
    end_area,
    set_members,
    undo_change,
)
from tavolo.territory.actions.national import Imported, import_national_extract
from tavolo.territory.actions.networks import leave_place, place_network
from tavolo.territory.actions.patrons import set_patron
from tavolo.territory.actions.units import enter_unit

__all__ = [
    "Entered",
    "HistoryImported",
    "Imported",
    "ListEntered",
    "PopulationsImported",
    "copy_members",
    "correct_members",
    "create_area",
    "edit_area",
    "end_area",
    "enter_known_changes",
    "enter_listed_changes",
    "enter_unit",
    "import_history",
    "import_national_extract",
    "import_population",
    "leave_place",
    "place_network",
    "set_members",
    "set_patron",
    "undo_change",
]
