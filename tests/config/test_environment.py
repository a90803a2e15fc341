import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from tavolo.config import environment as env
from tavolo.config.environment import DatabaseUrl

NAME = "TAVOLO_PROVA"


@pytest.mark.parametrize(
    ("told", "read"), [(None, "x"), ("", "x"), ("  ", "x"), (" a b ", "a b"), ("è", "è")]
)
def test_a_text_is_what_is_told_or_its_default(monkeypatch, told, read):
    monkeypatch.delenv(NAME, raising=False)
    if told is not None:
        monkeypatch.setenv(NAME, told)
    assert env.text(NAME, "x") == read


@pytest.mark.parametrize("told", ["1", "true", "TRUE", " yes ", "On"])
def test_a_flag_is_raised_by_a_few_words(monkeypatch, told):
    monkeypatch.setenv(NAME, told)
    assert env.flag(NAME)


@pytest.mark.parametrize("told", ["", "0", "false", "no", "off", "si", "2"])
def test_and_by_no_other(monkeypatch, told):
    monkeypatch.setenv(NAME, told)
    assert not env.flag(NAME)


def test_home_is_where_it_is_told_to_be_else_where_the_system_keeps_data(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("TAVOLO_HOME")
    assert env.home() == tmp_path / ".local/share/tavolo"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert env.home() == tmp_path / "data/tavolo"
    monkeypatch.setenv("TAVOLO_HOME", "~/mio")
    assert env.home() == tmp_path / "mio"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAVOLO_HOME", "qui")
    assert env.home() == tmp_path / "qui"


# --- the secret key


@pytest.fixture
def keys(tmp_path, monkeypatch) -> Path:
    monkeypatch.delenv("TAVOLO_SECRET_KEY")
    return tmp_path / "home" / "keys"


def test_a_key_that_is_told_is_not_kept(keys, monkeypatch):
    monkeypatch.setenv("TAVOLO_SECRET_KEY", "told")
    assert env.secret_key(keys) == "told"
    assert not keys.exists()


def test_a_key_is_made_once_and_nobody_else_may_read_it(keys):
    made = env.secret_key(keys)
    assert len(made) >= 64
    assert env.secret_key(keys) == made
    assert [path.name for path in keys.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((keys / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_many_who_start_at_once_read_one_key(keys):
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _n: env.secret_key(keys), range(64)))
    assert len(found) == 1
    assert [path.name for path in keys.iterdir()] == ["secret_key"]


def test_a_key_file_that_lost_its_content_is_said(keys):
    keys.mkdir(parents=True)
    (keys / "secret_key").write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="secret_key is empty"):
        env.secret_key(keys)


def test_a_disk_that_is_full_leaves_no_half_key(keys, monkeypatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            env.secret_key(keys)
    assert not (keys / "secret_key").exists()
    assert env.secret_key(keys)


# --- databases


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///srv/tavolo/db.sqlite3", "/srv/tavolo/db.sqlite3"),
        ("sqlite:////srv/db", "//srv/db"),
        ("sqlite:db.sqlite3", "db.sqlite3"),
        ("sqlite:///srv/a%20b%23c.sqlite3", "/srv/a b#c.sqlite3"),
    ],
)
def test_an_sqlite_address_is_a_path(url, name):
    assert DatabaseUrl(url).settings()["NAME"] == name


def test_sqlite_writes_safely_and_sees_what_replace_deletes():
    options = env.sqlite("/x")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON"):
        assert f"PRAGMA {pragma};" in options["init_command"]


def postgresql(url: str) -> dict[str, object]:
    told = DatabaseUrl(url).settings()
    return {
        key.lower(): told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    }


def test_a_postgresql_address_is_read_whole():
    url = "postgresql://anna%40rete:p%23%3F%2F%40%3A@db.example.it:5433/ta%20volo?sslmode=require"
    assert postgresql(url) == {
        "name": "ta volo",
        "user": "anna@rete",
        "password": "p#?/@:",
        "host": "db.example.it",
        "port": "5433",
        "options": {"connect_timeout": "10", "sslmode": "require"},
    }


def test_a_socket_and_a_patience_of_ones_own_may_be_named():
    assert postgresql("postgres:///tavolo?host=%2Frun%2Fpg&connect_timeout=2") == {
        "name": "tavolo",
        "user": "",
        "password": "",
        "host": "/run/pg",
        "port": "",
        "options": {"connect_timeout": "2"},
    }
    assert postgresql("postgresql://[::1]/tavolo")["host"] == "::1"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://segreto@host/db",
        "segreto",
        "/srv/segreto.sqlite3",
        "sqlite://segreto.sqlite3",
        "sqlite://",
        "sqlite:",
        "postgresql://u:segreto@host:porta/db",
        "postgresql://u:segreto@host:99999/db",
        "postgresql://u:segreto@[::1/db",
    ],
)
def test_any_other_address_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured, match="A database address is") as refusal:
        DatabaseUrl(url).settings()
    assert "segreto" not in str(refusal.value)


@given(st.text())
def test_any_text_is_an_address_or_refused(url):
    for form in (url, f"sqlite://{url}", f"postgresql://{url}"):
        try:
            told = DatabaseUrl(form).settings()
        except ImproperlyConfigured:
            continue
        assert told["ENGINE"].startswith("django.db.backends.")


def test_a_database_is_the_one_told_or_a_file_of_ours(monkeypatch):
    default = Path("/srv/100% #nostro/tavolo?.sqlite3")
    monkeypatch.delenv("TAVOLO_PROVA_URL", raising=False)
    assert env.database("PROVA", default)["NAME"] == str(default)
    monkeypatch.setenv("TAVOLO_PROVA_URL", "postgresql:///altra")
    assert env.database("PROVA", default)["NAME"] == "altra"


def test_an_owner_is_the_one_told_or_nobody(monkeypatch):
    monkeypatch.delenv("TAVOLO_PROVA_OWNER_URL", raising=False)
    assert env.owner("PROVA") is None
    monkeypatch.setenv("TAVOLO_PROVA_OWNER_URL", "postgresql://owner@/altra")
    owner = env.owner("PROVA")
    assert owner is not None
    assert (owner["USER"], owner["NAME"]) == ("owner", "altra")
