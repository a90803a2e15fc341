"""Keys for programs: made, revoked, and looked up when a program shows one."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.facts import announce
from tavolo.people import rules
from tavolo.people.actions.common import require, words
from tavolo.people.choices import TokenScope
from tavolo.people.errors import NameMissing, NothingAllowed, TokenTooLong, TooManyTokens
from tavolo.people.facts import TokenMade, TokenRevoked
from tavolo.people.letters import send_letter
from tavolo.people.models import Account, ApiToken
from tavolo.people.queries import digest_of_token, tokens_in_force
from tavolo.ui.words import instant_words

BEGINNING = "tvl_"
SHOWN = 10  # signs by which she knows it again
LONGEST = timedelta(days=366)
MOST = 20
USED_EVERY = timedelta(minutes=5)


@transaction.atomic
def make_token(
    *, account: Account, name: str, days: int, scopes: Collection[str], by: Actor
) -> tuple[ApiToken, str]:
    """Make a key for programs, valid for so many days; returns it with its text, which is kept nowhere.

    A letter tells its owner. Refuses with NotAllowed anybody but herself, NameMissing, NothingAllowed,
    TokenTooLong, TooManyTokens.
    """
    require(rules.may_keep_ways_in(by, account.person.uid))
    allowed = sorted(set(scopes) & set(TokenScope.values))
    _check(account, words(name), days, allowed)
    text = BEGINNING + secrets.token_urlsafe(32)
    now = clock.now()
    row = ApiToken.objects.create(
        account=account,
        name=words(name),
        digest=digest_of_token(text),
        prefix=text[:SHOWN],
        scopes=allowed,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    told = {"token": row.prefix, "scopes": allowed, "until": row.expires_at}
    record(action="people.token_made", actor=by, subject=row, values=told)
    announce(TokenMade(account.person.uid, row.uid))
    send_letter("token_made", account.email, token=row, at=instant_words(now))
    return row, text


def _check(account: Account, name: str, days: int, scopes: Collection[str]) -> None:
    # Of two made at once the second waits here, and counts the first.
    Account.objects.select_for_update().get(pk=account.pk)
    if not name:
        raise NameMissing
    if not scopes:
        raise NothingAllowed
    if not timedelta(0) < timedelta(days=days) <= LONGEST:
        raise TokenTooLong
    if tokens_in_force(account).count() >= MOST:
        raise TooManyTokens


@transaction.atomic
def revoke_token(*, account: Account, token: UUID, by: Actor) -> ApiToken:
    """Take a key back, at once and for good; again it does nothing.

    Refuses with NotAllowed anybody but herself, NotFound what is none of hers.
    """
    require(rules.may_keep_ways_in(by, account.person.uid))
    row = ApiToken.objects.select_for_update().filter(account=account, uid=token).first()
    if row is None:
        raise NotFound
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        record(action="people.token_revoked", actor=by, subject=row, values={"token": row.prefix})
        announce(TokenRevoked(account.person.uid, row.uid))
    return row


def note_token_use(token: ApiToken) -> None:
    """Keep when a key was last used, to five minutes: its owner sees it in the list."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def record_by_token(*, token: ApiToken, address: str, by: Actor) -> None:
    """Enter beside an act that a program did it, by which key and at which address."""
    told = {"token": token.prefix, "address": address}
    record(action="people.acted_by_token", actor=by, subject=token, values=told)
