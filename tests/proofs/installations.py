"""An installation on either database, for proofs that kill and restore whole processes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tests import migrated
from tests.journeys.site import tavolo
from tests.postgres import administer, server_urls


@dataclass(frozen=True)
class Installation:
    home: Path
    urls: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> str:
        return tavolo(self.home, *arguments, **self.urls)


@contextmanager
def installation(home: Path, database: str, *, with_tables: bool = True) -> Iterator[Installation]:
    """An empty one: SQLite files in `home`, or new databases on the test server, dropped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        if with_tables:
            migrated.lay(home)
        yield Installation(home)
        return
    name = f"proof_{uuid4().hex[:10]}"
    urls = {
        key: re.sub(r"@/tavolo(_vault)?_\d+", rf"@/{name}\1", url)
        for key, url in server_urls().items()
    }
    copied = migrated.on_server() if with_tables else {}
    for each, alias in ((name, "default"), (f"{name}_vault", "vault")):
        administer(f"CREATE DATABASE {each} TEMPLATE {copied.get(alias, 'template1')}")
    try:
        yield Installation(home, urls)
    finally:
        for each in (name, f"{name}_vault"):
            administer(f"DROP DATABASE {each} WITH (FORCE)")
