"""What an import would do, row by row; nothing is written here."""

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import DatabaseError
from django.utils.translation import gettext_noop

from tavolo.imports.cells import Reading, as_json, fault_of
from tavolo.imports.choices import Outcome
from tavolo.imports.errors import KindFailed
from tavolo.imports.models import Row
from tavolo.imports.plugs import Context, Fault, Given, ImportKind, Likely, Plan, Planned
from tavolo.kernel.errors import Refusal

R = TypeVar("R")

logger = logging.getLogger("tavolo.imports")

Faults = dict[int, list[dict[str, Any]]]

LONGEST_SUBJECT, LONGEST_LABEL = 200, 300

ROWS_TOLD, FAULTS_OF_A_ROW = 5_000, 20

MORE = gettext_noop("This row has faults too. Mend the first %(rows)s, and its own are told.")
TOO_LONG = gettext_noop("What tells this row apart is longer than %(longest)s characters.")
REPEATED = gettext_noop("The same as row %(row)s, which stands before.")
CONTRADICTED = gettext_noop("Row %(row)s says something else of the same.")


@dataclass
class Judged:
    """What the import would do with a row."""

    outcome: str
    faults: list[dict[str, Any]] = field(default_factory=list)
    likely: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """`rows` by number; `changes` are those of good rows that make or change something."""

    rows: Mapping[int, Judged]
    changes: Sequence[Planned]
    digest: str

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(str(row.outcome) for row in self.rows.values()))


def preview_of(
    kind: ImportKind, rows: Sequence[Row], columns: Mapping[str, int], context: Context
) -> Preview:
    """Read every cell, plan all rows that could be read at once, and judge each row.

    Refuses with KindFailed where the kind raises or breaks its contract.
    """
    reading = Reading(kind.fields, columns)
    given: list[Given] = []
    faults: Faults = defaultdict(list)
    for done, row in enumerate(rows):
        values, found = reading.read(row.cells)
        if found:
            faults[row.number] = found
        else:
            given.append(Given(row.number, values))
        context.progress(done, len(rows))
    plan = asked(lambda: _planned(kind, given, faults, context))
    return asked(lambda: _judged(rows, faults, plan))


def asked(question: Callable[[], R]) -> R:
    """What a kind answers. Refuses with KindFailed where it raises; refusals and the database's faults pass."""
    try:
        return question()
    except (Refusal, DatabaseError):
        raise
    except Exception as fault:
        logger.exception("a kind of import failed")
        raise KindFailed from fault


def _planned(kind: ImportKind, given: Sequence[Given], faults: Faults, context: Context) -> Plan:
    """The plan of the rows that can go together; what is wrong with the others is added to `faults`.

    Planned again without those: what several rows need has to be brought by one that stays.
    """
    rows = list(given)
    while rows:
        plan = kind.plan(rows, context)
        _refuse_broken(plan, {row.number for row in rows})
        apart = [*_unfit(plan.changes), *_repeated(plan.changes)]
        held = {number for number, _fault in apart}
        for number, fault in [*plan.faults, *apart]:
            if number in held or not held:
                faults[number].append(fault_of(fault))
        if not held:
            return plan
        rows = [row for row in rows if row.number not in held]
    return Plan()


def _judged(rows: Sequence[Row], faults: Faults, plan: Plan) -> Preview:
    planned: dict[int, list[Planned]] = defaultdict(list)
    for change in plan.changes:
        planned[change.number].append(change)
    likely: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in plan.likely:
        likely[one.number].append(
            {"subject": one.subject, "label": one.label[:LONGEST_LABEL], "why": str(one.why)}
        )
    judged = {
        number: _judge(faults.get(number, []), likely.get(number, []), planned.get(number, []))
        for number in (row.number for row in rows)
    }
    _spare_words(judged)
    writing = {Outcome.CREATE, Outcome.CHANGE}
    changes = [
        change
        for change in plan.changes
        if judged[change.number].outcome in writing and change.before != change.after
    ]
    return Preview(judged, changes, _digest(judged, changes))


def _spare_words(judged: Mapping[int, Judged]) -> None:
    """Every row keeps its outcome; of a file that is wrong throughout, the first faults say enough."""
    faulty = [row for row in judged.values() if row.faults]
    for row in faulty[:ROWS_TOLD]:
        row.faults = row.faults[:FAULTS_OF_A_ROW]
    for row in faulty[ROWS_TOLD:]:
        row.faults = [fault_of(Fault(MORE, {"rows": ROWS_TOLD}))]


def _refuse_broken(plan: Plan, given: set[int]) -> None:
    """A kind speaks of the rows that it was given, and asks of subjects that can be kept."""
    spoken: list[Planned | Likely] = [*plan.changes, *plan.likely]
    strange = {one.number for one in spoken} | {number for number, _fault in plan.faults}
    if strange - given:
        raise ValueError("The kind spoke of rows that it was not given.")
    if any(len(one.subject) > LONGEST_SUBJECT for one in plan.likely):
        raise ValueError("The kind asks of a subject that is longer than subjects are.")


def _judge(
    faults: list[dict[str, Any]], likely: list[dict[str, Any]], planned: list[Planned]
) -> Judged:
    if faults:
        return Judged(Outcome.FAULT, faults=faults)
    if likely:
        return Judged(Outcome.LIKELY, likely=likely)
    differing = [change for change in planned if change.before != change.after]
    if not differing:
        return Judged(Outcome.SAME)
    # What touches something that is there is the weightier word.
    makes = all(change.before is None for change in differing)
    return Judged(Outcome.CREATE if makes else Outcome.CHANGE)


def _unfit(changes: Sequence[Planned]) -> list[tuple[int, Fault]]:
    return [
        (change.number, Fault(TOO_LONG, {"longest": LONGEST_SUBJECT}))
        for change in changes
        if len(change.subject) > LONGEST_SUBJECT
    ]


def _repeated(changes: Sequence[Planned]) -> list[tuple[int, Fault]]:
    """Rows that say the same thing twice, but for the first, and rows that contradict each other."""
    by_subject: dict[str, list[Planned]] = defaultdict(list)
    for change in changes:
        by_subject[change.subject].append(change)
    found = []
    for same in by_subject.values():
        if len({change.number for change in same}) < 2:  # noqa: PLR2004  two rows meet
            continue
        first = same[0]
        if any(change.after != first.after for change in same):
            found += [
                (change.number, Fault(CONTRADICTED, {"row": _other(change, same)}))
                for change in same
            ]
        elif first.before != first.after:
            found += [(c.number, Fault(REPEATED, {"row": first.number})) for c in same[1:]]
    return found


def _other(change: Planned, same: Sequence[Planned]) -> int:
    return next((other.number for other in same if other.after != change.after), same[0].number)


def _digest(judged: Mapping[int, Judged], changes: Sequence[Planned]) -> str:
    """What was shown, in short: the outcome of each row and what each change would make of what."""
    told = [
        sorted((number, row.outcome) for number, row in judged.items()),
        sorted(
            ([change.number, change.subject, change.before, change.after] for change in changes),
            key=lambda one: one[:2],
        ),
    ]
    return hashlib.sha256(as_json(told).encode()).hexdigest()
