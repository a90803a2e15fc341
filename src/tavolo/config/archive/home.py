"""What an archive takes from the home and puts back into it: contents and heads of the journal."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from tavolo.config.archive.writing import ArchiveWriter
from tavolo.journal import heads
from tavolo.journal.chain import GENESIS
from tavolo.journal.heads import Head
from tavolo.kernel import blobs, clock


def head_files() -> dict[str, bytes]:
    """The heads as they lie there, unread: a damaged one is carried as it is."""
    return {chain: heads.path_of(chain).read_bytes() for chain in heads.chains()}


def begun_since(before: dict[str, bytes], installation: str) -> dict[str, bytes]:
    """Heads of chains that began while the backup did: of them the archive knows the beginning only."""
    return {
        chain: heads.written(Head(chain, 0, GENESIS, installation))
        for chain in heads.chains()
        if chain not in before
    }


def put_heads(found: dict[str, bytes]) -> None:
    """Put the archive's heads in place; others, of a database that is gone, are laid beside."""
    there = heads.chains()
    if there:
        aside = heads.folder() / f"before-{clock.now():%Y%m%dT%H%M%S%fZ}"
        aside.mkdir(mode=0o700)
        for chain in there:
            heads.path_of(chain).rename(aside / f"{chain}.json")
    for chain, content in found.items():
        heads.put(chain, content)


def add_blob(archive: ArchiveWriter, digest: str) -> tuple[bool, bool]:
    """Whether the content is there, and whether it is what its name says; a wrong one is carried too."""
    path = blobs.path_of(digest)
    there = path.is_file()
    return there, there and archive.add_file(f"blobs/{digest}", path) == digest


def put_blob(digest: str, content: IO[bytes]) -> None:
    """Write and sync under a passing name, then rename, as `blobs.store` does."""
    path = blobs.path_of(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=blobs.folder(), prefix="new-", delete=False) as draft:
        shutil.copyfileobj(content, draft)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).rename(path)
