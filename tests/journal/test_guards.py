import sqlite3

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tavolo.config.databases import as_owner
from tavolo.journal.guards import WORDS, guards_down, guards_sql, missing_guards, raise_guards
from tavolo.journal.models import Entry, EntryValue
from tests.journal.conftest import Journal

REPLACE_BY_PLACE = """
    REPLACE INTO journal_seal (chain, sequence, entry_id, previous, hash)
    SELECT chain, sequence, entry_id, previous, hash FROM journal_seal
"""
INSERT_OR_UPDATE = """
    INSERT INTO journal_entry SELECT * FROM journal_entry WHERE true
    ON CONFLICT DO UPDATE SET action = 'tests.denied'
"""


def test_all_guards_stand(db: None) -> None:
    assert missing_guards() == []


def test_guards_that_were_taken_down_are_named_and_come_back(transactional_db: None) -> None:
    with as_owner():
        with guards_down():
            assert {"journal_entry_no_update", "journal_seal_no_delete"} <= set(missing_guards())
        assert missing_guards() == []


def test_guards_come_back_after_a_failure(transactional_db: None) -> None:
    with as_owner():
        with pytest.raises(ZeroDivisionError), guards_down():
            raise ZeroDivisionError
        assert missing_guards() == []


def test_raising_them_twice_does_no_harm(transactional_db: None) -> None:
    with as_owner():
        raise_guards()
        raise_guards()
    assert missing_guards() == []


def test_a_disabled_guard_is_missing(transactional_db: None) -> None:
    """On PostgreSQL a trigger can stand there and sleep."""
    if connection.vendor != "postgresql":
        return
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_delete")
        assert missing_guards() == ["journal_entry_no_delete"]
        raise_guards()
        assert missing_guards() == []


def test_values_may_be_erased_but_not_rewritten(journal: Journal) -> None:
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        EntryValue.objects.update(text="{}")
    assert EntryValue.objects.all().delete()[0] == 12


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO journal_entry SELECT * FROM journal_entry",
        "REPLACE INTO journal_seal SELECT * FROM journal_seal",
        REPLACE_BY_PLACE,
        "REPLACE INTO journal_entryvalue SELECT * FROM journal_entryvalue",
        "UPDATE OR REPLACE journal_entry SET uid = (SELECT MAX(uid) FROM journal_entry)",
        INSERT_OR_UPDATE,
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_sqlite_refuses_every_replacement_on_any_connection(
    journal: Journal, statement: str, recursive: str
) -> None:
    """A connection that is not ours may lack recursive triggers."""
    if connection.vendor != "sqlite":
        return
    before = list(Entry.objects.order_by("id").values())
    own = sqlite3.connect(settings.DATABASES["default"]["TEST"]["NAME"])
    own.execute(f"PRAGMA recursive_triggers={recursive}")
    with pytest.raises(sqlite3.IntegrityError, match=WORDS):
        own.execute(statement)
    own.close()
    assert list(Entry.objects.order_by("id").values()) == before


def test_our_connections_have_recursive_triggers(db: None) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers")
            assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_every_append_only_table_is_guarded_on_both_databases(vendor: str) -> None:
    statements = " ".join(guards_sql(vendor)).lower()
    for table in ("journal_entry", "journal_seal"):
        assert f"before update on {table} " in statements
        assert f"before delete on {table} " in statements
    assert ("before truncate on journal_seal " in statements) == (vendor == "postgresql")
