"""Undoing gives back the state before, byte for byte, and takes nothing from anybody else."""

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError, Q

from tavolo.imports.actions import apply_batch, check_batch, empty_old, read_batch, undo_batch
from tavolo.imports.actions.emptying import _empty
from tavolo.imports.errors import ChangedSince, Emptied, StillNeeded, Unreadable, WrongState
from tavolo.imports.models import Batch, Change, Row
from tavolo.imports.queries import changed_since, kept_until, may_be_undone, sentence_of
from tavolo.imports.retention import KEPT_FOR
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Blob, DatedValue
from tests.imports.batches import acts, checked, received, values
from tests.imports.toy import Toy, csv_of, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]

MIXED = csv_of(("a", 1, "file"), ("old", 2, "file"), ("same", 5, "x"))


@pytest.fixture(autouse=True)
def _there() -> None:
    DatedValue.objects.create(key="old", value={"deep": [1, 2.5, None, "è"]}, source="by hand")
    DatedValue.objects.create(key="same", value=5, source="x")


def dump(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return json.dumps(cursor.fetchall(), default=str)


def test_undoing_gives_back_what_was_there_byte_for_byte() -> None:
    before = dump("kernel_datedvalue")
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    assert dump("kernel_datedvalue") != before
    undo_batch(batch=batch, by=OPERATOR)
    assert dump("kernel_datedvalue") == before


def test_what_was_undone_can_be_imported_and_undone_again() -> None:
    before = dump("kernel_datedvalue")
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    imported = values()
    batch = undo_batch(batch=batch, by=OPERATOR)
    batch = check_batch(batch=batch, by=OPERATOR)
    assert (batch.state, batch.counts) == ("checked", {"create": 1, "change": 1, "same": 1})
    batch = apply_batch(batch=batch, by=OPERATOR)
    assert (values(), batch.undone_at) == (imported, None)
    undo_batch(batch=batch, by=OPERATOR)
    assert dump("kernel_datedvalue") == before


def test_undoing_twice_undoes_once() -> None:
    batch = undo_batch(batch=apply_batch(batch=checked(MIXED), by=OPERATOR), by=OPERATOR)
    with pytest.raises(WrongState):
        undo_batch(batch=batch, by=OPERATOR)


def test_what_somebody_changed_since_is_listed_and_nothing_is_undone() -> None:
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    DatedValue.objects.filter(key="a").delete()
    DatedValue.objects.filter(key="old").update(value=3)
    now = dump("kernel_datedvalue")
    with pytest.raises(ChangedSince) as refused:
        undo_batch(batch=batch, by=OPERATOR)
    told = [(d.number, d.subject, d.after, d.now) for d in refused.value.differing]
    assert told == [
        (2, "a", {"value": 1, "source": "file"}, None),
        (3, "old", {"value": 2, "source": "file"}, {"value": 3, "source": "file"}),
    ]
    assert changed_since(batch) == refused.value.differing
    batch.refresh_from_db()
    assert (batch.state, dump("kernel_datedvalue")) == ("applied", now)


def test_the_rest_is_undone_on_request() -> None:
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    DatedValue.objects.filter(key="old").update(value=3)
    batch = undo_batch(batch=batch, by=OPERATOR, leave_changed=True)
    assert values() == [("old", 3, "file"), ("same", 5, "x")]
    left = Change.objects.filter(batch=batch).order_by("id").values_list("subject", "left")
    assert list(left) == [("a", False), ("old", True)]
    assert changed_since(batch) == []


def test_everything_changed_since_leaves_nothing_to_undo() -> None:
    batch = apply_batch(batch=checked(csv_of(("a", 1, ""))), by=OPERATOR)
    DatedValue.objects.filter(key="a").update(value=9)
    batch = undo_batch(batch=batch, by=OPERATOR, leave_changed=True)
    assert (batch.state, DatedValue.objects.get(key="a").value) == ("undone", 9)


def test_a_later_import_of_the_same_stands_before_the_earlier() -> None:
    before = values()
    first = apply_batch(batch=checked(csv_of(("a", 1, ""))), by=OPERATOR)
    second = apply_batch(batch=checked(csv_of(("a", 2, ""))), by=OPERATOR)
    with pytest.raises(ChangedSince):
        undo_batch(batch=first, by=OPERATOR)
    undo_batch(batch=second, by=OPERATOR)
    undo_batch(batch=first, by=OPERATOR)
    assert values() == before


class Protected(Toy):
    key = "protected"

    def restore(self, before: Any, context: Any) -> None:
        raise ProtectedError("needed", set())


def test_what_something_else_rests_on_stays() -> None:
    with registered(Protected()):
        batch = apply_batch(batch=checked(MIXED, kind="protected"), by=OPERATOR)
        imported = values()
        with pytest.raises(StillNeeded):
            undo_batch(batch=batch, by=OPERATOR)
    assert (values(), Batch.objects.get(pk=batch.pk).state) == (imported, "applied")


# What is deleted, and when


def long_after(batch: Batch) -> Any:
    return batch.moved_at + KEPT_FOR + (clock.now() - batch.moved_at) * 2


def test_after_ninety_days_the_rows_are_deleted_and_the_counts_stay() -> None:
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    imported, digest = values(), batch.blob_id
    assert empty_old(by=OPERATOR, now=batch.moved_at + KEPT_FOR) == 0
    assert empty_old(by=OPERATOR, now=long_after(batch)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.counts, batch.blob) == (
        "applied",
        {"create": 1, "change": 1, "same": 1},
        None,
    )
    assert (Row.objects.count(), Change.objects.count(), values()) == (0, 0, imported)
    assert Blob.objects.get(pk=digest).doomed_at is not None
    assert acts(batch)[-1] == "imports.batch_emptied"
    assert not may_be_undone(batch)
    with pytest.raises(Emptied) as refused:
        undo_batch(batch=batch, by=OPERATOR)
    assert "90" in sentence_of(refused.value.as_json())
    assert empty_old(by=OPERATOR, now=long_after(batch)) == 0


def test_until_then_it_can_be_undone() -> None:
    batch = apply_batch(batch=checked(MIXED), by=OPERATOR)
    assert may_be_undone(batch)
    assert kept_until(batch) == clock.in_rome(batch.moved_at + KEPT_FOR).date()
    assert not may_be_undone(undo_batch(batch=batch, by=OPERATOR))


@pytest.mark.parametrize(
    ("content", "state"),
    [(b"", "refused"), (csv_of(("x",), headings=("Nulla",)), "dropped"), (MIXED, "dropped")],
)
def test_what_nobody_touched_is_emptied_wherever_it_stands(content: bytes, state: str) -> None:
    batch = checked(content)
    assert empty_old(by=OPERATOR, now=long_after(batch)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.problem, batch.blob, batch.rows.count()) == (state, None, None, 0)


def test_a_batch_whose_file_is_gone_is_emptied_all_the_same() -> None:
    batch = checked(MIXED)
    Batch.objects.filter(pk=batch.pk).update(blob=None)
    with pytest.raises(Unreadable):
        read_batch(batch=batch, by=OPERATOR)
    assert empty_old(by=OPERATOR, now=long_after(batch)) == 1


def test_two_who_empty_at_once_do_it_once() -> None:
    batch = checked(MIXED)
    Batch.objects.filter(pk=batch.pk).update(moved_at=clock.now() - KEPT_FOR * 2)
    old = Q(moved_at__lt=clock.now() - KEPT_FOR)
    assert [_empty(batch.pk, old, OPERATOR), _empty(batch.pk, old, OPERATOR)] == [True, False]


def test_a_file_that_another_batch_holds_stays() -> None:
    old, young = received(MIXED), received(MIXED)
    Batch.objects.filter(pk=old.pk).update(moved_at=clock.now() - KEPT_FOR * 2)
    assert empty_old(by=OPERATOR) == 1
    assert young.blob is not None
    assert Blob.objects.get(pk=young.blob.pk).doomed_at is None
    with blobs.open_blob(young.blob.digest) as content:
        assert content.read() == MIXED
