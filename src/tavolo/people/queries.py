"""Named reads of persons, invitations, sessions and second factors."""

import hashlib
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.people.models import OPEN, Account, Invitation, Person, Session


def digest_of_token(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_open() -> Q:
    """Invitations that can still be accepted."""
    return OPEN & Q(expires_at__gt=clock.now())


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, where it can still be accepted."""
    return (
        Invitation.objects.filter(is_open(), digest=digest_of_token(token))
        .select_related("network", "person")
        .first()
    )


def invitations_waiting(network: Network) -> QuerySet[Invitation]:
    """What was neither accepted nor revoked in a network, the newest first; expired ones too."""
    return (
        Invitation.objects.filter(OPEN, network=network)
        .select_related("person")
        .order_by("-created_at", "-id")
    )


def invitation_address(token: str) -> str:
    """The whole address of an invitation, for a letter or a terminal."""
    return settings.TAVOLO_BASE_URL + reverse("people:invitation", args=[token])


def demonstration_token() -> str:
    """The token of the demonstration's open invitation: known here, and to nobody outside."""
    return salted_hmac("tavolo.people.demonstration", "invitation", algorithm="sha256").hexdigest()


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def account_by_email(email: str) -> Account | None:
    return Account.objects.filter(email=email.strip().lower()).select_related("person").first()


def active_accounts(persons: Iterable[Person]) -> dict[int, Account]:
    """Those of these persons who can sign in, by the person's primary key; one query."""
    found = Account.objects.filter(person__in=list(persons), is_active=True)
    return {account.person_id: account for account in found}


def sessions_of(account: Account) -> QuerySet[Session]:
    """The sessions in which the account is signed in, the last used first."""
    return Session.objects.filter(account=account, expire_date__gt=clock.now()).order_by(
        "-seen_at", "uid"
    )


def has_second_factor(account: Account) -> bool:
    """Whether signing in asks this account for a code."""
    held = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return bool(held.exists())


def may_work(account: Account) -> bool:
    """Whether the work area is open: with a second factor, or as a demonstration account in a demonstration."""
    return is_exempt(account) or has_second_factor(account)


def is_exempt(account: Account) -> bool:
    return account.demonstration and installation().demonstration
