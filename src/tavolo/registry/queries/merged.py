"""Whose rows speak of an organisation: its own and those of all that turned out to be it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tavolo.registry.models import Organisation


def known_as(
    organisations: Iterable[Organisation], *, known_at: datetime | None = None
) -> dict[int, frozenset[int]]:
    """For each of them, by primary key, the keys of the rows that are it, its own among them; one query.

    As it was known on an instant: only what had been merged by then.
    """
    merged: dict[int, list[int]] = {}
    rows = Organisation.objects.filter(merged_into__isnull=False)
    if known_at is not None:
        rows = rows.filter(merged_at__lte=known_at)
    for row in rows.only("pk", "merged_into"):
        merged.setdefault(row.merged_into_id or 0, []).append(row.pk)
    return {one.pk: _all_of(one.pk, merged) for one in organisations}


def bearers(known: Mapping[int, frozenset[int]]) -> dict[int, list[int]]:
    """The other way round: by the key of a row, of which of the asked it speaks."""
    found: dict[int, list[int]] = {}
    for asked, rows in known.items():
        for row in rows:
            found.setdefault(row, []).append(asked)
    return found


def _all_of(organisation: int, merged: Mapping[int, list[int]]) -> frozenset[int]:
    found, waiting = {organisation}, [organisation]
    while waiting:
        news = set(merged.get(waiting.pop(), ())) - found
        found |= news
        waiting += news
    return frozenset(found)
