"""Loading an archive into empty databases: to its own migrations, in one transaction, and then on."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tavolo.config.archive.columns import bind
from tavolo.config.archive.errors import NewerArchive, NotEmpty
from tavolo.config.archive.manifest import Manifest
from tavolo.config.archive.tables import LEFT_OUT, MADE_BY_ITSELF, WITHOUT_MODEL, Table
from tavolo.config.databases import grant_application_role

ROWS = 500
Migrations = list[tuple[str, str]]


def refuse_unknown(manifest: Manifest) -> None:
    """Refuses with NewerArchive a database, or migrations, that this version does not know."""
    for alias, applied in manifest.migrations.items():
        known = set(MigrationLoader(None).disk_migrations or ())
        unknown = [f"{app}.{name}" for app, name in applied if (app, name) not in known]
        if unknown or alias not in connections:
            raise NewerArchive(advice=", ".join(unknown) or alias)


def refuse_filled() -> None:
    """Refuses with NotEmpty where somebody's rows are; what is made without anybody does not count."""
    for alias in connections:
        uncounted = LEFT_OUT | WITHOUT_MODEL | MADE_BY_ITSELF
        for table in sorted(set(_tables_of(connections[alias])) - uncounted):
            if _any_row(connections[alias], table):
                raise NotEmpty(advice=f"{alias}: {table}")


def migrate_to(alias: str, applied: Migrations) -> None:
    """Bring a database to the migrations that the archive was made with, so that its columns are there."""
    executor = MigrationExecutor(connections[alias])
    nodes, wanted = executor.loader.graph, set(applied)
    ends = [
        key
        for key in applied
        if not any(
            child.key in wanted and child.key[0] == key[0] for child in nodes.node_map[key].children
        )
    ]
    # Without a plan Django would still compute the state of all models.
    if executor.migration_plan(ends):
        executor.migrate(ends)


def finish() -> None:
    """On to this version's migrations, with what comes after every migration, and the rights."""
    for alias in connections:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    grant_application_role()


def clear(tables: Iterable[Table]) -> None:
    """Away with the rows that migrations and an unused installation made: the archive has its own."""
    for table in reversed(list(tables)):
        connection = connections[table.database]
        if _any_row(connection, table.name):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608


def load_table(table: Table, lines: IO[bytes]) -> Iterator[int]:
    """Insert a table's lines in batches; yields how many each time."""
    connection = connections[table.database]
    kinds = [kind for _name, kind in table.columns]
    rows = (
        [bind(*told, connection) for told in zip(kinds, json.loads(line), strict=True)]
        for line in lines
    )
    while batch := list(islice(rows, ROWS)):
        with connection.cursor() as cursor:
            cursor.executemany(_insert(table, connection), batch)
        yield len(batch)


def reset_sequences(tables: Iterable[Table]) -> None:
    """PostgreSQL counts on from the highest key that was loaded; SQLite does so by itself."""
    for table in tables:
        connection = connections[table.database]
        if connection.vendor == "postgresql" and dict(table.columns)[table.key] == "whole":
            with connection.cursor() as cursor:
                cursor.execute(_count_on(table, connection), [f'"{table.name}"', table.key])


def _insert(table: Table, connection: BaseDatabaseWrapper) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name, _kind in table.columns)
    places = ", ".join("%s" for _column in table.columns)
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({places})"  # noqa: S608


def _count_on(table: Table, connection: BaseDatabaseWrapper) -> str:
    name, key = connection.ops.quote_name(table.name), connection.ops.quote_name(table.key)
    # A key that is another table's (one to one) has no sequence: then nothing happens.
    return (
        f"SELECT setval(counter, highest) FROM (SELECT pg_get_serial_sequence(%s, %s) AS counter, "  # noqa: S608
        f"(SELECT MAX({key}) FROM {name}) AS highest) AS told "
        "WHERE counter IS NOT NULL AND highest IS NOT NULL"
    )


def _tables_of(connection: BaseDatabaseWrapper) -> list[str]:
    return connection.introspection.table_names()


def _any_row(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None
