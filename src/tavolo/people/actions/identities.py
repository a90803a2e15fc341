"""Identities of a provider: linked with one's own account, and taken away again."""

from uuid import UUID

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.facts import announce
from tavolo.people import rules
from tavolo.people.actions.common import require
from tavolo.people.errors import AlreadyLinked, IdentityOfAnother
from tavolo.people.facts import IdentityLinked, IdentityUnlinked
from tavolo.people.letters import send_letter
from tavolo.people.models import Account, Identity
from tavolo.people.queries import account_behind
from tavolo.ui.words import instant_words


@transaction.atomic
def link_identity(
    *, account: Account, provider: str, issuer: str, subject: str, name: str, by: Actor
) -> Identity:
    """Let her sign in as what the provider calls her; `name` is what people call the provider.

    A letter tells her. Again the same does nothing. Refuses with NotAllowed anybody but herself,
    IdentityOfAnother, and AlreadyLinked where the account has another identity of this provider.
    """
    require(rules.may_keep_ways_in(by, account.person.uid))
    holder = account_behind(issuer=issuer, subject=subject)
    if holder is not None and holder.pk != account.pk:
        raise IdentityOfAnother
    if holder is not None:
        return Identity.objects.get(issuer=issuer, subject=subject)
    try:
        with transaction.atomic():
            row = Identity.objects.create(
                account=account,
                provider=provider,
                issuer=issuer,
                subject=subject,
                linked_at=clock.now(),
            )
    except IntegrityError as fault:
        raise AlreadyLinked from fault
    record(action="people.identity_linked", actor=by, subject=row, values={"provider": provider})
    announce(IdentityLinked(account.person.uid, row.uid))
    send_letter("identity_linked", account.email, provider=name, at=instant_words(row.linked_at))
    return row


@transaction.atomic
def unlink_identity(*, account: Account, identity: UUID, name: str, by: Actor) -> None:
    """Nobody signs in by it any more. Refuses with NotAllowed, and NotFound what is none of hers."""
    require(rules.may_keep_ways_in(by, account.person.uid))
    row = Identity.objects.filter(account=account, uid=identity).first()
    if row is None:
        raise NotFound
    record(
        action="people.identity_unlinked", actor=by, subject=row, values={"provider": row.provider}
    )
    announce(IdentityUnlinked(account.person.uid, row.uid))
    row.delete()
    send_letter("identity_unlinked", account.email, provider=name, at=instant_words(clock.now()))


def note_identity_use(*, issuer: str, subject: str) -> None:
    """Keep when somebody last signed in by it: she sees it in the list."""
    Identity.objects.filter(issuer=issuer, subject=subject).update(last_used_at=clock.now())
