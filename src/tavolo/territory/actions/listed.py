"""Entering ISTAT's list of administrative changes: what it says later than other sources, and who went where."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from tavolo.journal.actions import record
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.kernel.text import search_key
from tavolo.search.actions import note_everything
from tavolo.territory import rules
from tavolo.territory.actions.endings import end_what_ended
from tavolo.territory.actions.homes import Homes
from tavolo.territory.actions.ledger import Ledger
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.actions.successions import Passage, enter_passages
from tavolo.territory.choices import SuccessionKind
from tavolo.territory.errors import NothingRead, NotLaid
from tavolo.territory.facts import TerritoryChanged
from tavolo.territory.listed import Change, Listed, Side
from tavolo.territory.models import Municipality
from tavolo.territory.plugs import Remark

SOURCE = "ISTAT, Elenco delle variazioni amministrative e territoriali"
EVE = timedelta(days=1)
MERGED = SuccessionKind.MERGER
UNKNOWN_CODE = gettext_noop(
    "Rows left out: nobody bore the code at that time, as far as is known here."
)
OTHERWISE = gettext_noop("Rows left out: another source tells that day otherwise.")
NAMELESS = gettext_noop(
    "Provinces made with their code alone, because the list does not name them: %(codes)s."
)


@dataclass(frozen=True)
class ListEntered:
    """How many rows said what was known, what was new, and what came of it."""

    known: int
    entered: int
    made: int
    ended: int
    successions: int
    populations: int


@transaction.atomic
def enter_listed_changes(
    *, changes: Sequence[Listed], by: Actor = OPERATOR
) -> tuple[ListEntered, tuple[Remark, ...]]:
    """Names, codes, provinces, beginnings and ends as listed, with who went into whom.

    In the order of days, whatever order they come in; what is known already stays, so a second time
    changes nothing. A municipality that only the list knows is made. All or nothing. Returns figures,
    and remarks on rows that were left out. Refuses with NotAllowed, NotLaid before the national
    import, and NothingRead.
    """
    if not rules.may_import_territory(by):
        raise NotAllowed
    if not changes:
        raise NothingRead
    if not Municipality.objects.exists():
        raise NotLaid
    entering = _Entering(changes)
    entering.apply()
    entering.ledger.write()
    end_what_ended()
    entered = ListEntered(
        known=entering.known,
        entered=entering.entered,
        made=entering.made,
        ended=entering.ended,
        successions=enter_passages(entering.passages()),
        populations=derive_populations(),
    )
    record(action="territory.list_entered", actor=by, subject=None, values=asdict(entered))
    announce(TerritoryChanged(municipalities=entered.entered))
    note_everything()
    return entered, entering.remarks()


class _Entering:
    """One list: changes applied to the ledger day by day, rows that do not fit kept apart."""

    def __init__(self, changes: Sequence[Listed]) -> None:
        self.changes = changes
        codes = (side.code for change in changes for side in (change.one, change.other))
        self.ledger = Ledger(codes, Homes(), SOURCE)
        self.known = self.entered = self.made = self.ended = 0
        self.wrong: dict[str, list[int]] = defaultdict(list)

    def apply(self) -> None:
        """First who moves, so that a code is free for another on the same day; who ends comes last."""
        steps = {
            Change.MOVED: self._move,
            Change.RENAMED: self._rename,
            Change.FOUNDED: self._found,
            Change.SUPPRESSED: self._suppress,
            Change.TOOK_IN: self._suppress,
        }
        order = list(steps)
        applicable = [change for change in self.changes if change.kind in steps]
        for change in sorted(
            applicable, key=lambda change: (change.day, order.index(change.kind), change.row)
        ):
            steps[change.kind](change)

    def _move(self, change: Listed) -> None:
        """Another code and another province: the other side says which."""
        town = self.ledger.bearer(change.one.code, change.day - EVE)
        version = town.version_on(change.day) if town else None
        if town is None or version is None:
            self._leave(change, UNKNOWN_CODE)
            return
        is_new = version.istat_code != change.other.code
        if is_new and version.valid_from == change.day and version.pk:
            self._leave(change, OTHERWISE)
            return
        if is_new:
            self.ledger.split(town, change.day, code=change.other.code)
        there = change.other
        unit = there.unit or there.code[:3]
        moved = self.ledger.move(town, change.day, unit=unit, region=there.region)
        self._count(is_new=is_new or moved)

    def _rename(self, change: Listed) -> None:
        day, name = change.day, change.other.name
        town = self.ledger.bearer(change.one.code, day - EVE) or self.ledger.bearer(
            change.one.code, day
        )
        version = town.version_on(day) if town else None
        if town is None or version is None or not name:
            self._leave(change, UNKNOWN_CODE)
        elif search_key(version.name) == search_key(name):
            self._count(is_new=False)
        elif version.valid_from == day and version.pk:
            self._leave(change, OTHERWISE)
        else:
            self.ledger.split(town, day, name=name)
            self._count(is_new=True)

    def _found(self, change: Listed) -> None:
        day, side = change.day, change.one
        town = self.ledger.bearer(side.code, day)
        version = town.version_on(day) if town else None
        if town is None or version is None:
            self._make(side, begins=day)
            self._count(is_new=True)
        elif version.valid_from == day:
            self._count(is_new=False)
        elif version.valid_from is None:
            self.ledger.begin(town, day)
            self._count(is_new=True)
        else:
            self._leave(change, OTHERWISE)

    def _suppress(self, change: Listed) -> None:
        """Who took in another says the same as that other: either row is enough."""
        day, gone = change.day, _gone(change)
        town = self.ledger.bearer(gone.code, day - EVE)
        version = town.version_on(day - EVE) if town else None
        if town is None or version is None:
            self._make(gone, ends=day)
            self._count(is_new=True)
        elif version.valid_until == day:
            self._count(is_new=False)
        elif town.last() is version:
            self.ledger.end(town, day)
            self.ended += 1
            self._count(is_new=True)
        else:
            self._leave(change, OTHERWISE)

    def _make(self, side: Side, *, begins: date | None = None, ends: date | None = None) -> None:
        self.made += 1
        self.ledger.make(
            side.code, side.name, begins=begins, ends=ends, unit=side.unit, region=side.region
        )

    def _leave(self, change: Listed, why: str) -> None:
        self.wrong[why].append(change.row)

    def _count(self, *, is_new: bool) -> None:
        self.entered += is_new
        self.known += not is_new

    def passages(self) -> Iterator[Passage]:
        """Who went into whom, after the ledger was written.

        Whole only who was suppressed into one; into several, or from who lives on, it was a part.
        """
        wrong = {row for rows in self.wrong.values() for row in rows}
        entered = [change for change in self.changes if change.row not in wrong]
        founded = {(c.one.code, c.day) for c in entered if c.kind == Change.FOUNDED}
        heirs: dict[tuple[str, date], set[str]] = defaultdict(set)
        for change in entered:
            if change.kind in {Change.SUPPRESSED, Change.TOOK_IN}:
                heirs[_gone(change).code, change.day].add(_heir(change).code)
        for (old, new, day), change in _relations(entered).items():
            predecessor = self.ledger.bearer(old, day - EVE)
            successor = self.ledger.bearer(new, day)
            if predecessor is None or successor is None:
                self._leave(change, UNKNOWN_CODE)
            elif predecessor is not successor:
                kind = SuccessionKind.PART
                if heirs[old, day] == {new}:
                    kind = MERGED if (new, day) in founded else SuccessionKind.INCORPORATION
                yield Passage(predecessor.row.pk, successor.row.pk, day, kind, change.act, SOURCE)

    def remarks(self) -> tuple[Remark, ...]:
        found = [Remark(why, tuple(sorted(set(rows)))) for why, rows in self.wrong.items()]
        codes = ", ".join(self.ledger.homes.nameless)
        return (*found, Remark(NAMELESS, values={"codes": codes})) if codes else tuple(found)


def _gone(change: Listed) -> Side:
    return change.one if change.kind == Change.SUPPRESSED else change.other


def _heir(change: Listed) -> Side:
    return change.other if change.kind == Change.SUPPRESSED else change.one


# Of whom a row speaks first: of the one that ground or people go to.
_RECEIVING = {Change.FOUNDED, Change.TOOK_IN, Change.GAINED_GROUND}
_GIVING = {Change.SUPPRESSED, Change.CEDED_GROUND, Change.CEDED_TO_FOUND}


def _relations(changes: Sequence[Listed]) -> dict[tuple[str, str, date], Listed]:
    """From whom to whom on which day, each once, by the first row that says it."""
    found: dict[tuple[str, str, date], Listed] = {}
    for change in changes:
        if change.kind in _RECEIVING:
            found.setdefault((change.other.code, change.one.code, change.day), change)
        elif change.kind in _GIVING:
            found.setdefault((change.one.code, change.other.code, change.day), change)
    return found
