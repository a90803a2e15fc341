"""What is asked of whoever applied, or announced to her, until when, and what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.checking.common import allow, alone, saved, stepped, the_day, told
from tavolo.tables.actions.checking.writing import Writing, written
from tavolo.tables.checking.choices import CheckState, StepKind
from tavolo.tables.checking.errors import TermNotPassed, TermNotPossible
from tavolo.tables.checking.moves import Move
from tavolo.tables.checking.terms import (
    INTEGRATION,
    LONGEST_PAUSE,
    OBSERVATIONS,
    book_of_checks,
    last_day,
)
from tavolo.tables.models import Check


@transaction.atomic
def ask_integration(
    *,
    check: Check,
    words: str,
    until: date | None = None,
    on: date | None = None,
    paper: str = "",
    letter: bool = True,
    version: int,
    by: Actor,
) -> Check:
    """Ask whoever applied to complete the application until a day; the term of the check stands still.

    Without `until`, for as long as the rule says. A letter goes to her unless `letter` is False: then it
    went by another way, which `paper` names. Refuses with NotAllowed, NotNow, ReasonMissing, StepDayWrong,
    TermNotPossible, NoAddressKnown, ApplicationWithdrawn, StaleVersion.
    """
    allow(Move.ASK_INTEGRATION, check.application, by)
    row = alone(Move.ASK_INTEGRATION, check)
    day, book = the_day(row, on), book_of_checks()
    last = until or last_day(INTEGRATION, day, book=book)
    if not day < last <= last_day(LONGEST_PAUSE, day, book=book):
        raise TermNotPossible
    kind, state = StepKind.INTEGRATION_ASKED, CheckState.INTEGRATION
    asking = _Asking(kind, state, words, day, last, paper, letter)
    return _asked(row, asking, version, by)


@transaction.atomic
def announce_rejection(
    *,
    check: Check,
    words: str,
    on: date | None = None,
    paper: str = "",
    letter: bool = True,
    version: int,
    by: Actor,
) -> Check:
    """Tell whoever applied why the application cannot be granted, before it is refused (art. 10-bis).

    She has ten days for observations. Refuses as `ask_integration`; with NotNow where the notice is
    competitive, to which the article does not apply.
    """
    allow(Move.ANNOUNCE_REJECTION, check.application, by)
    row = alone(Move.ANNOUNCE_REJECTION, check)
    day = the_day(row, on)
    last = last_day(OBSERVATIONS, day, book=book_of_checks())
    kind, state = StepKind.REJECTION_ANNOUNCED, CheckState.REJECTION
    asking = _Asking(kind, state, words, day, last, paper, letter)
    return _asked(row, asking, version, by)


@transaction.atomic
def take_integration(
    *, check: Check, words: str, on: date | None = None, paper: str = "", version: int, by: Actor
) -> Check:
    """Enter what came, on the day on which it came; what came late too.

    Refuses with NotAllowed, NotNow, StepDayWrong, ReasonMissing without words, ApplicationWithdrawn, StaleVersion.
    """
    return _came(Move.TAKE_INTEGRATION, check, _Came(words, on, paper), version, by)


@transaction.atomic
def take_observations(
    *, check: Check, words: str, on: date | None = None, paper: str = "", version: int, by: Actor
) -> Check:
    """Enter the observations on the day on which they came. Refuses as `take_integration`."""
    return _came(Move.TAKE_OBSERVATIONS, check, _Came(words, on, paper), version, by)


@transaction.atomic
def go_on(*, check: Check, version: int, by: Actor) -> Check:
    """Go on once the term has passed and nothing came: the application is judged as it is.

    Refuses with NotAllowed, NotNow, TermNotPassed, ApplicationWithdrawn, StaleVersion.
    """
    allow(Move.GO_ON, check.application, by)
    row = alone(Move.GO_ON, check)
    if row.waits_until is None or clock.today() <= row.waits_until:
        raise TermNotPassed
    asked = row.state == CheckState.INTEGRATION
    kind = StepKind.INTEGRATION_LAPSED if asked else StepKind.OBSERVATIONS_LAPSED
    stepped(row, kind, on=clock.today(), by=by)
    saved(row, expected=version, state=CheckState.IN_CHECK)
    told(kind, row, by)
    return row


@dataclass(frozen=True)
class _Asking:
    """What is asked, on which day, until when; by a letter of ours, or by another way that `paper` names."""

    kind: StepKind
    state: CheckState
    words: str
    on: date
    until: date
    paper: str
    letter: bool


def _asked(row: Check, asking: _Asking, version: int, by: Actor) -> Check:
    if not asking.words.strip():
        raise ReasonMissing
    sent: UUID | None = None
    if asking.letter:
        sent = written(row, Writing(asking.kind, asking.words, asking.until), by=by)
    stepped(
        row,
        asking.kind,
        on=asking.on,
        words=asking.words,
        paper=asking.paper,
        until=asking.until,
        letter=sent,
        by=by,
    )
    saved(row, expected=version, state=asking.state, waits_until=asking.until)
    told(asking.kind, row, by, on=asking.on, until=asking.until, letter=sent or "")
    return row


@dataclass(frozen=True)
class _Came:
    """What came, on which day, with which document."""

    words: str
    on: date | None
    paper: str


def _came(move: Move, check: Check, came: _Came, version: int, by: Actor) -> Check:
    allow(move, check.application, by)
    row = alone(move, check)
    if not came.words.strip():
        raise ReasonMissing
    asked = row.state == CheckState.INTEGRATION
    kind = StepKind.INTEGRATION_CAME if asked else StepKind.OBSERVATIONS_CAME
    day = the_day(row, came.on)
    stepped(row, kind, on=day, words=came.words, paper=came.paper, by=by)
    saved(row, expected=version, state=CheckState.IN_CHECK)
    told(kind, row, by, on=day)
    return row
