"""Ending sessions: the row goes, and with it the right of whoever holds the key."""

from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.facts import announce
from tavolo.people import rules
from tavolo.people.actions.common import require
from tavolo.people.facts import SessionsEnded
from tavolo.people.models import Account, Session
from tavolo.people.sessions import digest_of


@transaction.atomic
def end_session(*, account: Account, session: UUID, by: Actor) -> None:
    """End one session of an account. Refuses with NotAllowed, and NotFound where it has none such."""
    require(rules.may_end_sessions(by, account.person.uid))
    ended, _each = Session.objects.filter(account=account, uid=session).delete()
    if not ended:
        raise NotFound
    _tell(account, ended, by)


@transaction.atomic
def end_other_sessions(*, account: Account, keep: str, by: Actor) -> int:
    """End every session of an account but the one whose key is `keep`; returns how many ended.

    Refuses with NotAllowed.
    """
    require(rules.may_end_sessions(by, account.person.uid))
    ended = end_all_but(account, keep)
    if ended:
        _tell(account, ended, by)
    return ended


def end_all_but(account: Account, keep: str) -> int:
    """The write itself, for actions that have asked their own rule; "" keeps none."""
    rows = Session.objects.filter(account=account)
    if keep:
        rows = rows.exclude(session_key=digest_of(keep))
    ended, _each = rows.delete()
    return ended


def forget_expired() -> int:
    """Drop the sessions that are over; returns how many."""
    dropped, _each = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return dropped


def _tell(account: Account, count: int, by: Actor) -> None:
    record(
        action="people.sessions_ended", actor=by, subject=account.person, values={"count": count}
    )
    announce(SessionsEnded(account.person.uid, count))
