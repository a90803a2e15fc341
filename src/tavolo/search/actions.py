"""What is written for the index, with the act itself."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from tavolo.kernel import clock
from tavolo.search.models import SearchChange


def note_change(subject: Model) -> SearchChange:
    """Say, in the caller's transaction, that a row (with a `uid`) was made, changed or withdrawn.

    Refuses (RuntimeError) outside a transaction: the index would learn of what never came about.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A change for the index was noted outside a transaction.")
    return SearchChange.objects.create(
        kind=subject._meta.label_lower,  # Django's documented name of a model
        uid=subject.uid,  # type: ignore[attr-defined]
        changed_at=clock.now(),
    )


def note_changes(subjects: Iterable[Model]) -> None:
    """The same of many rows, as an import makes them. Refuses (RuntimeError) outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Changes for the index were noted outside a transaction.")
    at = clock.now()
    SearchChange.objects.bulk_create(
        (
            SearchChange(
                kind=subject._meta.label_lower,
                uid=subject.uid,  # type: ignore[attr-defined]
                changed_at=at,
            )
            for subject in subjects
        ),
        batch_size=500,
    )
