"""A double click or a resent request does nothing twice: a form's key is kept with its result."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest
from tavolo.kernel.models import FormKey

KEPT_FOR = timedelta(hours=24)


def once(key: str | UUID | None, *, by: UUID | None, do: Callable[[], str]) -> str:
    """Do it in one transaction with the note that it was done; the same key again gives the first result.

    `do` returns what the answer needs, usually an address. A refusal undoes the note with the act, so that
    a corrected form can be sent again. Refuses with BadRequest a key that is no UUID or another person's.
    """
    uid = _uid(key)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = FormKey.objects.create(key=uid, person=by, result="", created_at=clock.now())
        except IntegrityError:
            return _earlier(uid, by)
        row.result = do()
        row.save(update_fields=["result"])
        return row.result


def forget_old() -> int:
    """Drop the keys that are older than a day; returns how many."""
    dropped, _each = FormKey.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()
    return dropped


def _earlier(uid: UUID, by: UUID | None) -> str:
    earlier = FormKey.objects.get(key=uid)
    if earlier.person != by:
        raise BadRequest
    return earlier.result


def _uid(key: str | UUID | None) -> UUID:
    try:
        return UUID(str(key))
    except ValueError as fault:
        raise BadRequest from fault
