"""What the actions of this room share."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.people.errors import NameMissing, UnusableAddress
from tavolo.people.models import Account, Person
from tavolo.people.rules import is_plain_address


def require(allowed: bool) -> None:  # noqa: FBT001  # the answer of a rule
    """Refuse with NotAllowed where the rule says no."""
    if not allowed:
        raise NotAllowed


def own(person: Person) -> Actor:
    """A person as the actor of what she does by a link, before she is signed in."""
    return Actor(person=person.uid)


def cleaned_email(email: str) -> str:
    """In small letters, without blanks around. Refuses with UnusableAddress."""
    bare = email.strip().lower()
    try:
        validate_email(bare)
    except ValidationError as fault:
        raise UnusableAddress from fault
    if not is_plain_address(bare):
        raise UnusableAddress
    return bare


def name_person(person: Person, given_name: str, family_name: str) -> None:
    """Give both names, without blanks too many. Refuses with NameMissing."""
    person.given_name, person.family_name = words(given_name), words(family_name)
    if not (person.given_name and person.family_name):
        raise NameMissing


def words(text: str) -> str:
    return " ".join(text.split())


def account_for(email: str, *, given_name: str, family_name: str) -> Account:
    """The account of an address, with its person; made, without a password, where there is none.

    The row is locked: two who invite the same address at once wait for one another here, and there is
    one person for it, whichever networks invite.
    """
    known = Account.objects.select_for_update(of=("self",)).select_related("person")
    account = known.filter(email=email).first()
    if account is None:
        try:
            with transaction.atomic():
                _make(email, given_name, family_name)
        except IntegrityError:
            # Somebody else made it in this moment, and has committed since.
            pass
        account = known.get(email=email)
    return account


def _make(email: str, given_name: str, family_name: str) -> None:
    person = Person(given_name=words(given_name), family_name=words(family_name))
    person.save()
    account = Account(person=person, email=email, created_at=clock.now())
    account.set_unusable_password()
    account.save()
