"""Persons: their names, and their erasure."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from tavolo.journal.actions import erase_values, record
from tavolo.journal.queries import entries_of
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.versions import save_version
from tavolo.people import rules
from tavolo.people.actions.common import name_person, require
from tavolo.people.facts import NamesChanged, PersonErased
from tavolo.people.models import OPEN, Account, Invitation, Person, Session


@transaction.atomic
def change_names(
    *, person: Person, version: int, given_name: str, family_name: str, by: Actor
) -> Person:
    """Write what a person is called. Refuses with NotAllowed, NameMissing, StaleVersion."""
    require(rules.may_change_names(by, person.uid))
    name_person(person, given_name, family_name)
    save_version(person, expected=version, fields=("given_name", "family_name", "name"))
    record(
        action="people.names_changed",
        actor=by,
        subject=person,
        values={"given_name": person.given_name, "family_name": person.family_name},
    )
    announce(NamesChanged(person.uid))
    return person


@transaction.atomic
def erase_person(*, person: Person, by: Actor) -> Person:
    """Empty what is personal and leave a pseudonym (decision 4); approved acts stay as they are.

    Order: names, account with its second factor and sessions, invitations, then the values that the
    journal keeps of them. A second erasure does nothing. Refuses with NotAllowed.
    """
    require(rules.may_erase(by))
    row = Person.objects.select_for_update().get(pk=person.pk)
    if row.erased_at is not None:
        return row
    row.given_name = row.family_name = ""
    row.name, row.erased_at = f"P-{row.uid.hex[:8]}", clock.now()
    row.version += 1
    row.save()
    _empty_account(row)
    for subject in (row, *_empty_invitations(row)):
        erase_values(entries=entries_of(subject), by=by)
    record(action="people.person_erased", actor=by, subject=row)
    announce(PersonErased(row.uid))
    return row


def _empty_invitations(person: Person) -> list[Invitation]:
    rows = Invitation.objects.filter(person=person)
    rows.filter(OPEN).update(revoked_at=clock.now())
    rows.update(email="")
    return list(rows)


def _empty_account(person: Person) -> None:
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    Session.objects.filter(account=account).delete()
    Authenticator.objects.filter(user=account).delete()
    # An address of no domain: unique, and nobody's.
    account.email, account.is_active = f"{account.uid}@erased.invalid", False
    account.set_unusable_password()
    account.save()
