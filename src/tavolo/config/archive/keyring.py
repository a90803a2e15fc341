"""The keys go apart: FILE.keys beside the archive, for its owner alone, never in it."""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
from pathlib import Path

from django.conf import settings

from tavolo.config.archive.errors import (
    CannotRead,
    ForeignKeys,
    KeysMissing,
    OtherKeysHere,
    UnsafeArchive,
)
from tavolo.config.archive.reading import damage_refused
from tavolo.config.archive.writing import archive_at

Keys = dict[str, bytes]
PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
# Every installation makes this one for itself at its first start.
MADE_AT_START = "secret_key"
LARGEST = 16 << 20


def folder() -> Path:
    return Path(settings.TAVOLO_HOME) / "keys"


def beside(archive: Path) -> Path:
    return archive.with_name(f"{archive.name}.keys")


def keys_here() -> Keys:
    """The keys of this installation by their name under `keys/`."""
    return {
        path.relative_to(folder()).as_posix(): path.read_bytes()
        for path in sorted(folder().rglob("*"))
        if path.is_file()
    }


def digest_of(keys: Keys) -> str:
    """By which an archive knows its keys, without saying anything about them."""
    told = {name: hashlib.sha256(content).hexdigest() for name, content in keys.items()}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def write_keys(path: Path, keys: Keys) -> None:
    with archive_at(path) as archive:
        for name, content in keys.items():
            archive.add(name, content)


def keys_for(archive: Path, told: Path | None, digest: str) -> Keys:
    """The keys that were written with an archive: from the file that was told, or beside it.

    Refuses with KeysMissing, ForeignKeys, and as an archive does.
    """
    path = told or beside(archive)
    if not path.is_file():
        raise KeysMissing
    keys = read_keys(path)
    if digest_of(keys) != digest:
        raise ForeignKeys
    return keys


def read_keys(path: Path) -> Keys:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise CannotRead(advice=f"{path}: {fault.strerror}") from fault
    keys: Keys = {}
    with damage_refused(), gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                key = tar.extractfile(member) if member.isreg() and safe(member.name) else None
                if key is None:
                    raise UnsafeArchive(advice=member.name)
                keys[member.name] = key.read(LARGEST)
        packed.read()
    return keys


def safe(name: str) -> bool:
    return all(PART.fullmatch(part) for part in name.split("/"))


def refuse_other_keys(keys: Keys) -> None:
    """Refuses with OtherKeysHere a home whose keys would be overwritten, the first start's apart."""
    here = keys_here()
    for name, content in here.items():
        if name != MADE_AT_START and keys.get(name) != content:
            raise OtherKeysHere


def put_keys(keys: Keys) -> None:
    """Write the keys where this installation looks for them: folders 700, files 600."""
    for name, content in keys.items():
        path = folder() / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
