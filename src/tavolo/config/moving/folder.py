"""The folder of a network: written beside its place and renamed, read only when it is whole."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tavolo.config.archive.writing import line_of
from tavolo.config.moving.errors import (
    CannotWriteFolder,
    DamagedFolder,
    FolderTaken,
    NoNetworkThere,
    UnsafeFolder,
)
from tavolo.config.moving.manifest import Manifest, Told, manifest_of
from tavolo.kernel import blobs

MANIFEST = "manifest.json"
# All names that we write: nothing that leads out of the folder can be among them.
MEMBER = re.compile(r"manifest\.json|(rows|known)/[a-z_]+\.[A-Za-z_]+\.ndjson|files/[0-9a-f]{64}")
PIECE = 1 << 20


class Draft:
    """A folder that is being written; what it holds in memory does not grow with what is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.members: dict[str, Told] = {}

    def add_lines(self, member: str, values: Iterable[Any]) -> None:
        """One line of JSON a value; a file without lines is not written."""
        digest, count = hashlib.sha256(), 0
        path = self.root / member
        with _private(path) as file:
            for value in values:
                line = line_of(value)
                digest.update(line)
                file.write(line)
                count += 1
            _sync(file.fileno())
        if count:
            self.members[member] = Told(count, digest.hexdigest())
        else:
            path.unlink()

    def add_content(self, digest: str) -> bool:
        """Copy a content; False, and nothing, where its file is missing or is something else."""
        source, path = blobs.path_of(digest), self.root / "files" / digest
        if not source.is_file():
            return False
        with source.open("rb") as content, _private(path) as file:
            shutil.copyfileobj(content, file, PIECE)
            _sync(file.fileno())
        if sha256_of(path) == digest:
            return True
        path.unlink()
        return False

    def finish(self, manifest: Manifest) -> None:
        """The manifest is written last: without it nobody takes the folder for one."""
        with _private(self.root / MANIFEST) as file:
            file.write(manifest.to_json())
            _sync(file.fileno())


@contextmanager
def new_folder(path: Path) -> Iterator[Draft]:
    """A new folder for its owner alone, which has its name only when it is whole; a failure leaves nothing.

    Refuses with FolderTaken and CannotWriteFolder.
    """
    refuse_taken(path)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        draft.mkdir(mode=0o700)
        for name in ("rows", "known", "files"):
            (draft / name).mkdir(mode=0o700)
        yield Draft(draft)
        _sync_folder(draft)
        draft.rename(path)
        _sync_folder(path.parent)
    except OSError as fault:
        raise CannotWriteFolder(advice=f"{path}: {fault.strerror or fault}") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def refuse_taken(path: Path) -> None:
    if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
        raise FolderTaken


def verified(root: Path) -> Manifest:
    """The manifest, when everything in the folder was read and is what it says; writes nothing.

    Refuses with NoNetworkThere, OtherForm, DamagedFolder, UnsafeFolder.
    """
    try:
        manifest = manifest_of((root / MANIFEST).read_bytes())
        found = {name: root / name for name in sorted(_members(root))}
        lines = {name: _measured(path) for name, path in found.items() if name.endswith("ndjson")}
        files = [name.removeprefix("files/") for name in found if name.startswith("files/")]
        if lines != manifest.members or files != sorted(manifest.files):
            raise DamagedFolder
        for digest in files:
            if sha256_of(root / "files" / digest) != digest:
                raise DamagedFolder(advice=digest)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NoNetworkThere(advice=str(root)) from fault
    except OSError as fault:
        raise DamagedFolder(advice=str(fault)) from fault
    return manifest


def _members(root: Path) -> Iterator[str]:
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        if path.is_symlink() or not path.is_file() or not MEMBER.fullmatch(name):
            raise UnsafeFolder(advice=name)
        if name != MANIFEST:
            yield name


def _measured(path: Path) -> Told:
    digest, lines = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            lines += piece.count(b"\n")
    return Told(lines, digest.hexdigest())


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _private(path: Path) -> IO[bytes]:
    """A new file for its owner alone, wherever the folder is carried to."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync(handle: int) -> None:
    os.fsync(handle)


def _sync_folder(path: Path) -> None:
    for each in (*(sub for sub in path.iterdir() if sub.is_dir()), path):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
