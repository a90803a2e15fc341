"""Which room lives in which database, and the two roles of PostgreSQL (decision 8)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from psycopg import sql

ROLE_KEYS = ("USER", "PASSWORD", "HOST", "PORT")


class RoomRouter:
    """Sends the sealed rooms to the vault's database and all others to the first; no relation crosses."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return database_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return database_of(model._meta.app_label)

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        return database_of(one._meta.app_label) == database_of(other._meta.app_label)

    def allow_migrate(self, database: str, app_label: str, **_hints: Any) -> bool:
        return database == database_of(app_label)


def database_of(app_label: str) -> str:
    return "vault" if app_label in settings.VAULT_ROOMS else "default"


@contextmanager
def as_owner() -> Iterator[None]:
    """Make this thread’s databases act as their owner while it lasts, where an owner is named; else as they are."""
    kept = {}
    for alias, owner in settings.DATABASE_OWNERS.items():
        if owner:
            kept[alias] = connections[alias].settings_dict
            # A copy: every thread's connection shares the original, and they stay who they are.
            _become(alias, {**kept[alias], **{key: owner[key] for key in ROLE_KEYS}})
    try:
        yield
    finally:
        for alias, told in kept.items():
            _become(alias, told)


def _become(alias: str, told: dict[str, Any]) -> None:
    connections[alias].close()
    connections[alias].settings_dict = told


def refresh_statistics() -> None:
    """As the owner: let PostgreSQL count what it holds now, so that it plans well after a great load.

    SQLite plans well without; its counts would be a table more.
    """
    with as_owner():
        for alias in connections:
            if connections[alias].vendor == "postgresql":
                with connections[alias].cursor() as cursor:
                    cursor.execute("ANALYZE")


def grant_application_role() -> None:
    """As the owner: what the application may do. Append-only tables it may read and add to, no more."""
    append_only = {
        table for config in apps.get_app_configs() for table in getattr(config, "append_only", ())
    }
    for alias, owner in settings.DATABASE_OWNERS.items():
        if owner:
            _grant(alias, settings.DATABASES[alias]["USER"], append_only)


def _grant(alias: str, application: str, append_only: set[str]) -> None:
    role = sql.Identifier(application)
    with connections[alias].cursor() as cursor:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
        known = set(connections[alias].introspection.table_names(cursor))
        for table in sorted(append_only & known):
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                    sql.Identifier(table), role
                )
            )
