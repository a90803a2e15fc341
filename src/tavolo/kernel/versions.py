"""Optimistic locking: who saves second is told so and sees both versions (decision 6)."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.kernel.models import Keyed, Versioned

V = TypeVar("V", bound=Versioned)


def save_version(row: V, *, expected: int, fields: Iterable[str]) -> V:
    """Compare and swap: write `fields` of `row` where its version is still `expected`.

    Refuses with StaleVersion(theirs, yours) where somebody saved first, NotFound where it is gone.
    """
    names = set(fields) | _folded(row)
    values = {name: getattr(row, name) for name in names}
    manager = type(row)._base_manager
    with transaction.atomic():
        swapped = manager.filter(pk=row.pk, version=expected).update(**values, version=expected + 1)
    if not swapped:
        theirs = manager.filter(pk=row.pk).first()
        if theirs is None:
            raise NotFound
        raise StaleVersion(theirs=theirs, yours=row)
    row.version = expected + 1
    return row


def _folded(row: Model) -> set[str]:
    """Fold a named row's keys anew, and name what has to be written with it."""
    if not isinstance(row, Keyed):
        return set()
    row.fold()
    return {"name", "sort_key", "search_key"}
