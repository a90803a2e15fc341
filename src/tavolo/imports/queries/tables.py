"""Tables that leave: what is there, and rows with faults to be mended elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tavolo.imports.cells import read_texts
from tavolo.imports.choices import Outcome
from tavolo.imports.models import Batch
from tavolo.imports.plugs import Context, Field, ImportKind
from tavolo.imports.queries.batches import kind_or_none, rows_of, sentence_of
from tavolo.imports.rules import may_import
from tavolo.imports.values import written
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network


@dataclass(frozen=True)
class Leaving:
    """A table for `writing.write_table`; the rows can be gone through once."""

    headings: Sequence[str]
    rows: Iterator[Sequence[Any]]


def export_of(
    kind: ImportKind,
    *,
    network: Network | None,
    actor: Actor,
    options: Mapping[str, str] | None = None,
) -> Leaving:
    """What is there, under the headings by which it can be imported again.

    `options` narrow it as the kind says; one that is missing or wrong is left out. Refuses with
    NotFound whoever may not import the kind there.
    """
    if not may_import(actor, kind, network):
        raise NotFound
    chosen, _faults = read_texts(kind.options, options or {})
    context = Context(on=clock.today(), actor=actor, network=network, options=chosen)
    fields = tuple(kind.fields)
    rows = (
        [written(field.read, values.get(field.key)) for field in fields]
        for values in kind.export(context)
    )
    return Leaving([str(field.label) for field in fields], rows)


def faulty_table(batch: Batch) -> Leaving:
    """The rows with faults as they stand, under the file's own headings, with their faults beside."""
    kind = kind_or_none(batch.kind)
    fields = kind.fields if kind else ()
    rows = (
        [*row.cells, _faults_of(row.faults, fields)]
        for row in rows_of(batch, Outcome.FAULT).iterator(chunk_size=500)
    )
    return Leaving([*batch.headings, _("What is wrong")], rows)


def _faults_of(faults: Sequence[Mapping[str, Any]], fields: Sequence[Field]) -> str:
    labels = {field.key: str(field.label) for field in fields}
    return " ".join(
        f"{labels[fault['field']]}: {sentence_of(fault)}"
        if fault["field"] in labels
        else sentence_of(fault)
        for fault in faults
    )
