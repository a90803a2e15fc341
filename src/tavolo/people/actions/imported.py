"""Persons who come in a list: entered together, with the addresses by which they can be invited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import ProtectedError

from tavolo.journal.actions import record_all
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people import rules
from tavolo.people.actions.common import cleaned_email, name_person, require
from tavolo.people.models import Account, Invitation, Person

CHUNK = 500


@dataclass(frozen=True)
class Entering:
    """`person` None: somebody new, of that name. `email`, where it is told, is the address for an invitation."""

    given_name: str
    family_name: str
    email: str = ""
    person: Person | None = None


@transaction.atomic
def enter_persons(*, network: Network, told: Sequence[Entering], by: Actor) -> list[Person]:
    """Enter persons, and accounts that nobody can use before an invitation is accepted; in their order.

    No letter is sent and no right is given. An account is made where an address is told and the
    person has none; whoever calls has looked whether the address is free. One entry in the journal
    for each. Refuses with NotAllowed, NameMissing, UnusableAddress.
    """
    require(rules.may_invite(by, network.uid))
    persons = [one.person or _named(one) for one in told]
    Person.objects.bulk_create(
        (each for one, each in zip(told, persons, strict=True) if one.person is None),
        batch_size=CHUNK,
    )
    reached = [(each, one.email) for one, each in zip(told, persons, strict=True) if one.email]
    _make_accounts(reached)
    record_all(
        action="people.person_entered",
        actor=by,
        network=network,
        told=(
            (each, {"name": each.name, "email": one.email})
            for one, each in zip(told, persons, strict=True)
        ),
    )
    return persons


@transaction.atomic
def take_back_accounts(*, network: Network, emails: Iterable[str], by: Actor) -> None:
    """Take away accounts that were entered and never invited. Refuses (ProtectedError) others.

    Refuses with NotAllowed.
    """
    require(rules.may_invite(by, network.uid))
    rows = list(Account.objects.filter(email__in=list(emails)).select_related("person"))
    persons = [row.person_id for row in rows]
    used = [row for row in rows if row.activated_at is not None]
    if used or Invitation.objects.filter(person__in=persons).exists():
        raise ProtectedError("An account was used or invited since.", set(used))
    record_all(
        action="people.address_taken_back",
        actor=by,
        network=network,
        told=((row.person, {}) for row in rows),
    )
    Account.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def take_back_persons(*, network: Network, persons: Sequence[Person], by: Actor) -> None:
    """Take away persons who were entered; what speaks of one protects her. Refuses with NotAllowed."""
    require(rules.may_invite(by, network.uid))
    record_all(
        action="people.person_taken_back",
        actor=by,
        network=network,
        told=((person, {}) for person in persons),
    )
    Person.objects.filter(pk__in=[person.pk for person in persons]).delete()


def _named(one: Entering) -> Person:
    person = Person()
    name_person(person, one.given_name, one.family_name)
    person.fold()
    return person


def _make_accounts(reached: Sequence[tuple[Person, str]]) -> None:
    at = clock.now()
    Account.objects.bulk_create(
        (
            Account(
                person=person,
                email=cleaned_email(email),
                created_at=at,
                # Nobody signs in by it: each is unusable in its own way.
                password=make_password(None),
            )
            for person, email in reached
        ),
        batch_size=CHUNK,
    )
