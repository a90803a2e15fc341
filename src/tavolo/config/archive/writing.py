"""Writing the archive: a compressed tar, member by member, under a passing name until it is whole."""

import gzip
import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from tavolo.config.archive.errors import CannotWrite

COMPRESSION = 6
PIECE = 1 << 20


class ArchiveWriter:
    """Takes members one after the other; what it holds in memory does not grow with them."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self.tar, self.folder = tar, folder

    def add(self, name: str, content: bytes) -> None:
        self._add(name, BytesIO(content), len(content))

    def add_lines(self, name: str, values: Iterable[Any]) -> str:
        """One line of JSON a value; returns the SHA-256 of the lines."""
        digest = hashlib.sha256()
        # A tar wants the size first: the lines wait in a file without name, on the archive's own disk.
        with tempfile.TemporaryFile(dir=self.folder) as lines:
            for value in values:
                line = line_of(value)
                digest.update(line)
                lines.write(line)
            size = lines.tell()
            lines.seek(0)
            self._add(name, lines, size)
        return digest.hexdigest()

    def add_file(self, name: str, path: Path) -> str:
        """A file as it is; returns the SHA-256 of what was read."""
        with path.open("rb") as file:
            hashing = Hashing(file)
            self._add(name, hashing, path.stat().st_size)
        return hashing.digest.hexdigest()

    def _add(self, name: str, content: "IO[bytes] | Hashing", size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, content)


class Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def line_of(value: Any) -> bytes:
    """The line of a row: one text for one row, whichever database it came from."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii") + b"\n"


@contextmanager
def archive_at(path: Path) -> Iterator[ArchiveWriter]:
    """A new archive, mode 600, that has its name only when it is whole and synced."""
    with (
        finished_file(path) as file,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=COMPRESSION, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield ArchiveWriter(tar, path.parent)


@contextmanager
def finished_file(path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone, renamed to `path` at the end; a failure leaves nothing behind.

    Refuses with CannotWrite a folder that is not there or not ours, and a disk that is full.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise CannotWrite(advice=f"{path}: {fault.strerror}") from fault
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError as fault:
        raise CannotWrite(advice=f"{path}: {fault.strerror or fault}") from fault
    finally:
        draft.unlink(missing_ok=True)
