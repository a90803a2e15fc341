"""Erasure of a person: what is personal goes, a pseudonym stays, and what stays is said with its reason."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from tavolo.imports.actions import empty_naming
from tavolo.journal.actions import erase_values, record
from tavolo.journal.models import Entry
from tavolo.journal.queries import entries_naming, entries_of
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.facts import announce
from tavolo.people import rules
from tavolo.people.actions.common import require
from tavolo.people.choices import RequestState
from tavolo.people.facts import PersonErased
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
from tavolo.people.plugs import Kept
from tavolo.people.queries import knowledge_of, requests_of, rooms_that_hold
from tavolo.people.traces import ERASED, traces_of
from tavolo.search.actions import note_change


@transaction.atomic
def erase_person(*, person: Person, by: Actor) -> list[Kept]:
    """Empty what is personal and leave a pseudonym (decision 4); says what stays and why.

    Order: every room's share (`plugs.personal_data`), those that know her name first; then account,
    second factor, sessions and invitations; the names last. Approved acts stay as they are. A
    second erasure does nothing. Refuses with NotAllowed, and with what a room refuses: the last
    secretary of a network hands it over first.
    """
    row = Person.objects.select_for_update().get(pk=person.pk)
    require(rules.may_erase(by, knowledge_of(row)))
    if row.erased_at is not None:
        return []
    kept = [each for plug in reversed(rooms_that_hold()) for each in plug.erase(row, by=by)]
    _empty_names(row)
    record(action="people.person_erased", actor=by, subject=row)
    announce(PersonErased(row.uid))
    note_change(row)
    return kept


def _empty_names(person: Person) -> None:
    person.given_name = person.family_name = ""
    person.name, person.erased_at = f"P-{person.uid.hex[:8]}", clock.now()
    person.version += 1
    person.save()


def empty_account(person: Person) -> None:
    """The account closes, its sessions end, its invitations are revoked and forget the address."""
    rows = Invitation.objects.filter(person=person)
    rows.filter(OPEN).update(revoked_at=clock.now())
    rows.update(email="")
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    Session.objects.filter(account=account).delete()
    Authenticator.objects.filter(user=account).delete()
    ApiToken.objects.filter(account=account).delete()
    Identity.objects.filter(account=account).delete()
    # An address of no domain: unique, and nobody's.
    account.email, account.is_active = f"{account.uid}{ERASED}", False
    account.set_unusable_password()
    account.save()


def empty_requests(person: Person) -> None:
    """Her requests forget who asked what; one that waits is answered by the erasure itself."""
    rows = requests_of(person)
    waiting = rows.filter(state=RequestState.WAITING).values("pk")
    CorrectionRequest.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
        state=RequestState.REMOVED, answered_at=clock.now()
    )
    rows.update(name="", email="", words="", answer="", extension_reason="")


def empty_imports(person: Person, *, by: Actor) -> None:
    """File, rows and changes of the batches that name her go."""
    empty_naming(traces=traces_of(person), by=by)


def empty_journal(person: Person, *, by: Actor) -> None:
    """The values of entries about her, about her invitations, and of all others that name her."""
    subjects = (person, *Invitation.objects.filter(person=person))
    about = [entry for subject in subjects for entry in entries_of(subject)]
    erase_values(entries=[*about, *_naming(person, about)], by=by)


def _naming(person: Person, already: list[Entry]) -> list[Entry]:
    known = {entry.pk for entry in already}
    rows = entries_naming(traces_of(person)).select_related("network")
    return [entry for entry in rows if entry.pk not in known]
