"""Delegates as a spreadsheet: persons, for whom they speak, by which address they can be invited."""

import pytest

from tavolo.imports.actions import apply_batch, check_batch, undo_batch
from tavolo.imports.errors import ChangedSince
from tavolo.kernel.actor import OPERATOR
from tavolo.people.actions import invite
from tavolo.people.models import Account, Person
from tavolo.registry.models import Affiliation, Representation
from tests.factories.people import a_network, an_account
from tests.factories.registry import a_participant
from tests.registry.importing import checked, faults, outcomes, whole

pytestmark = pytest.mark.django_db

HEADINGS = ("Ente", "Nome", "Cognome", "E-mail", "In qualità di", "Funzione", "Dal")
TABLES = (Person, Account, Representation, Affiliation)


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def house(network):
    return a_participant(network, "Casa delle donne")


def test_a_delegate_is_entered_with_her_address_and_no_letter_goes(
    network, house, mailoutbox
) -> None:
    batch = checked(
        network,
        HEADINGS,
        ("Casa delle donne", "Ada", "Rossi", "Ada@Casa.example", "", "presidente", 2024),
        ("casa delle donne", "Bianca", "Verdi", "", "supplente", "", ""),
        kind="delegates",
    )
    assert (outcomes(batch), faults(batch)) == (["create", "create"], [])
    apply_batch(batch=batch, by=OPERATOR)
    ada, bianca = Person.objects.order_by("sort_key")
    account = Account.objects.get()
    assert (account.person, account.email, account.is_active, account.has_usable_password()) == (
        ada,
        "ada@casa.example",
        False,
        False,
    )
    speaks = Representation.objects.order_by("id")
    assert [
        (r.person, r.organisation, r.network, r.capacity, str(r.began or "")) for r in speaks
    ] == [
        (ada, house, network, "delegate", "2024"),
        (bianca, house, network, "substitute", ""),
    ]
    acts = Affiliation.objects.order_by("id")
    assert [(a.person, a.function, str(a.valid_from or "")) for a in acts] == [
        (ada, "presidente", "2024-01-01"),
        (bianca, "", ""),
    ]
    assert mailoutbox == []


def test_undoing_brings_back_every_byte_and_it_can_be_imported_again(network, house) -> None:
    before = whole(*TABLES)
    batch = checked(
        network,
        HEADINGS,
        ("Casa delle donne", "Ada", "Rossi", "a@x.example", "", "", ""),
        kind="delegates",
    )
    apply_batch(batch=batch, by=OPERATOR)
    batch = undo_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES) == before
    batch = check_batch(batch=batch, by=OPERATOR)
    assert apply_batch(batch=batch, by=OPERATOR).state == "applied"


def test_the_same_list_twice_changes_nothing(network, house) -> None:
    row = ("Casa delle donne", "Ada", "Rossi", "a@x.example", "", "", "")
    apply_batch(batch=checked(network, HEADINGS, row, kind="delegates"), by=OPERATOR)
    assert outcomes(checked(network, HEADINGS, row, kind="delegates")) == ["same"]


def test_whoever_was_invited_since_stays_with_her_invitation(network, house) -> None:
    row = ("Casa delle donne", "Ada", "Rossi", "a@x.example", "", "", "")
    batch = checked(network, HEADINGS, row, kind="delegates")
    batch = apply_batch(batch=batch, by=OPERATOR)
    invitation, _token = invite(email="a@x.example", network=network, by=OPERATOR)
    with pytest.raises(ChangedSince):
        undo_batch(batch=batch, by=OPERATOR)
    undo_batch(batch=batch, by=OPERATOR, leave_changed=True)
    assert [Representation.objects.count(), Affiliation.objects.count()] == [0, 0]
    assert (Person.objects.get(), Account.objects.get().email) == (invitation.person, "a@x.example")


def test_what_is_wrong_is_said_row_by_row(network, house) -> None:
    other = a_participant(a_network("mare", "Rete del mare"), "Faro")
    an_account("presa@x.example", "Ugo", "Neri")
    batch = checked(
        network,
        HEADINGS,
        ("Casa delle done", "Ada", "Rossi", "", "", "", ""),
        ("Nessuna", "Ada", "Rossi", "", "", "", ""),
        (other.name, "Ada", "Rossi", "", "", "", ""),
        ("Casa delle donne", "Ada", "Rossi", "presa@x.example", "", "", ""),
        ("Casa delle donne", "Ada", "Rossi", "x@x.example", "", "", ""),
        ("Casa delle donne", "Ida", "Russo", "x@x.example", "", "", ""),
        ("Casa delle donne", "Eva", "Bruni", "chiocciola", "ospite", "", ""),
        kind="delegates",
    )
    assert outcomes(batch) == ["fault"] * 4 + ["create"] + ["fault"] * 2
    assert len(faults(batch)) == 7
