"""What somebody with the database in hand could do to the journal, one function each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from tavolo.config.databases import as_owner
from tavolo.journal.guards import guards_down
from tavolo.journal.models import Entry, Seal
from tests.journal.conftest import Journal

Manipulation = Callable[[CursorWrapper, Journal], None]
TABLES = ("journal_entryvalue", "journal_seal", "journal_entry")
MANIPULATIONS: list[Manipulation] = []


def manipulation(function: Manipulation) -> Manipulation:
    MANIPULATIONS.append(function)
    return function


def postgresql() -> bool:
    return connection.vendor == "postgresql"


def own(value: Any) -> Any:
    """A uid as the database keeps it."""
    return value if postgresql() else value.hex


@manipulation
def change_the_action(cursor: CursorWrapper, journal: Journal) -> None:
    third = journal.entries(journal.milano)[2]
    cursor.execute("UPDATE journal_entry SET action = 'tests.denied' WHERE id = %s", [third.id])


@manipulation
def change_the_time(cursor: CursorWrapper, journal: Journal) -> None:
    first = journal.entries(journal.milano)[0]
    cursor.execute(
        "UPDATE journal_entry SET at = '2016-03-01 10:00:00+00:00' WHERE id = %s", [first.id]
    )


@manipulation
def change_the_actor(cursor: CursorWrapper, journal: Journal) -> None:
    last = journal.entries(None)[-1]
    cursor.execute("UPDATE journal_entry SET actor = 'anonymous' WHERE id = %s", [last.id])


@manipulation
def delete_the_first(cursor: CursorWrapper, journal: Journal) -> None:
    delete_entry(cursor, journal.entries(journal.milano)[0])


@manipulation
def delete_one_in_the_middle(cursor: CursorWrapper, journal: Journal) -> None:
    delete_entry(cursor, journal.entries(journal.milano)[2])


@manipulation
def delete_the_last(cursor: CursorWrapper, journal: Journal) -> None:
    delete_entry(cursor, journal.entries(journal.milano)[-1])


@manipulation
def delete_the_last_with_its_seal(cursor: CursorWrapper, journal: Journal) -> None:
    last = journal.entries(journal.milano)[-1]
    cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [last.id])
    delete_entry(cursor, last)


@manipulation
def replace_one(cursor: CursorWrapper, journal: Journal) -> None:
    second = journal.entries(journal.lucca)[1]
    columns = ", ".join(field.column for field in Entry._meta.local_fields)
    values = columns.replace("action", "'tests.denied'")
    if postgresql():
        insert, rest = "INSERT", "ON CONFLICT (id) DO UPDATE SET action = EXCLUDED.action"
    else:
        insert, rest = "INSERT OR REPLACE", ""
    cursor.execute(
        f"{insert} INTO journal_entry ({columns}) "
        f"SELECT {values} FROM journal_entry WHERE id = %s {rest}",
        [second.id],
    )


@manipulation
def reorder_two_seals(cursor: CursorWrapper, journal: Journal) -> None:
    chain = str(journal.milano.uid)
    move = "UPDATE journal_seal SET sequence = %s WHERE chain = %s AND sequence = %s"
    for now, before in ((99, 3), (3, 4), (4, 99)):
        cursor.execute(move, [now, chain, before])


@manipulation
def swap_between_networks(cursor: CursorWrapper, journal: Journal) -> None:
    move = "UPDATE journal_entry SET network_id = %s WHERE id = %s"
    here, there = journal.entries(journal.milano)[1], journal.entries(journal.lucca)[2]
    cursor.execute(move, [journal.lucca.id, here.id])
    cursor.execute(move, [journal.milano.id, there.id])


@manipulation
def truncate_the_entries(cursor: CursorWrapper, _journal: Journal) -> None:
    empty(cursor, "journal_entry")


@manipulation
def truncate_everything(cursor: CursorWrapper, _journal: Journal) -> None:
    empty(cursor, *TABLES)


def delete_entry(cursor: CursorWrapper, entry: Entry) -> None:
    """The entry alone: its values stay, so that the guard of the entries is what is met."""
    cursor.execute("DELETE FROM journal_entry WHERE id = %s", [entry.id])


def empty(cursor: CursorWrapper, *tables: str) -> None:
    if postgresql():
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
        return
    for table in reversed(tables):
        cursor.execute(f"DELETE FROM {table}")


@contextmanager
def with_everything_open() -> Iterator[CursorWrapper]:
    """As whoever owns the database and has taken down the guards and the foreign keys."""
    with as_owner(), guards_down(), foreign_keys_down(), connection.cursor() as cursor:
        yield cursor


@contextmanager
def foreign_keys_down() -> Iterator[None]:
    if not postgresql():
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND conrelid::regclass::text LIKE 'journal_%%'"
        )
        keys = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        for table, name, definition in keys:
            # What was done stays: only new rows are held to the key again.
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")


def places(chain: str) -> list[int]:
    return list(
        Seal.objects.filter(chain=chain).order_by("sequence").values_list("sequence", flat=True)
    )
