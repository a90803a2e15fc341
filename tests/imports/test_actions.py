from typing import Any

import pytest

from tavolo.imports.actions import apply_batch, read_batch, receive_file, undo_batch
from tavolo.imports.models import Batch
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import DatedValue
from tests.imports.toy import csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy")]


def received(content: bytes, **more: Any) -> Batch:
    return receive_file(
        kind="toy_values",
        name="valori.csv",
        chunks=[content],
        network=more.pop("network", None),
        options=more.pop("options", {}),
        by=more.pop("by", OPERATOR),
    )


def checked(content: bytes, **more: Any) -> Batch:
    by = more.get("by", OPERATOR)
    return read_batch(batch=received(content, **more), by=by)


def values() -> list[Any]:
    return list(DatedValue.objects.order_by("key").values_list("key", "value", "source"))


def test_a_file_becomes_rows_and_can_be_undone() -> None:
    batch = checked(csv_of(("a", 1, "here"), ("b", 2, "")))
    assert (batch.state, batch.counts) == ("checked", {"create": 2})
    batch = apply_batch(batch=batch, by=OPERATOR)
    assert (batch.state, values()) == ("applied", [("a", 1, "here"), ("b", 2, "")])
    batch = undo_batch(batch=batch, by=OPERATOR)
    assert (batch.state, values()) == ("undone", [])
