"""Named reads of persons, invitations, sessions and second factors."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.people.choices import RequestState
from tavolo.people.models import (
    OPEN,
    Account,
    ApiToken,
    CorrectionRequest,
    Identity,
    Invitation,
    Person,
    Session,
)
from tavolo.people.plugs import HeldAbout, PersonalData, personal_data
from tavolo.people.rules import Knowledge, may_see_data
from tavolo.people.traces import emails_of


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


def demonstration_code() -> str:
    """The number of the demonstration's request about personal data."""
    return "2026-ESEMPIO2"


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def account_by_email(email: str) -> Account | None:
    return Account.objects.filter(email=email.strip().lower()).select_related("person").first()


def active_accounts(persons: Iterable[Person]) -> dict[int, Account]:
    """Those of these persons who can sign in, by the person's primary key; one query."""
    found = Account.objects.filter(person__in=list(persons), is_active=True)
    return {account.person_id: account for account in found}


def accounts_of(persons: QuerySet[Any] | Iterable[Person]) -> dict[int, Account]:
    """The accounts of these persons, whether they were ever used or not; one query."""
    return {row.person_id: row for row in Account.objects.filter(person__in=persons)}


def sessions_of(account: Account) -> QuerySet[Session]:
    """The sessions in which the account is signed in, the last used first."""
    return Session.objects.filter(account=account, expire_date__gt=clock.now()).order_by(
        "-seen_at", "uid"
    )


def factors_of(account: Account) -> QuerySet[Authenticator]:
    """Her app and her passkeys; recovery codes stand in for them and are none themselves."""
    return _factors().filter(user=account)


def account_in_session(pk: Any) -> Account | None:
    """Whose session it is, with her person and whether she has a second factor; one query."""
    hers = _factors().filter(user=OuterRef("pk"))
    rows = Account.objects.select_related("person").annotate(has_factor=Exists(hers))
    return rows.filter(pk=pk).first()


def has_second_factor(account: Account) -> bool:
    """Whether signing in asks this account for more than the password."""
    return factors_of(account).exists()


def has_app(account: Account) -> bool:
    """Whether an app makes codes for this account."""
    return factors_of(account).filter(type=Authenticator.Type.TOTP).exists()


def passkeys_of(account: Account) -> QuerySet[Authenticator]:
    """Her passkeys, the first to be made first."""
    return factors_of(account).filter(type=Authenticator.Type.WEBAUTHN).order_by("id")


def is_last_factor(account: Account, factor: Authenticator) -> bool:
    """Whether she would have none left without it."""
    return not factors_of(account).exclude(pk=factor.pk).exists()


def may_work(account: Account) -> bool:
    """Whether the work area is open: with a second factor, or as a demonstration account in a demonstration."""
    if is_exempt(account):
        return True
    # Told with the row where it was read for a session.
    told: bool | None = getattr(account, "has_factor", None)
    return has_second_factor(account) if told is None else told


def is_exempt(account: Account) -> bool:
    return account.demonstration and installation().demonstration


def tokens_of(account: Account) -> QuerySet[ApiToken]:
    """Every key for programs that she made, the latest first."""
    return ApiToken.objects.filter(account=account).order_by("-id")


def tokens_in_force(account: Account) -> QuerySet[ApiToken]:
    """Those of her keys that a program can still use."""
    return ApiToken.objects.filter(_in_force(), account=account)


def token_shown(text: str) -> ApiToken | None:
    """The key that a program shows, while it is in force and its account may work; else None."""
    rows = ApiToken.objects.filter(_in_force(), digest=digest_of_token(text))
    found = rows.select_related("account__person").first()
    return found if found and may_sign_in(found.account) and may_work(found.account) else None


def _in_force() -> Q:
    return Q(revoked_at__isnull=True, expires_at__gt=clock.now())


def may_sign_in(account: Account) -> bool:
    """Whether the account is open; those of the demonstration are so in a demonstration only."""
    return account.is_active and (not account.demonstration or is_exempt(account))


def identities_of(account: Account) -> QuerySet[Identity]:
    """The identities by which she signs in, in the order of their providers."""
    return Identity.objects.filter(account=account).order_by("provider")


def account_behind(*, issuer: str, subject: str) -> Account | None:
    """Whose account is bound to what a provider calls somebody; None where nobody bound one."""
    found = Identity.objects.filter(issuer=issuer, subject=subject)
    row = found.select_related("account__person").first()
    return row.account if row else None


def rooms_that_hold() -> list[PersonalData]:
    """Every room's share of what is held about persons, in the order in which it is shown."""
    return sorted(personal_data, key=lambda plug: (plug.order, plug.key))


def knowledge_of(person: Person) -> Knowledge:
    """Who knows her, for the rules on her data."""
    networks = frozenset(uid for plug in personal_data for uid in plug.known_in(person))
    signs_in = Account.objects.filter(person=person, is_active=True).exists()
    return Knowledge(person.uid, networks, signs_in)


def person_known_to(actor: Actor, uid: UUID) -> Person:
    """Somebody whose data the actor may see. Refuses with NotFound anybody else."""
    person = Person.objects.filter(uid=uid).first()
    if person is None or not may_see_data(actor, knowledge_of(person)):
        raise NotFound
    return person


def held_about(person: Person) -> list[tuple[PersonalData, list[HeldAbout]]]:
    """What each room holds about her; rooms that hold nothing are left out."""
    found = [(plug, list(plug.held(person))) for plug in rooms_that_hold()]
    return [(plug, held) for plug, held in found if held]


def data_of(person: Person) -> dict[str, Any]:
    """The same as plain values, to be written as JSON."""
    return {
        "person": str(person.uid),
        "told_at": clock.now().isoformat(),
        "held": [
            {
                "room": plug.key,
                "label": str(plug.label),
                "rows": [_row(each) for each in held],
            }
            for plug, held in held_about(person)
        ],
    }


def _row(held: HeldAbout) -> dict[str, str]:
    return {"what": held.label, "says": held.value, "since": held.since, "source": held.source}


def requests_of(person: Person) -> QuerySet[CorrectionRequest]:
    """What was asked from one of her addresses, the latest first."""
    return CorrectionRequest.objects.filter(email__in=emails_of(person)).order_by("-id")


def requests_to(network: Network | None) -> QuerySet[CorrectionRequest]:
    """What a network has to answer; with None what concerns none. By `place` those that wait are first."""
    waits = When(state=RequestState.WAITING, then=Value(0))
    place = Case(waits, default=Value(1), output_field=IntegerField())
    rows = CorrectionRequest.objects.filter(network=network).select_related("network")
    return rows.annotate(place=place).order_by("place", "id")


def _factors() -> QuerySet[Authenticator]:
    rows: QuerySet[Authenticator] = Authenticator.objects.all()
    return rows.exclude(type=Authenticator.Type.RECOVERY_CODES)
