"""Twelve manipulations by SQL: each is refused, and each is found and named where it was forced."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tavolo.config.databases import as_owner
from tavolo.journal.actions import seal
from tavolo.journal.chain import GENESIS, link
from tavolo.journal.choices import Fault
from tavolo.journal.guards import WORDS
from tavolo.journal.models import Entry, EntryValue, Seal
from tavolo.journal.queries import Break, breaks
from tavolo.journal.verification import placed
from tests.journal import tampering
from tests.journal.conftest import Journal
from tests.journal.tampering import MANIPULATIONS, Manipulation

Expected = Callable[["Before"], list[Break]]


class Before:
    """The names of things as they were before they were touched."""

    def __init__(self, journal: Journal) -> None:
        self.milano, self.lucca = str(journal.milano.uid), str(journal.lucca.uid)
        self.in_milano = [entry.uid for entry in journal.entries(journal.milano)]
        self.in_lucca = [entry.uid for entry in journal.entries(journal.lucca)]
        self.of_all = [entry.uid for entry in journal.entries(None)]


def at(fault: Fault, chain: str, sequence: int, entry: UUID | None, **more: str) -> Break:
    other = chain if entry else ""
    return Break(fault, chain, sequence, entry, **{"other": other, **more})


def cut(chain: str, *, count: int, kept: int) -> Break:
    return Break(Fault.CUT, chain, count=count, kept=kept)


FOUND: dict[str, Expected] = {
    "change_the_action": lambda was: [at(Fault.CHANGED, was.milano, 3, was.in_milano[2])],
    "change_the_time": lambda was: [at(Fault.CHANGED, was.milano, 1, was.in_milano[0])],
    "change_the_actor": lambda was: [at(Fault.CHANGED, "installation", 3, was.of_all[2])],
    "delete_the_first": lambda was: [at(Fault.MISSING, was.milano, 1, None)],
    "delete_one_in_the_middle": lambda was: [at(Fault.MISSING, was.milano, 3, None)],
    "delete_the_last": lambda was: [at(Fault.MISSING, was.milano, 5, None)],
    "delete_the_last_with_its_seal": lambda was: [cut(was.milano, count=4, kept=5)],
    "replace_one": lambda was: [at(Fault.CHANGED, was.lucca, 2, was.in_lucca[1])],
    "reorder_two_seals": lambda was: [at(Fault.OUT_OF_ORDER, was.milano, 3, was.in_milano[3])],
    "swap_between_networks": lambda was: [
        at(Fault.OTHER_NETWORK, was.milano, 2, was.in_milano[1], other=was.lucca),
        at(Fault.OTHER_NETWORK, was.lucca, 3, was.in_lucca[2], other=was.milano),
    ],
    "truncate_the_entries": lambda was: [
        at(Fault.MISSING, chain, 1, None) for chain in (was.milano, was.lucca, "installation")
    ],
    "truncate_everything": lambda was: [
        cut(was.milano, count=0, kept=5),
        cut(was.lucca, count=0, kept=4),
        cut("installation", count=0, kept=3),
    ],
}

every_manipulation = pytest.mark.parametrize(
    "manipulate", MANIPULATIONS, ids=lambda function: function.__name__
)


def by_chain(found: list[Break]) -> list[Break]:
    return sorted(found, key=lambda one: one.chain)


def rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Entry, EntryValue, Seal)]


def try_to(manipulate: Manipulation, journal: Journal) -> str:
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        manipulate(cursor, journal)
    return str(refusal.value)


def test_there_are_twelve() -> None:
    assert [one.__name__ for one in MANIPULATIONS] == list(FOUND)
    assert len(FOUND) == 12


@every_manipulation
def test_the_application_is_refused(manipulate: Manipulation, journal: Journal) -> None:
    before = rows()
    said = try_to(manipulate, journal)
    wall = "permission denied for table journal_" if tampering.postgresql() else WORDS
    assert wall in said
    assert rows() == before
    assert (seal(), breaks()) == (0, [])


@every_manipulation
def test_even_the_owner_is_refused_while_the_guards_stand(
    manipulate: Manipulation, journal: Journal
) -> None:
    before = rows()
    with as_owner(), tampering.foreign_keys_down():
        assert WORDS in try_to(manipulate, journal)
    assert rows() == before


@every_manipulation
def test_what_was_forced_is_found_and_named(manipulate: Manipulation, journal: Journal) -> None:
    was = Before(journal)
    with tampering.with_everything_open() as cursor:
        manipulate(cursor, journal)
    seal()
    assert by_chain(chain_breaks()) == by_chain(FOUND[manipulate.__name__](was))


def chain_breaks() -> list[Break]:
    values = {Fault.VALUES_CHANGED, Fault.VALUES_MISSING}
    return [found for found in breaks() if found.fault not in values]


def test_an_untouched_journal_has_no_breaks(journal: Journal) -> None:
    assert breaks() == []


def test_an_entry_and_its_seal_gone_from_the_middle_leave_a_gap(journal: Journal) -> None:
    was = Before(journal)
    with tampering.with_everything_open() as cursor:
        third = journal.entries(journal.milano)[2]
        cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [third.id])
        tampering.delete_entry(cursor, third)
    seal()
    assert breaks() == [at(Fault.MISSING, was.milano, 3, was.in_milano[3])]


def test_closing_the_gap_by_numbers_is_found(journal: Journal) -> None:
    was = Before(journal)
    with tampering.with_everything_open() as cursor:
        third = journal.entries(journal.milano)[2]
        cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [third.id])
        tampering.delete_entry(cursor, third)
        for sequence in (4, 5):
            cursor.execute(
                "UPDATE journal_seal SET sequence = %s WHERE chain = %s AND sequence = %s",
                [sequence - 1, was.milano, sequence],
            )
    seal()
    assert breaks() == [at(Fault.CHANGED, was.milano, 3, was.in_milano[3])]


def test_entries_swapped_between_two_seals_are_out_of_order(journal: Journal) -> None:
    was = Before(journal)
    second, fourth = (journal.entries(journal.milano)[number] for number in (1, 3))
    with tampering.with_everything_open() as cursor:
        for now, before in ((0, second.id), (second.id, fourth.id), (fourth.id, 0)):
            cursor.execute(
                "UPDATE journal_seal SET entry_id = %s WHERE entry_id = %s", [now, before]
            )
    assert breaks() == [at(Fault.OUT_OF_ORDER, was.milano, 2, was.in_milano[3])]


def test_a_changed_seal_is_found(journal: Journal) -> None:
    was = Before(journal)
    with tampering.with_everything_open() as cursor:
        cursor.execute(
            "UPDATE journal_seal SET previous = %s WHERE chain = %s AND sequence = 2",
            ["f" * 64, was.lucca],
        )
    assert breaks() == [at(Fault.CHANGED, was.lucca, 2, was.in_lucca[1])]


def test_a_chain_that_follows_nothing_known_lacks_what_it_followed(journal: Journal) -> None:
    """The first place is filled by another entry, well sealed; the second follows one that is gone."""
    was = Before(journal)
    first = journal.entries(journal.milano)[0]
    with tampering.with_everything_open() as cursor:
        cursor.execute("UPDATE journal_entry SET action = 'tests.denied' WHERE id = %s", [first.id])
        write_anew(was.milano, only=1)
    assert breaks() == [at(Fault.MISSING, was.milano, 2, was.in_milano[1])]


def test_a_chain_written_anew_from_a_change_on_is_told_by_its_head(journal: Journal) -> None:
    was = Before(journal)
    third = journal.entries(journal.milano)[2]
    with tampering.with_everything_open() as cursor:
        cursor.execute("UPDATE journal_entry SET action = 'tests.denied' WHERE id = %s", [third.id])
        write_anew(was.milano)
    seal()
    assert breaks() == [at(Fault.REWRITTEN, was.milano, 5, was.in_milano[4])]


def test_a_tail_that_was_cut_and_grew_again_is_told_by_its_head(journal: Journal) -> None:
    was = Before(journal)
    last = journal.entries(journal.milano)[-1]
    with tampering.with_everything_open() as cursor:
        cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [last.id])
        cursor.execute("DELETE FROM journal_entryvalue WHERE entry_id = %s", [last.id])
        tampering.delete_entry(cursor, last)
    again = journal.one(journal.milano)
    assert seal() == 1
    assert breaks() == [at(Fault.REWRITTEN, was.milano, 5, again.uid)]


def write_anew(chain: str, only: int = 1000) -> None:
    """Compute every hash again, as somebody who knows how would."""
    previous = GENESIS
    for seal_row, entry in next(iter(placed(chain))):
        if entry is None or seal_row.sequence > only:
            return
        seal_row.previous = previous
        seal_row.hash = previous = link(previous, seal_row.sequence, entry)
        seal_row.save()


def test_sentences_name_the_chain_the_place_and_the_fault(journal: Journal) -> None:
    with tampering.with_everything_open() as cursor:
        tampering.swap_between_networks(cursor, journal)
    entry = Entry.objects.filter(network=journal.lucca).order_by("id").first()
    told = [found.sentence for found in breaks() if found.chain == str(journal.milano.uid)]
    assert told == [
        (
            "Registro degli atti della rete “milano”, posto 2: l’annotazione "
            f"{entry.uid} è stata spostata nel registro della rete “lucca”."
        )
    ]
