"""One moment of a database, read on a connection of its own while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from tavolo.config.archive.columns import write
from tavolo.config.archive.tables import Model, Table, columns_of, table_of

ROWS = 1000


class Snapshot:
    """A read transaction that sees what was committed when it began, and nothing later."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def count(self, table: Table) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {self._name(table.name)}")  # noqa: S608
            return int(cursor.fetchone()[0])

    def rows(self, model: Model) -> Iterator[list[Any]]:
        """The rows of a table by their key, as JSON can hold them; memory does not grow with them."""
        table = table_of(model)
        read = [self._reader(field) for field in columns_of(model)]
        with self.connection.chunked_cursor() as cursor:
            cursor.execute(self._select(table))
            for row in _fetched(cursor):
                yield [
                    write(kind, reader(value))
                    for (_name, kind), reader, value in zip(table.columns, read, row, strict=True)
                ]

    def migrations(self) -> list[tuple[str, str]]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return sorted((app, name) for app, name in cursor.fetchall())

    def _select(self, table: Table) -> str:
        columns = ", ".join(self._name(name) for name, _kind in table.columns)
        order = self._name(table.key)
        if self.connection.vendor == "postgresql" and dict(table.columns).get(table.key) == "text":
            # By the bytes, as SQLite orders: the digest of a table must not depend on a language.
            order += ' COLLATE "C"'
        return f"SELECT {columns} FROM {self._name(table.name)} ORDER BY {order}"  # noqa: S608

    def _reader(self, field: Any) -> Any:
        column = field.get_col(field.model._meta.db_table)
        converters = self.connection.ops.get_db_converters(column)

        def read(value: Any) -> Any:
            for convert in converters:
                value = convert(value, column, self.connection)
            return value

        return read

    def _name(self, name: str) -> str:
        return str(self.connection.ops.quote_name(name))


@contextmanager
def snapshot(alias: str) -> Iterator[Snapshot]:
    """A snapshot of a database as it is committed now."""
    connection = connections[alias].copy(alias)
    try:
        _begin(connection)
        yield Snapshot(connection)
    finally:
        connection.close()


def _begin(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        connection.set_autocommit(False)
        first = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
    else:
        first = "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(first)
        # Neither database takes its moment before it is asked for something.
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
        cursor.fetchone()


def _fetched(cursor: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(ROWS):
        yield from rows
