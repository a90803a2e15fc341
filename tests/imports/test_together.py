"""Two people at the same moment: one wins, the other is told, nothing is lost or done twice."""

import threading
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import connections

from tavolo.imports.actions import apply_batch, mend_rows, read_batch, start, undo_batch
from tavolo.imports.choices import Work
from tavolo.imports.errors import ChangedMeanwhile, PlanChanged, StillUnderWay, WrongState
from tavolo.imports.models import Batch, Row
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import DatedValue
from tests.imports.batches import acts, checked, received, values
from tests.imports.toy import Toy, csv_of, registered
from tests.threads import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("toy")]

GOOD = csv_of(*((f"k{n}", n + 100, "") for n in range(30)))
TOLD = (WrongState, ChangedMeanwhile, StillUnderWay)


def count(results: list[Any]) -> Counter[str]:
    return Counter("told" if isinstance(r, TOLD) else type(r).__name__ for r in results)


def test_one_batch_is_imported_once() -> None:
    batch = checked(GOOD)
    results = together(*[partial(apply_batch, batch=batch, by=OPERATOR)] * 4)
    assert count(results) == {"Batch": 1, "told": 3}
    assert acts(batch).count("imports.batch_applied") == 1
    assert len(values()) == 30


def test_one_batch_is_undone_once() -> None:
    batch = apply_batch(batch=checked(GOOD), by=OPERATOR)
    results = together(*[partial(undo_batch, batch=batch, by=OPERATOR)] * 3)
    assert count(results) == {"Batch": 1, "told": 2}
    assert (acts(batch).count("imports.batch_undone"), values()) == (1, [])


def test_two_batches_of_the_same_follow_one_another() -> None:
    batches = [checked(GOOD), checked(csv_of(*((f"k{n}", n + 200, "") for n in range(30))))]
    results = together(*(partial(apply_batch, batch=batch, by=OPERATOR) for batch in batches))
    assert Counter(type(result) for result in results) == {Batch: 1, PlanChanged: 1}
    loser = batches[0 if isinstance(results[0], PlanChanged) else 1]
    loser.refresh_from_db()
    assert (loser.state, loser.counts) == ("checked", {"change": 30})
    apply_batch(batch=loser, by=OPERATOR)
    assert len(values()) == 30


def test_one_file_is_read_once_at_a_time() -> None:
    batch = received(GOOD)
    results = together(*[partial(read_batch, batch=batch, by=OPERATOR)] * 2)
    assert count(results)["Batch"] >= 1
    assert set(count(results)) <= {"Batch", "told"}
    assert Row.objects.filter(batch=batch).count() == 30


def test_what_is_mended_at_the_same_time_is_not_lost_in_silence() -> None:
    batch = checked(csv_of(("a", "x", ""), ("b", "y", "")))
    results = together(
        partial(mend_rows, batch=batch, cells={2: {1: "1"}}, by=OPERATOR),
        partial(mend_rows, batch=batch, cells={3: {1: "2"}}, by=OPERATOR),
    )
    done = count(results)["Batch"]
    batch.refresh_from_db()
    assert batch.counts.get("create", 0) == done
    assert set(count(results)) <= {"Batch", "told"}


def test_a_work_is_started_once() -> None:
    batch = checked(GOOD)
    act = partial(start, batch=batch, work=Work.APPLYING, by=OPERATOR)
    assert count(together(*[act] * 3)) == {"Batch": 1, "told": 2}


class Slow(Toy):
    """Lets somebody else in between planning and writing, once."""

    key = "slow"

    def __init__(self) -> None:
        self.planned, self.changed = threading.Event(), threading.Event()

    def write(self, changes: Any, context: Any) -> None:
        self.planned.set()
        # On SQLite the other one waits for us; on PostgreSQL it does not.
        self.changed.wait(1)
        super().write(changes, context)


def test_what_somebody_changes_while_it_is_imported_is_not_written_over() -> None:
    DatedValue.objects.create(key="k0", value=1, source="")
    with registered(Slow()) as slow:
        batch = checked(GOOD, kind="slow")

        def by_hand() -> int:
            slow.planned.wait(20)
            changed = DatedValue.objects.filter(key="k0", value=1).update(source="by hand")
            slow.changed.set()
            return changed

        imported, changed = together(partial(apply_batch, batch=batch, by=OPERATOR), by_hand)
    connections.close_all()
    source = DatedValue.objects.get(key="k0").source
    if changed:
        assert (type(imported), source, len(values())) == (PlanChanged, "by hand", 1)
    else:
        assert (type(imported), source, len(values())) == (Batch, "", 30)
