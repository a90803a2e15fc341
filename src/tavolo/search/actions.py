"""What is written for the index, with the act itself."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.db.models import Model

from tavolo.kernel import clock
from tavolo.search.models import SearchChange

CHUNK = 500
# Instead of a model: everything has to be looked at again.
EVERYTHING = "*"
OUTSIDE = "A change for the index was noted outside a transaction."


def note_change(subject: Model) -> None:
    """Say, in the caller's transaction, that a row (with a `uid`) was made, changed or withdrawn.

    Refuses (RuntimeError) outside a transaction: the index would learn of what never came about.
    """
    note_changes([subject])


def note_changes(subjects: Iterable[Model]) -> None:
    """As `note_change`, for many at once; a query for each 500."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(OUTSIDE)
    now = clock.now()
    SearchChange.objects.bulk_create(
        (
            SearchChange(
                kind=subject._meta.label_lower,  # Django's documented name of a model
                uid=subject.uid,  # type: ignore[attr-defined]
                changed_at=now,
            )
            for subject in subjects
        ),
        batch_size=CHUNK,
    )


def note_everything() -> None:
    """Have the index built anew: for imports that touch whatever there is. Refuses as `note_change`."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(OUTSIDE)
    SearchChange.objects.create(kind=EVERYTHING, uid=uuid4(), changed_at=clock.now())
