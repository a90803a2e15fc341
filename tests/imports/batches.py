"""Batches of the toy kind, as tests want them."""

from collections.abc import Mapping
from typing import Any

from tavolo.imports.actions import read_batch, receive_file
from tavolo.imports.models import Batch, Change, Row
from tavolo.journal.models import Entry
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.models import DatedValue, Network


def received(
    content: bytes,
    *,
    kind: str = "toy_values",
    network: Network | None = None,
    options: Mapping[str, str] | None = None,
    by: Actor = OPERATOR,
) -> Batch:
    return receive_file(
        kind=kind,
        name="valori.csv",
        chunks=[content],
        network=network,
        options=options or {},
        by=by,
    )


def checked(content: bytes, *, by: Actor = OPERATOR, **more: Any) -> Batch:
    return read_batch(batch=received(content, by=by, **more), by=by)


def values() -> list[tuple[str, Any, str]]:
    return list(DatedValue.objects.order_by("key").values_list("key", "value", "source"))


def outcomes(batch: Batch) -> dict[int, str]:
    return dict(Row.objects.filter(batch=batch).values_list("number", "outcome"))


def faults(batch: Batch) -> dict[int, list[tuple[str, str]]]:
    told = Row.objects.filter(batch=batch).exclude(faults=[]).order_by("number")
    return {row.number: [(f["field"], f["message"]) for f in row.faults] for row in told}


def acts(batch: Batch) -> list[str]:
    return list(
        Entry.objects.filter(subject_uid=batch.uid).order_by("id").values_list("action", flat=True)
    )


def kept(batch: Batch) -> list[Any]:
    found = Change.objects.filter(batch=batch).order_by("number", "id")
    return list(found.values_list("number", "subject", "before", "after"))
