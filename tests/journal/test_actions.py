from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection, transaction

from tavolo.journal.actions import erase_values, record, record_all, seal
from tavolo.journal.chain import commitment_to
from tavolo.journal.models import Entry, EntryValue, Seal
from tavolo.journal.queries import breaks
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network
from tests.journal.conftest import Journal, new_network

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def network(db: None) -> Network:
    return new_network("milano")


def told(entry: Entry) -> dict[str, Any]:
    left = {"id", "uid", "commitment"}
    row = Entry.objects.filter(pk=entry.pk).values().get()
    return {name: value for name, value in row.items() if name not in left}


def test_an_act_is_entered_with_who_what_on_what_and_when(network: Network) -> None:
    person, principal = uuid4(), uuid4()
    with time_machine.travel(NOON, tick=False):
        entry = record(
            action="tests.tried",
            actor=Actor(person=person, acting_for=principal),
            subject=network,
            network=network,
            values={"name": "Anna"},
        )
    assert told(entry) == {
        "network_id": network.id,
        "action": "tests.tried",
        "actor": str(person),
        "acting_for": str(principal),
        "subject_kind": "kernel.network",
        "subject_uid": network.uid,
        "at": NOON,
    }


def test_an_act_without_network_subject_and_values(db: None) -> None:
    with time_machine.travel(NOON, tick=False):
        entry = record(action="tests.tried", actor=OPERATOR, subject=None)
    assert told(entry) == {
        "network_id": None,
        "action": "tests.tried",
        "actor": "operator",
        "acting_for": "",
        "subject_kind": "",
        "subject_uid": None,
        "at": NOON,
    }
    assert (entry.commitment, entry.values, EntryValue.objects.count()) == ("", {}, 0)


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        (OPERATOR, "operator"),
        (ANONYMOUS, "anonymous"),
        (Actor(person=UUID(int=7)), str(UUID(int=7))),
    ],
)
def test_who_acts_stands_there_by_an_opaque_name(db: None, actor: Actor, name: str) -> None:
    assert record(action="tests.tried", actor=actor, subject=None).actor == name


def test_the_entry_holds_no_value_only_a_salted_commitment(network: Network) -> None:
    values = {"name": "Anna Verdi", "born": date(1980, 1, 2), "at": NOON, "uid": network.uid}
    entry = record(action="tests.tried", actor=OPERATOR, subject=network, values=values)
    assert "Anna" not in str(Entry.objects.values().get())
    kept = EntryValue.objects.get()
    assert entry.commitment == commitment_to(kept.text, kept.salt)
    assert Entry.objects.get().values == {
        "name": "Anna Verdi",
        "born": "1980-01-02",
        "at": "2026-11-22T12:00:00.123456+00:00",
        "uid": str(network.uid),
    }


def test_equal_values_have_different_commitments(network: Network) -> None:
    first, second = (
        record(action="tests.tried", actor=OPERATOR, subject=network, values={"name": "Anna"})
        for _time in range(2)
    )
    assert first.commitment != second.commitment


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_entered() -> None:
    with pytest.raises(RuntimeError, match=r"tests\.tried"):
        record(action="tests.tried", actor=OPERATOR, subject=None)
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_entry() -> None:
    with transaction.atomic():
        record(action="tests.tried", actor=OPERATOR, subject=None, values={"name": "Anna"})
        transaction.set_rollback(True)
    assert (Entry.objects.count(), EntryValue.objects.count(), seal()) == (0, 0, 0)


def test_erased_values_are_gone_and_the_chain_holds(journal: Journal) -> None:
    first, second, *_rest = journal.entries(journal.milano)
    salts = [entry.kept.salt for entry in (first, second)]
    assert erase_values(entries=[first, second], by=Actor(person=UUID(int=1))) == 2
    seal()
    assert breaks() == []
    assert [Entry.objects.get(pk=entry.pk).values for entry in (first, second)] == [None, None]
    assert EntryValue.objects.filter(salt__in=salts).count() == 0


def test_each_erasure_is_an_entry_about_the_erased_one(journal: Journal) -> None:
    first = journal.entries(journal.milano)[0]
    erase_values(entries=[first], by=Actor(person=UUID(int=1)))
    entry = Entry.objects.latest("id")
    assert (entry.action, entry.actor, entry.network, entry.subject_kind, entry.subject_uid) == (
        "journal.values_erased",
        str(UUID(int=1)),
        journal.milano,
        "journal.entry",
        first.uid,
    )
    assert entry.values == {}


def test_what_holds_no_values_is_not_erased_again(journal: Journal) -> None:
    first = journal.entries(journal.milano)[0]
    assert erase_values(entries=[first], by=OPERATOR) == 1
    assert erase_values(entries=[first], by=OPERATOR) == 0
    assert Entry.objects.filter(action="journal.values_erased").count() == 1


def test_a_stranger_erases_nothing(journal: Journal) -> None:
    with pytest.raises(NotAllowed):
        erase_values(entries=journal.entries(journal.milano), by=ANONYMOUS)
    assert EntryValue.objects.count() == 12


def test_erased_words_are_not_left_in_the_file_of_sqlite(journal: Journal) -> None:
    """What SQLite deletes it would leave in the page; the file is searched for it."""
    if connection.vendor != "sqlite":
        return
    secret = "Segretissima " * 3
    with transaction.atomic():
        entry = record(action="tests.tried", actor=OPERATOR, subject=None, values={"name": secret})
    assert on_disk(secret)
    erase_values(entries=[entry], by=OPERATOR)
    assert not on_disk(secret)


def on_disk(words: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return words.encode() in Path(connection.settings_dict["NAME"]).read_bytes()


def test_sealing_gives_each_entry_its_place(journal: Journal) -> None:
    places = list(Seal.objects.order_by("chain", "sequence").values_list("chain", "sequence"))
    chains = {str(journal.milano.uid): 5, str(journal.lucca.uid): 4, "installation": 3}
    assert places == sorted(
        (chain, number + 1) for chain, count in chains.items() for number in range(count)
    )
    assert seal() == 0


def test_an_act_on_many_is_entered_and_sealed_as_one_by_one_would_be(network: Network) -> None:
    others = [new_network(f"rete-{number}") for number in range(3)]
    with time_machine.travel(NOON, tick=False):
        record(action="tests.tried", actor=OPERATOR, subject=others[0], values={"name": "0"})
        told_of = [(other, {"name": str(number)}) for number, other in enumerate(others)]
        assert record_all(action="tests.tried", actor=OPERATOR, told=told_of) == 3
    one, *many = Entry.objects.filter(action="tests.tried").order_by("id")
    assert told(many[0]) == told(one)
    assert [entry.subject_uid for entry in many] == [other.uid for other in others]
    assert [entry.values for entry in many] == [{"name": "0"}, {"name": "1"}, {"name": "2"}]
    assert len({entry.commitment for entry in (one, *many)}) == 4
    seal()
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_an_act_on_many_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        record_all(action="tests.tried", actor=OPERATOR, told=[])
