"""Each chain's head (how many, which hash), kept outside the database so that a cut tail shows.

A head that is behind its chain is lawful (a process may end between the two writes); one that is
ahead says that the chain lost its end. So heads only move forward, and never onto another chain.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from tavolo.journal.chain import GENESIS


@dataclass(frozen=True)
class Head:
    """`installation` is the uid of the installation whose chain it is."""

    chain: str
    count: int
    hash: str
    installation: str


class UnreadableHeadError(Exception):
    """The file is there and says nothing that could be a head."""


def folder() -> Path:
    return Path(settings.TAVOLO_HOME) / "journal"


def path_of(chain: str) -> Path:
    return folder() / f"{chain}.json"


def chains() -> list[str]:
    """The chains that have a head."""
    return sorted(path.stem for path in folder().glob("*.json"))


def read_head(chain: str) -> Head | None:
    """The head of a chain, None where none is kept; UnreadableHeadError where the file is damaged."""
    try:
        return parse_head(path_of(chain).read_bytes())
    except FileNotFoundError:
        return None


def parse_head(content: bytes) -> Head:
    try:
        said = json.loads(content)
        return Head(
            str(said["chain"]), int(said["count"]), str(said["hash"]), str(said["installation"])
        )
    except (ValueError, TypeError, KeyError) as fault:
        raise UnreadableHeadError from fault


def begin_head(chain: str, installation: str) -> None:
    """A head of a chain without entries, before its first seal: from then on its absence shows."""
    with alone():
        if not path_of(chain).exists():
            write_head(Head(chain, 0, GENESIS, installation))


def write_head(head: Head) -> None:
    put(head.chain, written(head))


def written(head: Head) -> bytes:
    return json.dumps(asdict(head)).encode("ascii")


def put(chain: str, content: bytes) -> None:
    """Write and sync under a passing name, then rename: a reader sees the old or the new one."""
    path = path_of(chain)
    draft = path.with_suffix(f".{os.getpid()}.new")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    _sync(path.parent)


def forget_heads() -> None:
    """Remove every head: for a demonstration that begins again, whose chains go with it."""
    for chain in chains():
        path_of(chain).unlink()


@contextmanager
def alone() -> Iterator[None]:
    """One process of this machine at a time reads, compares and writes heads."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
