"""Where the index lies: each building in a folder of its own, one of them current, one writer at a time."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from tavolo.search.errors import IndexBusy

# Whoever changes what a document holds raises it: an index of another form is built anew.
FORM = 1


@dataclass(frozen=True)
class State:
    """How far an index has read the outbox, kept beside it.

    `last` is the highest change seen, `holes` ranges of lower ones that were not there: they may
    come yet, from transactions that ended later. Each hole carries the instant of its finding.
    `withdrawn`: something was taken out since it was built, whose words the files may still hold.
    """

    installation: str
    day: date
    built_at: float
    last: int = 0
    holes: tuple[tuple[int, int, float], ...] = ()
    withdrawn: bool = False
    form: int = field(default=FORM)


def folder() -> Path:
    return Path(settings.TAVOLO_HOME) / "search"


def current() -> Path | None:
    """The folder of the index that answers; None before the first building."""
    try:
        name = (folder() / "current").read_text(encoding="ascii").strip()
    except OSError:
        return None
    path = folder() / name
    return path if name and (path / "meta.json").exists() else None


def new() -> Path:
    """An empty folder beside the current one."""
    path = folder() / f"index-{uuid4().hex[:12]}"
    path.mkdir(parents=True, mode=0o700)
    return path


def swap(path: Path) -> None:
    """From now on this one answers; the others go, and whoever has them open reads on to the end."""
    put(folder() / "current", path.name.encode("ascii"))
    for other in folder().glob("index-*"):
        if other != path:
            shutil.rmtree(other, ignore_errors=True)


def forget() -> None:
    """Remove every index: what it was built from is no more."""
    (folder() / "current").unlink(missing_ok=True)
    for path in folder().glob("index-*"):
        shutil.rmtree(path, ignore_errors=True)


def state_of(path: Path) -> State | None:
    """How far it has read; None where that is lost or of another form: then it is built anew."""
    try:
        told: dict[str, Any] = json.loads((path / "state.json").read_bytes())
        holes = tuple((int(a), int(b), float(at)) for a, b, at in told.pop("holes"))
        state = State(**{**told, "day": date.fromisoformat(told["day"]), "holes": holes})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return state if state.form == FORM else None


def keep(path: Path, state: State) -> None:
    put(path / "state.json", json.dumps(asdict(state), default=str).encode())


def put(path: Path, content: bytes) -> None:
    """Write and sync under a passing name, then rename: a reader sees the old or the new one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def alone() -> Iterator[None]:
    """The one writer of this machine. Refuses with IndexBusy where there is another; a killed one is none."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise IndexBusy from fault
        yield
