"""Migrated databases, made once for all runs on this machine by the product's own `migrate`, then copied.

A run that migrates for itself spends a quarter of a minute before its first test, in each process.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connections

from tests.journeys.site import tavolo
from tests.postgres import OWNER, administer, server_urls

FILES = {"default": "tavolo.sqlite3", "vault": "vault.sqlite3"}
OURS = re.compile(r"^(?:from|import) (tavolo[\w.]*)", re.MULTILINE)
# So many are kept beside each other, for branches and for those who work at once.
MOST = 16
T = TypeVar("T")
Made = list[tuple[object, str, bool]]


def create_test_databases() -> Made:
    """The databases of this process, as copies; gives what Django's teardown asks for."""
    made: Made = []
    for alias in connections:
        connection, told = connections[alias], settings.DATABASES[alias]
        made.append((connection, told["NAME"], True))
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = on_server()[alias]
        name = connection.creation._create_test_db(verbosity=0, autoclobber=True)
        if connection.vendor == "sqlite":
            shutil.copyfile(in_files()[alias], name)
        connection.close()
        told["NAME"] = connection.settings_dict["NAME"] = name
    return made


def lay(home: Path) -> None:
    """The files of an installation on SQLite, empty and migrated."""
    for path in in_files().values():
        shutil.copyfile(path, home / path.name)


def in_files() -> dict[str, Path]:
    """By database, the file of SQLite that is to be copied."""
    place = Path(tempfile.gettempdir(), f"tavolo-migrated-{os.getuid()}")
    place.mkdir(mode=0o700, exist_ok=True)
    kept = place / fingerprint() / "ready"
    with _alone(place / "lock"):
        if not kept.exists():
            for old in _too_many(list(place.glob("*/ready"))):
                shutil.rmtree(old.parent)
            _make_files(kept)
    return {alias: kept / name for alias, name in FILES.items()}


def _make_files(kept: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        tavolo(Path(made), "migrate")
        making = kept.with_name("making")
        making.mkdir(parents=True, exist_ok=True)
        for name in FILES.values():
            _copy_whole(Path(made, name), making / name)
    making.rename(kept)


def on_server() -> dict[str, str]:
    """By database, the name of the one on the test server that is to be copied."""
    urls = server_urls()
    names = {alias: f"tavolo_migrated_{fingerprint()}_{alias}" for alias in FILES}
    with _alone(Path(tempfile.gettempdir(), f"tavolo-migrated-{os.getuid()}.lock")):
        known = administer("SELECT datname FROM pg_database WHERE datname LIKE 'tavolo_migrated_%'")
        if not set(names.values()) <= {name for (name,) in known}:
            for (old,) in _too_many(known):
                administer(f"DROP DATABASE {old} WITH (FORCE)")
            _make_on_server(names, urls)
    return names


def _make_on_server(names: dict[str, str], urls: dict[str, str]) -> None:
    making = {alias: f"tavolo_making_{alias}" for alias in names}
    for name in (*making.values(), *names.values()):
        administer(f"DROP DATABASE IF EXISTS {name}")
    for name in making.values():
        administer(f"CREATE DATABASE {name} OWNER {OWNER}")
    there = {
        key: re.sub(r"@/[^?]*", f"@/{making['vault' if 'VAULT' in key else 'default']}", url)
        for key, url in urls.items()
    }
    with tempfile.TemporaryDirectory() as home:
        tavolo(Path(home), "migrate", **there)
    for alias, name in names.items():
        administer(f"ALTER DATABASE {making[alias]} RENAME TO {name}")


def fingerprint() -> str:
    """Of everything that migrations say and rest on; another one has other databases."""
    told = hashlib.sha256()
    for path in sorted(_written()):
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def _written() -> Iterator[Path]:
    for config in apps.get_app_configs():
        for path in Path(config.path, "migrations").glob("*.py"):
            yield path
            if config.name.startswith("tavolo."):
                for module in OURS.findall(path.read_text(encoding="utf-8")):
                    yield Path(str(find_spec(module).origin))  # type: ignore[union-attr]


def _too_many(found: list[T]) -> list[T]:
    return found if len(found) >= MOST * len(FILES) else []


def _copy_whole(source: Path, target: Path) -> None:
    """With what the write-ahead log still holds."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
