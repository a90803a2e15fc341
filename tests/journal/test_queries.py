import tracemalloc
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.journal.actions import erase_values, seal
from tavolo.journal.choices import Fault
from tavolo.journal.models import Entry
from tavolo.journal.queries import Break, breaks, entries_of, latest
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tests.journal import tampering
from tests.journal.conftest import Journal


def numbers(entries: Any) -> list[int]:
    return [entry.values["number"] for entry in entries]


def test_what_was_done_to_one_thing_newest_first(journal: Journal) -> None:
    assert numbers(entries_of(journal.milano)) == [4, 3, 2, 1, 0]
    assert {entry.network for entry in entries_of(journal.lucca)} == {journal.lucca}


def test_another_kind_of_thing_with_the_same_uid_is_not_meant(journal: Journal) -> None:
    entry = Entry(uid=journal.milano.uid)
    assert list(entries_of(entry)) == []


def test_the_newest_of_a_network_and_of_the_installation(journal: Journal) -> None:
    assert numbers(latest(journal.milano, limit=2)) == [4, 3]
    assert numbers(latest(None)) == [2, 1, 0]


@pytest.mark.parametrize("count", [1, 10, 200])
def test_entries_come_with_their_values_in_one_query(journal: Journal, count: int) -> None:
    journal.record(journal.milano, count)
    with CaptureQueriesContext(connection) as asked:
        read = latest(journal.milano, limit=count)
        assert len([(entry.values, entry.network) for entry in read]) == count
    assert len(asked) == 1


@pytest.mark.parametrize("count", [1, 10, 200])
def test_the_check_asks_as_often_whatever_the_number(journal: Journal, count: int) -> None:
    journal.record(None, count)
    seal()
    with CaptureQueriesContext(connection) as asked:
        assert breaks() == []
    # One for the chains, one for the installation; seals twice, entries and values for each chain.
    assert len(asked) == 2 + 3 * 4


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_chain_is_walked_in_batches(
    journal: Journal, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tavolo.journal.verification.BATCH", size)
    assert breaks() == []
    third = journal.entries(journal.milano)[2]
    with tampering.with_everything_open() as cursor:
        tampering.change_the_action(cursor, journal)
    chain = str(journal.milano.uid)
    assert breaks() == [Break(Fault.CHANGED, chain, 3, third.uid, other=chain)]


def test_memory_does_not_grow_with_the_journal(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tavolo.journal.verification.BATCH", 200)
    fill(1_000)
    small = peak()
    fill(7_000)
    assert peak() < small * 1.5


def fill(count: int) -> None:
    Entry.objects.bulk_create(
        [Entry(action="tests.tried", actor="operator", at=clock.now()) for _number in range(count)]
    )
    seal()


def peak() -> int:
    breaks()
    tracemalloc.start()
    try:
        assert breaks() == []
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_changed_values_are_named(journal: Journal) -> None:
    second = journal.entries(journal.lucca)[1]
    with tampering.with_everything_open() as cursor:
        cursor.execute(
            "UPDATE journal_entryvalue SET text = %s WHERE entry_id = %s",
            ['{"name":"Bruna","number":1}', second.id],
        )
    assert breaks() == [Break(Fault.VALUES_CHANGED, str(journal.lucca.uid), 2, second.uid)]
    assert "valori" in breaks()[0].sentence


def test_values_that_went_without_an_erasure_are_named(journal: Journal) -> None:
    """The application may delete values; that it was an erasure must be in the journal."""
    second = journal.entries(journal.lucca)[1]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entryvalue WHERE entry_id = %s", [second.id])
    assert breaks() == [Break(Fault.VALUES_MISSING, str(journal.lucca.uid), 2, second.uid)]


def test_values_put_under_an_entry_that_had_none_are_named(journal: Journal) -> None:
    erase_values(entries=[journal.entries(None)[0]], by=OPERATOR)
    seal()
    erasure = Entry.objects.latest("id")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entryvalue (entry_id, salt, text) VALUES (%s, 'salt', '{}')",
            [erasure.id],
        )
    assert breaks() == [Break(Fault.VALUES_CHANGED, "installation", 4, erasure.uid)]


def test_values_put_back_after_an_erasure_are_named(journal: Journal) -> None:
    first = journal.entries(None)[0]
    erase_values(entries=[first], by=OPERATOR)
    seal()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entryvalue (entry_id, salt, text) VALUES (%s, 'salt', '{}')",
            [first.id],
        )
    assert breaks() == [Break(Fault.VALUES_CHANGED, "installation", 1, first.uid)]


def test_only_the_first_lost_values_of_a_chain_are_named(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tavolo.journal.verification.BATCH", 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entryvalue")
    assert [(found.fault, found.sequence) for found in breaks()] == [(Fault.VALUES_MISSING, 1)] * 3


def test_every_fault_has_its_sentence_in_italian(journal: Journal) -> None:
    chain = str(journal.milano.uid)
    uid = journal.entries(journal.milano)[0].uid
    for fault in Fault:
        told = Break(fault, chain, 3, uid, other="installation", count=4, kept=5)
        assert told.sentence.startswith("Registro degli atti della rete “milano”")
        assert "%" not in told.sentence
