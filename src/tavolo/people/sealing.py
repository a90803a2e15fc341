"""Encryption at rest of what a second factor rests on, with a key outside the database."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    """Encrypt with the newest key."""
    return _box(_path()).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Decrypt what any of the keys has sealed; `cryptography.fernet.InvalidToken` for anything else."""
    return _box(_path()).decrypt(sealed.encode("ascii")).decode()


def _path() -> Path:
    return Path(settings.TAVOLO_HOME) / "keys" / "second_factor"


@lru_cache(maxsize=4)
def _box(path: Path) -> MultiFernet:
    """One key a line, the newest first: a key is replaced by writing a new line above it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, Fernet.generate_key())
    return MultiFernet([Fernet(line) for line in path.read_bytes().split()])


def _write_once(path: Path, key: bytes) -> None:
    # Two processes may come here at once: whoever links first wins, and both read the same key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(key + b"\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
