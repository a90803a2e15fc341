import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, NotFound, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.kernel.network import installation
from tavolo.people import actions
from tavolo.people.errors import AccountExists, DemonstrationOnly, NameMissing, UnusableAddress
from tavolo.people.models import Account, Invitation, Person, Session
from tavolo.people.queries import account_of, is_exempt, may_work
from tests.factories.people import (
    PASSWORD,
    a_network,
    a_person,
    an_account,
    secretary_of,
    sign_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db


def created(**changes: object) -> Account:
    told = {
        "email": "ada@rete.example",
        "given_name": "Ada",
        "family_name": "Rossi",
        "password": PASSWORD,
        "by": OPERATOR,
    }
    return actions.create_account(**{**told, **changes})


def as_self(person: Person) -> Actor:
    return Actor(person=person.uid)


def test_an_account_is_made_with_its_person() -> None:
    account = created(email=" ADA@rete.example ")
    assert (account.email, account.person.name) == ("ada@rete.example", "Ada Rossi")
    assert (account.is_active, account.demonstration) == (True, False)
    assert account.check_password(PASSWORD)
    assert [entry.action for entry in Entry.objects.all()] == ["people.account_created"]


def test_of_a_password_nothing_is_told() -> None:
    created()
    told = [*EntryValue.objects.values_list("text", flat=True)]
    told += map(str, AnnouncedFact.objects.values_list("payload", flat=True))
    assert not [text for text in told if PASSWORD in text or ("ada@" in text and "payload" in text)]
    assert not any("@" in str(fact.payload) for fact in AnnouncedFact.objects.all())


def test_an_address_has_one_account() -> None:
    created()
    with pytest.raises(AccountExists):
        created(email="Ada@Rete.example")


def test_who_was_invited_before_is_the_same_person(network: Network) -> None:
    invitation, _token = actions.invite(email="ada@rete.example", network=network, by=OPERATOR)
    assert created().person == invitation.person
    assert Person.objects.count() == 1


def test_only_the_operator_makes_accounts(network: Network) -> None:
    for actor in (ANONYMOUS, secretary_of(network)):
        with pytest.raises(NotAllowed):
            created(by=actor)


def test_an_account_wants_an_address_and_names() -> None:
    with pytest.raises(UnusableAddress):
        created(email="ada")
    with pytest.raises(NameMissing):
        created(given_name=" ")
    assert Account.objects.count() == 0


def test_demonstration_accounts_exist_in_a_demonstration_only(client: Client) -> None:
    with pytest.raises(DemonstrationOnly):
        created(demonstration=True)
    here = installation()
    here.demonstration = True
    here.save()
    account = created(demonstration=True)
    assert is_exempt(account)
    assert may_work(account)
    assert sign_in(client, account).get("/lavoro/").status_code == 200
    here.demonstration = False
    here.save()
    assert not may_work(account)
    assert client.get("/accesso/account/").status_code == 302


def test_names_are_changed_by_oneself_and_the_operator_alone() -> None:
    person = a_person()
    told = {"person": person, "given_name": " Bianca  Maria", "family_name": "Verdi"}
    for actor in (ANONYMOUS, as_self(a_person())):
        with pytest.raises(NotAllowed):
            actions.change_names(**told, version=1, by=actor)
    actions.change_names(**told, version=1, by=as_self(person))
    assert (person.name, person.sort_key) == ("Bianca Maria Verdi", "bianca maria verdi")
    with pytest.raises(StaleVersion):
        actions.change_names(**told, version=1, by=OPERATOR)
    with pytest.raises(NameMissing):
        actions.change_names(person=person, given_name="", family_name="x", version=2, by=OPERATOR)


def test_a_person_without_account_is_entered_by_who_runs_a_network() -> None:
    told = {"given_name": " Bianca ", "family_name": "Verdi"}
    for actor in (ANONYMOUS, as_self(a_person())):
        with pytest.raises(NotAllowed):
            actions.add_person(**told, by=actor)
    secretary = secretary_of(a_network())
    assert actions.add_person(**told, by=secretary).name == "Bianca Verdi"
    with pytest.raises(NameMissing):
        actions.add_person(given_name="Bianca", family_name=" ", by=OPERATOR)


def test_sessions_are_ended_by_oneself_and_the_operator_alone(client: Client) -> None:
    account = an_account()
    sign_in(client, account)
    session = Session.objects.get()
    for actor in (ANONYMOUS, as_self(a_person())):
        with pytest.raises(NotAllowed):
            actions.end_session(account=account, session=session.uid, by=actor)
        with pytest.raises(NotAllowed):
            actions.end_other_sessions(account=account, keep="", by=actor)
    assert actions.end_other_sessions(account=account, keep="", by=OPERATOR) == 1
    assert actions.end_other_sessions(account=account, keep="", by=OPERATOR) == 0
    with pytest.raises(NotFound):
        actions.end_session(account=account, session=session.uid, by=OPERATOR)
    assert Entry.objects.filter(action="people.sessions_ended").count() == 1


def test_an_erased_person_leaves_a_pseudonym_and_nothing_else(
    network: Network, client: Client
) -> None:
    account = with_second_factor(created(email="ada.segreta@rete.example"))
    person = account.person
    invitation, _token = actions.invite(email=account.email, network=network, by=OPERATOR)
    sign_in(client, account)
    actions.erase_person(person=person, by=OPERATOR)
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.given_name, person.family_name) == ("", "")
    assert person.name == f"P-{person.uid.hex[:8]}"
    assert person.erased_at is not None
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert client.get("/accesso/account/").status_code == 302
    assert (Session.objects.count(), Authenticator.objects.count()) == (0, 0)
    everything = [
        *map(str, Person.objects.values()),
        *map(str, Account.objects.values()),
        *map(str, Invitation.objects.values()),
        *EntryValue.objects.values_list("text", flat=True),
    ]
    assert not [row for row in everything if "segreta" in row or "Rossi" in row]
    assert Entry.objects.filter(action="people.person_invited", subject_uid=invitation.uid).exists()


def test_erasing_twice_changes_nothing_and_a_person_may_have_no_account() -> None:
    person = a_person()
    actions.erase_person(person=person, by=OPERATOR)
    entries = Entry.objects.count()
    actions.erase_person(person=person, by=OPERATOR)
    assert Entry.objects.count() == entries
    assert account_of(person) is None


def test_nobody_else_erases() -> None:
    person = a_person()
    for actor in (ANONYMOUS, as_self(a_person())):
        with pytest.raises(NotAllowed):
            actions.erase_person(person=person, by=actor)


def test_an_erased_person_keeps_her_pseudonym_when_saved_again() -> None:
    person = a_person()
    actions.erase_person(person=person, by=OPERATOR)
    person.refresh_from_db()
    person.save()
    assert person.name.startswith("P-")
