"""What is there now under the subjects of a batch."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tavolo.imports.cells import as_json
from tavolo.imports.choices import State
from tavolo.imports.models import Batch, Change
from tavolo.imports.plugs import Context, ImportKind
from tavolo.imports.plugs import State as Thing
from tavolo.imports.preview import asked
from tavolo.imports.queries.batches import changes_of, kind_or_none
from tavolo.kernel import clock


@dataclass(frozen=True)
class Differing:
    """Something that a batch wrote and that is different now; `now` is None where it is gone."""

    number: int
    subject: str
    label: str
    after: Mapping[str, Any] | None
    now: Mapping[str, Any] | None


def states_there(batch: Batch, subjects: Collection[str]) -> Mapping[str, Thing]:
    """What is there now under these subjects of the batch's kind. Refuses with KindFailed."""
    kind = kind_or_none(batch.kind)
    if kind is None or not subjects:
        return {}
    context = Context(on=clock.today(), network=batch.network)
    return asked(lambda: kind.states(subjects, context))


def changed_since(batch: Batch) -> list[Differing]:
    """What is not any more as the batch left it; nothing for a batch that is not imported.

    Costs one question to the kind. Refuses with KindFailed.
    """
    kind = kind_or_none(batch.kind)
    if batch.state != State.APPLIED or kind is None:
        return []
    context = Context(on=clock.today(), network=batch.network)
    return differing(kind, list(changes_of(batch)), context)


def differing(kind: ImportKind, changes: Sequence[Change], context: Context) -> list[Differing]:
    """Which of these changes are not as they were written."""
    subjects = [change.subject for change in changes]
    now = asked(lambda: kind.states(subjects, context)) if subjects else {}
    return [
        Differing(
            change.number, change.subject, change.label, change.after, now.get(change.subject)
        )
        for change in changes
        if not same_state(change.after, now.get(change.subject))
    ]


def same_state(kept: Thing | None, now: Thing | None) -> bool:
    """Whether two states are the same, however JSON went and came."""
    return kept == now or asked(lambda: as_json(kept) == as_json(now))
