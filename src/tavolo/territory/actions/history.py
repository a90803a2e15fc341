"""Entering the history of codes and names since 1861, as its file tells it."""

from dataclasses import asdict, dataclass

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.search.actions import note_everything
from tavolo.territory import rules
from tavolo.territory.actions.bearings import bearings
from tavolo.territory.actions.endings import end_what_ended
from tavolo.territory.actions.homes import Homes
from tavolo.territory.actions.lives import Progress, lay_lives
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.errors import NothingRead, NotLaid
from tavolo.territory.facts import TerritoryChanged
from tavolo.territory.history import History
from tavolo.territory.lives import lives_of
from tavolo.territory.models import Municipality

SOURCE = (
    "italia/daf-ontologie-vocabolari-controllati, territorial-classifications/cities (CC BY 4.0)"
)


@dataclass(frozen=True)
class HistoryImported:
    """How many rows there were, how many municipalities they tell of, and how much was written."""

    rows: int
    municipalities: int
    living: int
    made: int
    changed: int
    versions: int
    memberships: int
    populations: int


@transaction.atomic
def import_history(
    *, history: History, progress: Progress | None = None, by: Actor = OPERATOR
) -> HistoryImported:
    """Bring municipalities to what the history says of them until its last day of change.

    Those that are there keep their uid, found by the code that they bear; what was entered for days
    after that one stays. Names are written well, with the file's own beside them. Successors are
    not guessed. A second time changes nothing. All or nothing. Refuses with NotAllowed, NotLaid
    before the national import, and NothingRead.
    """
    if not rules.may_import_territory(by):
        raise NotAllowed
    if not history.spells:
        raise NothingRead
    if not Municipality.objects.exists():
        raise NotLaid
    lives = lives_of(history.spells, suppressed=history.suppressed, known=bearings())
    laid = lay_lives(
        lives,
        homes=Homes(),
        horizon=history.horizon,
        source=SOURCE,
        progress=progress or (lambda _done, _total: None),
    )
    imported = HistoryImported(
        rows=history.rows,
        municipalities=len(lives),
        living=sum(life.ends is None for life in lives),
        **asdict(laid),
        populations=derive_populations(),
    )
    end_what_ended()
    record(action="territory.history_imported", actor=by, subject=None, values=asdict(imported))
    announce(TerritoryChanged(municipalities=laid.made + laid.changed))
    note_everything()
    return imported
