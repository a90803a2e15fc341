"""The walls around the record: triggers that refuse change, deletion and truncation.

They hold against whoever comes by the application's connection, Django itself included. Whoever
owns the database can take them down; what was done then is found by `queries.breaks`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tavolo.journal.choices import APPEND_ONLY

DATABASE = "default"
VALUES = "journal_entryvalue"

# What no second row may share with a row that is written: a REPLACE takes the place of such a row.
UNIQUE = {
    "journal_entry": ("id = NEW.id", "uid = NEW.uid"),
    "journal_seal": (
        "id = NEW.id",
        "entry_id = NEW.entry_id",
        "(chain = NEW.chain AND sequence = NEW.sequence)",
    ),
    VALUES: ("entry_id = NEW.entry_id",),
}
WORDS = "The journal is only ever added to."

FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$
"""


def guards_sql(vendor: str) -> list[str]:
    """The statements that raise the guards; each can be run again."""
    if vendor == "postgresql":
        return [FUNCTION, *(line for guard in _guards(vendor) for line in _postgresql(*guard))]
    return [line for guard in _guards(vendor) for line in _sqlite(*guard)]


def guards_down_sql(vendor: str) -> list[str]:
    """The statements that take them down."""
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}" for table, act in _guards(vendor)
        ]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for table, act in _guards(vendor)]


def raise_guards(using: str = DATABASE) -> None:
    """Put up every guard; on PostgreSQL only the tables' owner can."""
    _run(guards_sql(connections[using].vendor), using)


@contextmanager
def guards_down(using: str = DATABASE) -> Iterator[None]:
    """Without guards while it lasts: for the tests' flush and a demonstration that begins again.

    On PostgreSQL the connection must be the owner's.
    """
    _run(guards_down_sql(connections[using].vendor), using)
    try:
        yield
    finally:
        _run(guards_sql(connections[using].vendor), using)


def missing_guards(using: str = DATABASE) -> list[str]:
    """The names of guards that should stand and do not, or are disabled; for `tavolo check`."""
    connection = connections[using]
    standing = _standing(connection)
    wanted = [f"{table}_no_{act}" for table, act in _guards(connection.vendor)]
    return [name for name in wanted if name not in standing]


def _guards(vendor: str) -> list[tuple[str, str]]:
    acts = ("update", "delete", "truncate" if vendor == "postgresql" else "replace")
    guards = [(table, act) for table in APPEND_ONLY for act in acts]
    # Values may be erased, never rewritten.
    return [*guards, *((VALUES, act) for act in acts if act in {"update", "replace"})]


def _postgresql(table: str, act: str) -> list[str]:
    name, each = f"{table}_no_{act}", "STATEMENT" if act == "truncate" else "ROW"
    guard = (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION journal_refuse()"
    )
    # ALWAYS: also where a session calls itself a replica.
    return [guard, f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"]


def _sqlite(table: str, act: str) -> list[str]:
    when = f"{act} ON {table}"
    if act == "replace":
        # A REPLACE deletes silently where recursive triggers are off: it is met before it does.
        taken = f"SELECT 1 FROM {table} WHERE {' OR '.join(UNIQUE[table])}"  # noqa: S608
        when = f"insert ON {table} WHEN EXISTS ({taken})"
    guard = (
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} "
        f"BEFORE {when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )
    return [guard]


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    question = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def _run(statements: list[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
