"""Which municipality went into which, entered once and made more complete later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tavolo.territory.models import Succession


@dataclass(frozen=True)
class Passage:
    """That one municipality, by primary key, went into another on a day, wholly or in part."""

    predecessor: int
    successor: int
    day: date
    kind: str
    act: str = ""
    source: str = ""


def enter_passages(passages: Iterable[Passage]) -> int:
    """Enter those that are not there; an act that was not known is added. Returns how many changed.

    Two queries to look, and one each to make and to complete.
    """
    wanted = {(p.predecessor, p.successor, p.day): p for p in passages}
    there = {
        (row.predecessor_id, row.successor_id, row.day): row
        for row in Succession.objects.filter(day__in={day for _from, _into, day in wanted})
    }
    made = [
        Succession(
            predecessor_id=passage.predecessor,
            successor_id=passage.successor,
            day=passage.day,
            kind=passage.kind,
            act=passage.act,
            source=passage.source,
        )
        for key, passage in wanted.items()
        if key not in there
    ]
    Succession.objects.bulk_create(made)
    return len(made) + _complete(there, wanted)


def _complete(
    there: dict[tuple[int, int, date], Succession], wanted: dict[tuple[int, int, date], Passage]
) -> int:
    richer = []
    for key, row in there.items():
        passage = wanted.get(key)
        if passage is not None and passage.act and not row.act:
            row.act, row.source, row.kind = passage.act, passage.source, passage.kind
            richer.append(row)
    Succession.objects.bulk_update(richer, ["act", "source", "kind"])
    return len(richer)
