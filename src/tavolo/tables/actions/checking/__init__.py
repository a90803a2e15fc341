"""The check of applications: prepared, looked at, asked, heard, judged, completed."""

from tavolo.tables.actions.checking.asking import (
    announce_rejection,
    ask_integration,
    go_on,
    take_integration,
    take_observations,
)
from tavolo.tables.actions.checking.concluding import conclude_check, reopen_check
from tavolo.tables.actions.checking.looking import answer_items, begin_check
from tavolo.tables.actions.checking.preparing import (
    draw_checklist,
    end_commissioner,
    name_commissioner,
    set_criteria,
)
from tavolo.tables.actions.checking.scoring import give_points

__all__ = [
    "announce_rejection",
    "answer_items",
    "ask_integration",
    "begin_check",
    "conclude_check",
    "draw_checklist",
    "end_commissioner",
    "give_points",
    "go_on",
    "name_commissioner",
    "reopen_check",
    "set_criteria",
    "take_integration",
    "take_observations",
]
