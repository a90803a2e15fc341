from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import Error, connection, connections, transaction

from tavolo.config import databases
from tavolo.config.databases import RoomRouter, as_owner, database_of, grant_application_role
from tavolo.journal.apps import JournalConfig
from tavolo.kernel.models import Network

real = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def row(app_label: str) -> Any:
    return SimpleNamespace(_meta=SimpleNamespace(app_label=app_label))


ROOMS = [("kernel", "default"), ("registry", "default"), ("vault", "vault"), ("pathways", "vault")]


@pytest.mark.parametrize(("room", "database"), ROOMS)
def test_the_sealed_rooms_live_in_the_vault_and_all_others_do_not(room, database):
    router = RoomRouter()
    assert database_of(room) == database
    assert router.db_for_read(row(room)) == router.db_for_write(row(room)) == database
    other = "vault" if database == "default" else "default"
    assert router.allow_migrate(database, room, model_name="x")
    assert not router.allow_migrate(other, room, model_name="x")


@pytest.mark.parametrize(("one", "home"), ROOMS)
@pytest.mark.parametrize(("other", "other_home"), ROOMS)
def test_no_relation_crosses(one, home, other, other_home):
    allowed = RoomRouter().allow_relation(row(one), row(other), hint=1)
    assert allowed is (home == other_home)


@real
def test_the_vault_has_no_table_of_the_first_database():
    tables = set(connections["vault"].introspection.table_names())
    assert tables == {"django_migrations"}


def who(alias: str = "default") -> str:
    """As whom the database sees this thread: on SQLite nobody in particular."""
    if connections[alias].vendor == "sqlite":
        return "anybody"
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


APPLICATION = "anybody" if connection.vendor == "sqlite" else "tavolo_app"
OWNER = "anybody" if connection.vendor == "sqlite" else "tavolo_owner"


@real
def test_everything_is_done_as_the_application_and_only_what_must_be_as_the_owner():
    assert [who(alias) for alias in connections] == [APPLICATION, APPLICATION]
    with as_owner():
        assert [who(alias) for alias in connections] == [OWNER, OWNER]
    assert [who(alias) for alias in connections] == [APPLICATION, APPLICATION]


@real
def test_the_application_is_itself_again_after_a_fault():
    with pytest.raises(RuntimeError), as_owner():
        raise RuntimeError
    assert who() == APPLICATION


@real
def test_other_threads_stay_who_they_are():
    seen = []

    def look() -> None:
        seen.append(who())
        connections.close_all()

    with as_owner():
        beside = Thread(target=look)
        beside.start()
        beside.join()
        assert django_settings.DATABASES["default"].get("USER", "") != "tavolo_owner"
    assert seen == [APPLICATION]


def forbidden(statement: str) -> bool:
    """Whether this thread's role may not; on SQLite there are no roles, and guards stand instead."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except Error:
        return True
    return False


@real
@pytest.mark.parametrize("table", JournalConfig.append_only)
def test_to_the_record_the_application_only_adds(table):
    assert not forbidden(f"SELECT * FROM {table}")
    roles = connection.vendor == "postgresql"
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        assert forbidden(statement) is (roles or statement.startswith("TRUNCATE"))


@real
def test_the_application_makes_and_drops_no_table():
    roles = connection.vendor == "postgresql"
    assert forbidden("CREATE TABLE stray (id integer)") is roles
    assert forbidden("DROP TABLE kernel_schedule") is roles
    assert forbidden("ALTER TABLE kernel_schedule ADD COLUMN stray integer") is roles


@real
def test_rights_may_be_given_again():
    with as_owner():
        grant_application_role()
    Network.objects.create(slug="rete", name="Rete", created_at="2026-01-01T00:00Z")
    assert forbidden("DELETE FROM journal_entry") is (connection.vendor == "postgresql")


def test_where_one_role_does_both_nothing_is_given(settings, monkeypatch):
    def given(*_args: object) -> None:
        raise AssertionError

    settings.DATABASE_OWNERS = {"default": None, "vault": None}
    monkeypatch.setattr(databases, "_grant", given)
    monkeypatch.setattr(databases, "_become", given)
    grant_application_role()
    with as_owner():
        pass


@real
def test_statistics_are_of_what_is_there_now() -> None:
    databases.refresh_statistics()
    question = (
        "SELECT reltuples > 0 FROM pg_class WHERE relname = 'django_migrations'"
        if connection.vendor == "postgresql"
        else "SELECT count(*) = 0 FROM sqlite_master WHERE name = 'sqlite_stat1'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == (True,)
