"""What is imported, what is not, and what is put aside."""

from collections.abc import Sequence
from typing import Any

import pytest

from tavolo.imports.actions import (
    apply_batch,
    check_batch,
    drop_batch,
    undo_batch,
)
from tavolo.imports.errors import (
    FaultyRows,
    PlanChanged,
    WrongState,
)
from tavolo.imports.plugs import Given, Plan, Planned
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import DatedValue
from tests.imports.batches import acts, checked, kept, values
from tests.imports.toy import Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


def test_rows_with_faults_stop_the_others_unless_they_are_left_out() -> None:
    batch = checked(csv_of(("a", 1, ""), ("b", "x", "")))
    with pytest.raises(FaultyRows) as refused:
        apply_batch(batch=batch, by=OPERATOR)
    assert (refused.value.faulty, refused.value.undecided, values()) == (1, 0, [])
    batch = apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    assert (batch.state, values()) == ("applied", [("a", 1, "")])


def test_what_differs_from_the_preview_is_not_imported() -> None:
    batch = checked(GOOD)
    DatedValue.objects.create(key="b", value=9, source="by hand")
    with pytest.raises(PlanChanged):
        apply_batch(batch=batch, by=OPERATOR)
    batch.refresh_from_db()
    assert (batch.state, batch.counts) == ("checked", {"create": 1, "change": 1})
    assert values() == [("b", 9, "by hand")]
    apply_batch(batch=batch, by=OPERATOR)
    assert values() == [("a", 1, "here"), ("b", 2, "")]


def test_importing_twice_imports_once() -> None:
    batch = apply_batch(batch=checked(GOOD), by=OPERATOR)
    with pytest.raises(WrongState):
        apply_batch(batch=batch, by=OPERATOR)
    assert values() == [("a", 1, "here"), ("b", 2, "")]


def test_a_file_that_changes_nothing_is_imported_all_the_same() -> None:
    apply_batch(batch=checked(GOOD), by=OPERATOR)
    batch = apply_batch(batch=checked(GOOD), by=OPERATOR)
    assert (batch.state, batch.counts, kept(batch)) == ("applied", {"same": 2}, [])
    assert undo_batch(batch=batch, by=OPERATOR).state == "undone"


class Numbering(Toy):
    """Adds to what it writes something that nobody can plan."""

    key = "numbering"

    def states(self, subjects: Any, context: Any) -> Any:
        found = super().states(subjects, context)
        ids = dict(self.rows_in(context).values_list("key", "pk"))
        return {key: {**state, "id": ids[key]} for key, state in found.items()}

    def plan(self, rows: Sequence[Given], context: Any) -> Plan:
        plan = super().plan(rows, context)
        changes = [
            Planned(
                c.number,
                c.subject,
                c.label,
                c.before,
                {**c.after, "id": (c.before or {}).get("id")},
            )
            for c in plan.changes
        ]
        return Plan(changes, plan.faults, plan.likely)

    def write(self, changes: Sequence[Planned], context: Any) -> None:
        plain = [
            Planned(
                c.number,
                c.subject,
                c.label,
                c.before,
                {k: v for k, v in c.after.items() if k != "id"},
            )
            for c in changes
        ]
        super().write(plain, context)


def test_what_was_written_is_kept_as_it_came_to_be() -> None:
    with registered(Numbering()):
        batch = apply_batch(batch=checked(GOOD, kind="numbering"), by=OPERATOR)
        ids = dict(DatedValue.objects.values_list("key", "pk"))
        assert [after["id"] for _n, _s, _b, after in kept(batch)] == [ids["a"], ids["b"]]
        undo_batch(batch=batch, by=OPERATOR)
    assert values() == []


# Putting aside


@pytest.mark.parametrize("content", [GOOD, b"", csv_of(("x",), headings=("Nulla",))])
def test_what_was_not_imported_can_be_put_aside(content: bytes) -> None:
    batch = drop_batch(batch=checked(content), by=OPERATOR)
    assert (batch.state, acts(batch)[-1]) == ("dropped", "imports.batch_dropped")
    with pytest.raises(WrongState):
        check_batch(batch=batch, by=OPERATOR)


def test_what_was_imported_is_not_put_aside() -> None:
    batch = apply_batch(batch=checked(GOOD), by=OPERATOR)
    with pytest.raises(WrongState):
        drop_batch(batch=batch, by=OPERATOR)
