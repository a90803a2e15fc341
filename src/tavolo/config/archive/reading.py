"""Reading an archive: nothing in it is believed before all of it was checked."""

import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from tavolo.config.archive.errors import CannotRead, DamagedArchive, NewerArchive, UnsafeArchive
from tavolo.config.archive.manifest import FIRST, FORMAT, LAST, Manifest, format_of, manifest_of

# All names that a backup of ours gives: nothing that leads out of a folder can be among them.
MEMBER = re.compile(
    r"format\.json|manifest\.json"
    r"|tables/[a-z]+/[a-z0-9_]+\.ndjson"
    r"|blobs/[0-9a-f]{64}"
    r"|journal/[0-9a-z-]{1,40}\.json"
)
PIECE = 1 << 20
SMALL = 64 << 20


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever the libraries say of a broken file becomes one refusal."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise DamagedArchive from fault


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each member with its content, in the order in which they were written.

    Refuses with CannotRead, DamagedArchive and UnsafeArchive.
    """
    try:
        file = path.open("rb")
    except OSError as fault:
        raise CannotRead(advice=f"{path}: {fault.strerror}") from fault
    with file, damage_refused(), gzip.GzipFile(fileobj=file) as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or not MEMBER.fullmatch(member.name):
                    raise UnsafeArchive(advice=member.name)
                yield member.name, content
        # The checksum stands at the very end: it is compared when all has been read.
        while packed.read(PIECE):
            pass


@damage_refused()
def verified(path: Path) -> Manifest:
    """The manifest, when every member was read and is what the manifest says.

    Refuses with NewerArchive, DamagedArchive, UnsafeArchive, CannotRead; writes nothing.
    """
    seen: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    for name, content in members(path):
        if not seen and name != FIRST:
            raise DamagedArchive
        if name in seen:
            raise UnsafeArchive(advice=name)
        if name == FIRST:
            refuse_newer(format_of(content.read(SMALL)))
        if name == LAST:
            manifest = manifest_of(content.read(SMALL))
        seen[name] = measured(content)
    if manifest is None:
        raise DamagedArchive
    compare(manifest, seen)
    return manifest


def refuse_newer(number: int) -> None:
    if number > FORMAT:
        raise NewerArchive


def measured(content: IO[bytes]) -> tuple[int, str]:
    """How many lines, and the SHA-256."""
    digest, lines = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        digest.update(piece)
        lines += piece.count(b"\n")
    return lines, digest.hexdigest()


def compare(manifest: Manifest, seen: dict[str, tuple[int, str]]) -> None:
    """Refuses with DamagedArchive a member that is missing, too many or not what it should be."""
    blobs = {name: digest for name, (_n, digest) in seen.items() if name.startswith("blobs/")}
    wrong = {
        name.removeprefix("blobs/") for name, digest in blobs.items() if name != f"blobs/{digest}"
    }
    tables = {name: told for name, told in seen.items() if name.startswith("tables/")}
    heads = {name: digest for name, (_n, digest) in seen.items() if name.startswith("journal/")}
    whole = {
        _("tables"): tables == manifest.digests,
        _("files"): len(blobs) == manifest.blobs and wrong <= set(manifest.lost),
        _("heads of the journal"): heads == manifest.heads,
    }
    for part, equal in whole.items():
        if not equal:
            raise DamagedArchive(advice=part)
