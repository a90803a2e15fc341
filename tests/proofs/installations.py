"""An installation on either database, for proofs that kill and restore whole processes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.journeys.site import tavolo
from tests.postgres import server_urls


@dataclass(frozen=True)
class Installation:
    home: Path
    urls: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> str:
        return tavolo(self.home, *arguments, **self.urls)


@contextmanager
def installation(home: Path, database: str) -> Iterator[Installation]:
    """An empty one: SQLite files in `home`, or new databases on the test server, dropped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        yield Installation(home)
        return
    name = f"proof_{uuid4().hex[:10]}"
    urls = {
        key: re.sub(r"@/tavolo(_vault)?_\d+", rf"@/{name}\1", url)
        for key, url in server_urls().items()
    }
    for each in (name, f"{name}_vault"):
        administer(f"CREATE DATABASE {each}")
    try:
        yield Installation(home, urls)
    finally:
        for each in (name, f"{name}_vault"):
            administer(f"DROP DATABASE {each} WITH (FORCE)")


def administer(statement: str) -> None:
    owner = re.sub(r"@/[^?]*", "@/postgres", server_urls()["TAVOLO_DATABASE_OWNER_URL"])
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(statement)
