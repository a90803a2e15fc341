"""Accounts: those of the demonstration, and a password that takes the place of another."""

import logging
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.network import installation
from tavolo.people import rules
from tavolo.people.actions.common import account_for, cleaned_email, name_person, own, require
from tavolo.people.actions.sessions import end_all_but
from tavolo.people.errors import AccountExists, DemonstrationOnly, NoSuchAccount
from tavolo.people.facts import AccountCreated, PasswordReplaced, SecondFactorTakenOff
from tavolo.people.letters import send_letter
from tavolo.people.models import Account
from tavolo.ui.words import instant_words

logger = logging.getLogger("tavolo.people")


@transaction.atomic
def create_account(
    *,
    email: str,
    given_name: str,
    family_name: str,
    password: str,
    hashed: bool = False,
    demonstration: bool = False,
    by: Actor,
) -> Account:
    """Make a person with an account that can sign in at once, without an invitation.

    `hashed` says that the password comes as `make_password` gives it: hashing is made to be slow, and the
    accounts of a demonstration share one password.
    Somebody invited before is the same person. Refuses with NotAllowed for anybody but the operator,
    DemonstrationOnly where a demonstration account is wanted elsewhere, AccountExists, UnusableAddress,
    NameMissing.
    """
    require(rules.may_create_account(by))
    if demonstration and not installation().demonstration:
        raise DemonstrationOnly
    account = account_for(cleaned_email(email), given_name=given_name, family_name=family_name)
    if account.activated_at is not None:
        raise AccountExists
    person = account.person
    name_person(person, given_name, family_name)
    person.save()
    account.demonstration = demonstration
    account.is_active, account.activated_at = True, clock.now()
    account.password = password if hashed else make_password(password)
    account.save()
    record(
        action="people.account_created",
        actor=by,
        subject=person,
        values={"email": account.email, "name": person.name},
    )
    announce(AccountCreated(person.uid))
    return account


@transaction.atomic
def replace_password(*, account: Account, password: str, keep_session: str = "") -> None:
    """Give an account another password, validated by the form, and end its other sessions.

    `keep_session` is the key of the one in which it happens. A letter tells the person.
    """
    account.set_password(password)
    account.save(update_fields=["password"])
    end_all_but(account, keep_session)
    record(action="people.password_replaced", actor=own(account.person), subject=account.person)
    announce(PasswordReplaced(account.person.uid))
    send_letter("password_replaced", account.email, at=instant_words(clock.now()))


@transaction.atomic
def forget_app(*, account: Account) -> None:
    """The app that made codes makes none any more: another takes its place in the same transaction.

    Without an app it does nothing.
    """
    app = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    if app.exists():
        app.delete()
        record(action="people.app_replaced", actor=own(account.person), subject=account.person)


def send_reset_letter(*, account: UUID) -> bool:
    """Write the letter with the link for another password; False where no such account may sign in.

    The link is valid for two hours (PASSWORD_RESET_TIMEOUT), and until the password changes or somebody
    signs in.
    """
    found = Account.objects.filter(uid=account, is_active=True).first()
    if found is None:
        return False
    key = default_token_generator.make_token(found)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(found), "key": key},
    )
    send_letter("password_reset", found.email, address=settings.TAVOLO_BASE_URL + path)
    return True


@transaction.atomic
def take_off_second_factor(*, email: str, by: Actor) -> Account:
    """For who has lost the phone and has no recovery codes left: the password alone signs in again.

    Order: the factor and its codes go, every session ends, the journal and the person are told. The work
    area stays closed until a new factor is set up. Refuses with NotAllowed whoever is not the operator, with
    NoSuchAccount an address that nobody signs in with.
    """
    require(rules.may_take_off_second_factor(by))
    account = Account.objects.filter(email=email.strip().lower()).select_related("person").first()
    if account is None:
        raise NoSuchAccount
    Authenticator.objects.filter(user=account).delete()
    end_all_but(account, "")
    record(action="people.second_factor_taken_off", actor=by, subject=account.person)
    announce(SecondFactorTakenOff(account.person.uid))
    send_letter("second_factor_off", account.email, at=instant_words(clock.now()))
    return account
