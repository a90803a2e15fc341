"""Lists brought to the import engine, as tests of this room want them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from tavolo.imports.actions import read_batch, receive_file
from tavolo.imports.models import Batch, Row
from tavolo.imports.queries import sentence_of
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.models import Network


def a_file(headings: Sequence[str], *rows: Sequence[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return text.getvalue().encode()


def checked(
    network: Network,
    headings: Sequence[str],
    *rows: Sequence[object],
    kind: str = "organisations",
    by: Actor = OPERATOR,
    **options: str,
) -> Batch:
    batch = receive_file(
        kind=kind,
        name="elenco.csv",
        chunks=[a_file(headings, *rows)],
        network=network,
        options=options,
        by=by,
    )
    read = read_batch(batch=batch, by=by)
    assert read.state == "checked", sentence_of(read.refusal or read.problem)
    return read


def outcomes(batch: Batch) -> list[str]:
    return list(
        Row.objects.filter(batch=batch).order_by("number").values_list("outcome", flat=True)
    )


def faults(batch: Batch) -> list[str]:
    rows = Row.objects.filter(batch=batch).order_by("number")
    return [sentence_of(fault) for row in rows for fault in row.faults]


def questions(batch: Batch) -> list[tuple[int, str, str]]:
    """Row, subject and label of what somebody has to decide."""
    rows = Row.objects.filter(batch=batch).order_by("number")
    return [(row.number, one["subject"], one["label"]) for row in rows for one in row.likely]


def whole(*models: Any) -> list[Any]:
    """These tables, every byte of them."""
    return [list(model._base_manager.order_by("pk").values()) for model in models]
