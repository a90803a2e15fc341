"""Another e-mail for signing in: asked for, then taken up by a link that the new address received."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.people import attempts, rules
from tavolo.people.actions.common import cleaned_email, require
from tavolo.people.actions.sessions import end_all_but
from tavolo.people.errors import AccountExists, EmailChangeClosed
from tavolo.people.facts import EmailReplaced
from tavolo.people.letters import send_letter
from tavolo.people.models import Account
from tavolo.ui.words import instant_words

SALT = "tavolo.people.email"
VALID_FOR = timedelta(days=2)


@transaction.atomic
def ask_new_email(*, account: Account, email: str, by: Actor) -> None:
    """Send a link to another address, and a letter about it to the present one; nothing changes yet.

    Says nothing of whether somebody signs in with that address: the link says it, to whoever reads
    its mail. Refuses with NotAllowed anybody but herself, UnusableAddress, and TooManyAttempts after
    five in a day.
    """
    require(rules.may_keep_ways_in(by, account.person.uid))
    wanted = cleaned_email(email)
    attempts.take(attempts.NEW_EMAIL, str(account.pk))
    told = [str(account.uid), account.email, wanted]
    path = reverse("people:email_taken_up", args=[signing.dumps(told, salt=SALT)])
    record(action="people.email_asked", actor=by, subject=account.person, values={"email": wanted})
    send_letter("email_new", wanted, address=settings.TAVOLO_BASE_URL + path)
    send_letter("email_asked", account.email, email=wanted, at=instant_words(clock.now()))


@transaction.atomic
def take_up_email(*, account: Account, token: str, keep_session: str = "", by: Actor) -> Account:
    """Sign in with the address that a link names from now on; a letter tells the one before.

    Other sessions end. The link is for this account alone, and dead once the e-mail has changed.
    Refuses with NotAllowed anybody but herself, EmailChangeClosed, and AccountExists where somebody
    else has the address.
    """
    require(rules.may_keep_ways_in(by, account.person.uid))
    before, wanted = _read(token, account)
    account.email = wanted
    try:
        with transaction.atomic():
            account.save(update_fields=["email"])
    except IntegrityError as fault:
        account.email = before
        raise AccountExists from fault
    end_all_but(account, keep_session)
    values = {"before": before, "email": wanted}
    record(action="people.email_replaced", actor=by, subject=account.person, values=values)
    announce(EmailReplaced(account.person.uid))
    send_letter("email_replaced", before, email=wanted, at=instant_words(clock.now()))
    return account


def _read(token: str, account: Account) -> tuple[str, str]:
    try:
        uid, before, wanted = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError) as fault:
        raise EmailChangeClosed from fault
    now = Account.objects.select_for_update().get(pk=account.pk)
    if (uid, before) != (str(now.uid), now.email):
        raise EmailChangeClosed
    return before, wanted
