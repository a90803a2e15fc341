"""What a folder says of itself, so that it can be held to it."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tavolo.config.moving.errors import DamagedFolder, OtherForm

FORMAT = 1
Migrations = list[tuple[str, str]]


@dataclass(frozen=True)
class Moved:
    """Whose folder it is."""

    uid: str
    slug: str
    name: str


@dataclass(frozen=True)
class Demonstration:
    """That it comes from one: of which seed, at home on which day."""

    seed: int | None
    reference_day: str | None

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.reference_day) if self.reference_day else None


@dataclass(frozen=True)
class Told:
    """What a file of lines holds: how many, and their SHA-256."""

    lines: int
    sha256: str


@dataclass(frozen=True)
class ChainEnd:
    """Up to where the journal of the network is sealed."""

    count: int
    hash: str


@dataclass(frozen=True)
class Manifest:
    """`members` by path within the folder; `files` are the digests of the contents, `lost` those without file."""

    format: int
    version: str
    created_at: str
    installation: str
    network: Moved
    accounts: bool
    demonstration: Demonstration | None
    migrations: Migrations
    chain: ChainEnd
    members: dict[str, Told]
    files: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All rows that arrive."""
        return sum(told.lines for name, told in self.members.items() if name.startswith("rows/"))

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode()


def manifest_of(content: bytes) -> Manifest:
    """Refuses with OtherForm a folder of another form, with DamagedFolder what is no manifest."""
    try:
        said: dict[str, Any] = json.loads(content)
        if said["format"] != FORMAT:
            raise OtherForm
        said["network"] = Moved(**said["network"])
        said["chain"] = ChainEnd(int(said["chain"]["count"]), str(said["chain"]["hash"]))
        said["migrations"] = [(str(app), str(name)) for app, name in said["migrations"]]
        said["members"] = {name: Told(**told) for name, told in said["members"].items()}
        demonstration = said["demonstration"]
        said["demonstration"] = Demonstration(**demonstration) if demonstration else None
        return Manifest(**said)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise DamagedFolder from fault
