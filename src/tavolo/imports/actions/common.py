"""What every action on a batch begins and ends with."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from tavolo.imports.cells import read_texts
from tavolo.imports.choices import State, Work
from tavolo.imports.errors import (
    ChangedMeanwhile,
    Emptied,
    OptionsWrong,
    StillUnderWay,
    UnknownKind,
    WrongState,
)
from tavolo.imports.models import Batch
from tavolo.imports.plugs import Context, ImportKind, import_kinds
from tavolo.imports.retention import KEPT_DAYS
from tavolo.imports.rules import may_import
from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.facts import Fact, announce
from tavolo.kernel.schedule import is_pending

LOOKED_AT = {State.READ, State.CHECKED}


def kind_of(key: str) -> ImportKind:
    """Refuses with UnknownKind (404) what is not registered."""
    try:
        return import_kinds.get(key)
    except KeyError as fault:
        raise UnknownKind from fault


def look(
    batch: Batch,
    *,
    by: Actor,
    states: Collection[State],
    version: int | None = None,
    job: UUID | None = None,
) -> Batch:
    """The batch as it stands now, for work that takes long and writes nothing yet.

    `version` is the one that the actor looked at, `job` the background job that does this.
    Refuses with NotFound whoever may not import that kind there, StillUnderWay while another job
    works on it, ChangedMeanwhile, Emptied, WrongState.
    """
    row = Batch.objects.select_related("network", "blob").filter(pk=batch.pk).first()
    return _let(row, by, states, version, job)


def hold(
    batch: Batch,
    *,
    by: Actor,
    states: Collection[State],
    version: int | None = None,
    job: UUID | None = None,
) -> Batch:
    """The same with its row locked until the transaction ends: whoever comes second waits, and is told."""
    locked = Batch.objects.select_for_update(of=("self",)).select_related("network", "blob")
    return _let(locked.filter(pk=batch.pk).first(), by, states, version, job)


def _let(
    row: Batch | None,
    by: Actor,
    states: Collection[State],
    version: int | None,
    job: UUID | None,
) -> Batch:
    if row is None or not may_import(by, kind_of(row.kind), row.network):
        raise NotFound
    mine = job is not None and job == row.job
    if not mine and (job is not None or under_way(row)):
        raise StillUnderWay
    if version not in {None, row.version}:
        raise ChangedMeanwhile
    if row.emptied_at:
        raise Emptied(days=KEPT_DAYS)
    if row.state not in states:
        raise WrongState
    return row


def under_way(batch: Batch) -> bool:
    """Whether a job works on it, or waits for its turn; one that is lost does neither."""
    return bool(batch.work) and batch.job is not None and is_pending(batch.job)


def settle(batch: Batch, **values: Any) -> None:
    """Write what a work has come to: `values`, no work under way any more, one version on."""
    told = {"work": Work.NONE, "job": None, "problem": None, **values}
    for name, value in told.items():
        setattr(batch, name, value)
    batch.version += 1
    batch.moved_at = clock.now()
    batch.save(update_fields=[*told, "version", "moved_at"])


def enter(
    batch: Batch,
    action: str,
    *,
    by: Actor,
    fact: type[Fact] | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Record an act on the batch in the journal of its network and announce it."""
    record(
        action=f"imports.{action}",
        actor=by,
        subject=batch,
        network=batch.network,
        values={"kind": batch.kind, **(values or {})},
    )
    if fact is not None:
        announce(fact(batch=batch.uid, kind=batch.kind), network=batch.network)  # type: ignore[call-arg]


def context_of(batch: Batch, *, by: Actor, **more: Any) -> Context:
    """What a kind is told: the day, the actor, the network, the options as values.

    Refuses with OptionsWrong.
    """
    return Context(
        on=clock.today(),
        actor=by,
        network=batch.network,
        options=options_of(kind_of(batch.kind), batch.options),
        **more,
    )


def options_of(kind: ImportKind, texts: Mapping[str, str]) -> dict[str, Any]:
    """The options as values. Refuses with OptionsWrong, which lists the faults by field."""
    values, faults = read_texts(kind.options, texts)
    if faults:
        labels = {field.key: str(field.label) for field in kind.options}
        raise OptionsWrong(faults, fields=", ".join(labels[f["field"]] for f in faults))
    return values
