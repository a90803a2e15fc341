"""Content-addressed files: written, synced, renamed, then the row; deleted by a sweep a day later (decision 11)."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Blob

KEPT_FOR = timedelta(days=1)


def folder() -> Path:
    return Path(settings.TAVOLO_HOME) / "blobs"


def path_of(digest: str) -> Path:
    return folder() / digest[:2] / digest


def store(chunks: Iterable[bytes]) -> Blob:
    """Keep a content and return its row; the same content is kept once, and one that was doomed lives again.

    Order: the file is written and synced under a passing name, renamed, its folder synced, then the row is
    made, so that a row never lacks its file; a file without row is swept a day later.
    """
    root = folder()
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, prefix="new-", delete=False) as draft:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            draft.write(chunk)
        draft.flush()
        os.fsync(draft.fileno())
    name = digest.hexdigest()
    _settle(Path(draft.name), path_of(name))
    row, _made = Blob.objects.update_or_create(
        digest=name,
        defaults={"doomed_at": None},
        create_defaults={"size": size, "created_at": clock.now()},
    )
    return row


def open_blob(digest: str) -> BinaryIO:
    """The content, to read. Refuses with NotFound what is not kept."""
    try:
        return path_of(digest).open("rb")
    except FileNotFoundError as fault:
        raise NotFound from fault


def doom(digest: str) -> None:
    """Nothing needs it any more: the sweep deletes it in a day, unless it is stored again."""
    Blob.objects.filter(digest=digest, doomed_at=None).update(doomed_at=clock.now())


def sweep(now: datetime | None = None) -> int:
    """Delete doomed rows, then files without row that are older than a day; returns how many files went."""
    limit = (now or clock.now()) - KEPT_FOR
    Blob.objects.filter(doomed_at__lt=limit).delete()
    kept = set(Blob.objects.values_list("digest", flat=True))
    gone = [
        path
        for path in folder().rglob("*")
        if path.is_file() and path.name not in kept and path.stat().st_mtime < limit.timestamp()
    ]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _settle(draft: Path, final: Path) -> None:
    final.parent.mkdir(exist_ok=True)
    draft.rename(final)
    handle = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
