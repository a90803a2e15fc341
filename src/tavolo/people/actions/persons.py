"""Persons: entered without an account, and their names."""

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.kernel.versions import save_version
from tavolo.people import rules
from tavolo.people.actions.common import name_person, require
from tavolo.people.facts import NamesChanged, PersonAdded
from tavolo.people.models import Person
from tavolo.search.actions import note_change


@transaction.atomic
def add_person(*, given_name: str, family_name: str, by: Actor) -> Person:
    """Enter somebody who holds a public role and has no account. Namesakes are several persons.

    Refuses with NotAllowed and NameMissing.
    """
    require(rules.may_add_person(by))
    person = Person()
    name_person(person, given_name, family_name)
    person.save()
    record(
        action="people.person_added",
        actor=by,
        subject=person,
        values={"given_name": person.given_name, "family_name": person.family_name},
    )
    announce(PersonAdded(person.uid))
    return person


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
    note_change(person)
    return person
