"""What an archive says about itself, so that it can be held to it."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from tavolo.config.archive.columns import KINDS
from tavolo.config.archive.errors import DamagedArchive
from tavolo.config.archive.tables import Table

FORMAT = 1
FIRST, LAST = "format.json", "manifest.json"
# Names of tables and columns reach SQL from here.
NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Carried:
    """A table with what the archive holds of it: how many rows, and the SHA-256 of their lines."""

    table: Table
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`migrations` by database; `keys` is the digest of the keys; `lost` are contents without file."""

    format: int
    version: str
    created_at: str
    vendors: dict[str, str]
    migrations: dict[str, list[tuple[str, str]]]
    tables: list[Carried]
    heads: dict[str, str]
    keys: str
    blobs: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(carried.rows for carried in self.tables)

    @property
    def digests(self) -> dict[str, tuple[int, str]]:
        """Rows and digest of each table, to compare two archives by."""
        return {carried.table.member: (carried.rows, carried.sha256) for carried in self.tables}

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def manifest_of(content: bytes) -> Manifest:
    """Refuses with DamagedArchive what is no manifest."""
    try:
        said: dict[str, Any] = json.loads(content)
        said["tables"] = [_carried(**each) for each in said["tables"]]
        said["migrations"] = {
            alias: [(app, name) for app, name in applied]
            for alias, applied in said["migrations"].items()
        }
        return Manifest(**said)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise DamagedArchive from fault


def _carried(*, table: dict[str, Any], rows: int, sha256: str) -> Carried:
    columns = tuple((str(name), str(kind)) for name, kind in table.pop("columns"))
    told = Table(columns=columns, **table)
    names = (told.database, told.name, told.key, *dict(columns))
    if not all(NAME.fullmatch(name) for name in names) or not set(dict(columns).values()) <= set(
        KINDS
    ):
        raise DamagedArchive
    return Carried(told, rows, sha256)


def format_of(content: bytes) -> int:
    """The number of the format, which the first member says. Refuses with DamagedArchive."""
    try:
        return int(json.loads(content)["format"])
    except (ValueError, TypeError, KeyError) as fault:
        raise DamagedArchive from fault
