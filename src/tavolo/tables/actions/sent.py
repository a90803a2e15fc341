"""Taking back that somebody was sent to a seat."""

from django.db import transaction

from tavolo.kernel.actor import Actor
from tavolo.registry.actions.recorded import withdrawn
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.common import runs, told
from tavolo.tables.facts import DelegateEnded
from tavolo.tables.models import Delegate


@transaction.atomic
def withdraw_delegate(*, delegate: Delegate, reason: str, by: Actor) -> Delegate:
    """Say that she was never sent. Refuses with NotAllowed, ReasonMissing, AlreadySuperseded."""
    runs(by, delegate.body)
    if not reason.strip():
        raise ReasonMissing
    withdrawn(delegate)
    fact = DelegateEnded(delegate.seat, delegate.person.uid)
    told("tables.delegate_withdrawn", delegate, by, fact, {"reason": reason.strip()})
    return delegate
