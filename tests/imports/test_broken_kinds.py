"""Kinds and files that misbehave: a refusal, and nothing half done."""

from typing import Any

import pytest
from django.db import connection

from tavolo.imports.actions import (
    apply_batch,
    read_batch,
    undo_batch,
)
from tavolo.imports.errors import (
    KindFailed,
)
from tavolo.imports.models import Row
from tavolo.imports.plugs import Plan, Planned
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import DatedValue
from tests.imports.batches import checked, faults, received, values
from tests.imports.toy import TOY, Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

GOOD = csv_of(("a", 1, "here"), ("b", 2, ""))


class Broken(Toy):
    key = "broken"
    breaks = ""

    def plan(self, rows: Any, context: Any) -> Plan:
        if self.breaks == "plan":
            raise ValueError("Anna Rossi")
        if self.breaks == "strange":
            return Plan([Planned(99, "z", "z", None, {})])
        if self.breaks == "no json":
            return Plan([Planned(rows[0].number, "z", "z", None, {"value": object()})])
        if self.breaks == "long":
            return Plan([Planned(row.number, "z" * 201, "z" * 400, None, {}) for row in rows])
        return super().plan(rows, context)

    def write(self, changes: Any, context: Any) -> None:
        if self.breaks == "nothing written":
            return
        super().write(changes, context)
        if self.breaks == "write":
            raise KeyError("Anna Rossi")
        if self.breaks == "too long":
            DatedValue.objects.create(key="k" * 100, value=1, source="s" * 400)

    def restore(self, before: Any, context: Any) -> None:
        if self.breaks != "restore":
            super().restore(before, context)


@pytest.fixture
def broken() -> Any:
    with registered(Broken()) as kind:
        yield kind


@pytest.mark.parametrize("how", ["plan", "strange", "no json"])
def test_a_kind_that_cannot_plan_is_a_refusal(broken: Any, how: str) -> None:
    broken.breaks = how
    batch = received(GOOD, kind="broken")
    with pytest.raises(KindFailed):
        read_batch(batch=batch, by=OPERATOR)
    batch.refresh_from_db()
    assert (batch.state, Row.objects.count()) == ("received", 0)


@pytest.mark.parametrize("how", ["write", "nothing written"])
def test_a_kind_that_cannot_write_leaves_nothing(broken: Any, how: str) -> None:
    batch = checked(GOOD, kind="broken")
    broken.breaks = how
    with pytest.raises(KindFailed):
        apply_batch(batch=batch, by=OPERATOR)
    batch.refresh_from_db()
    assert (batch.state, values()) == ("checked", [])
    broken.breaks = ""
    assert apply_batch(batch=batch, by=OPERATOR).state == "applied"


def test_what_a_column_cannot_hold_is_a_fault_of_the_program(broken: Any) -> None:
    batch = checked(GOOD, kind="broken")
    broken.breaks = "too long"
    if connection.vendor == "sqlite":  # which holds any length
        assert apply_batch(batch=batch, by=OPERATOR).state == "applied"
        return
    with pytest.raises(KindFailed):
        apply_batch(batch=batch, by=OPERATOR)
    assert values() == []


def test_a_kind_that_does_not_restore_leaves_everything(broken: Any) -> None:
    batch = apply_batch(batch=checked(GOOD, kind="broken"), by=OPERATOR)
    broken.breaks = "restore"
    with pytest.raises(KindFailed):
        undo_batch(batch=batch, by=OPERATOR)
    batch.refresh_from_db()
    assert (batch.state, values()) == ("applied", [("a", 1, "here"), ("b", 2, "")])


def test_what_tells_rows_apart_is_not_too_long(broken: Any) -> None:
    broken.breaks = "long"
    batch = checked(csv_of(("a", 1, "")), kind="broken")
    assert faults(batch) == {
        2: [("", "What tells this row apart is longer than %(longest)s characters.")]
    }


def test_a_reader_that_breaks_is_a_fault_of_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_reader(_text: str) -> int:
        raise ZeroDivisionError

    fields = (TOY.fields[0], TOY.fields[1].__class__("value", "Value", broken_reader))
    monkeypatch.setattr(Toy, "fields", fields)
    assert faults(checked(csv_of(("a", 1), headings=("Key", "Value")))) == {
        2: [("value", "“%(said)s” could not be understood.")]
    }


def test_a_kind_that_is_no_more_is_not_found() -> None:
    with registered(Broken()):
        batch = checked(GOOD, kind="broken")
    with pytest.raises(NotFound):
        apply_batch(batch=batch, by=OPERATOR)
