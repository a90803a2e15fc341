"""Content-addressed files: written, synced, renamed, then the row; deleted by a sweep a day later (decision 11)."""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import ForeignObjectRel, ProtectedError

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Blob

KEPT_FOR = timedelta(days=1)
DIGEST = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    return Path(settings.TAVOLO_HOME) / "blobs"


def path_of(digest: str) -> Path:
    """Where that content lies. Refuses with NotFound what is no digest, so that no path leads elsewhere."""
    if not DIGEST.fullmatch(digest):
        raise NotFound
    return folder() / digest[:2] / digest


def store(chunks: Iterable[bytes]) -> Blob:
    """Keep a content and return its row; the same content is kept once, and one that was doomed lives again.

    Order: the file is written and synced under a passing name, renamed, its folders synced, then the row is
    made, so that a row never lacks its file; a file without row is swept a day later.
    """
    root = folder()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with _draft(root) as draft:
        for chunk in chunks:
            digest.update(chunk)
            size += draft.write(chunk)
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


def doom(digest: str) -> bool:
    """The sweep deletes it in a day, unless it is stored again; False where a row of any room needs it.

    Within a transaction the content is locked first, so that whoever receives it meanwhile keeps it.
    """
    rows = Blob.objects.filter(digest=digest)
    if transaction.get_connection().in_atomic_block:
        rows.select_for_update().first()
    if is_needed(digest):
        return False
    rows.filter(doomed_at=None).update(doomed_at=clock.now())
    return True


def is_needed(digest: str) -> bool:
    """Whether a row of any room points at that content."""
    fields = Blob._meta.get_fields(include_hidden=True)
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: digest}).exists()
        for relation in fields
        if isinstance(relation, ForeignObjectRel)
    )


def sweep(now: datetime | None = None) -> int:
    """Delete doomed rows, then files without row that are older than a day; returns how many files went."""
    limit = (now or clock.now()) - KEPT_FOR
    _delete_doomed(limit)
    kept = set(Blob.objects.values_list("digest", flat=True))
    loose = [path for path in folder().rglob("*") if path.is_file() and path.name not in kept]
    return sum(_unlink_older(path, limit) for path in loose)


def _delete_doomed(limit: datetime) -> None:
    # Held before they go: where rows point at contents, Django looks for them first and deletes them after,
    # and one that was stored again in between would go with them.
    with transaction.atomic():
        doomed = Blob.objects.select_for_update().filter(doomed_at__lt=limit)
        for row in list(doomed):
            _delete_unless_needed(row)


def _delete_unless_needed(row: Blob) -> None:
    """What one gave up may be what another still points at: then it lives again."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        Blob.objects.filter(digest=row.digest).update(doomed_at=None)


@contextmanager
def _draft(root: Path) -> Iterator["tempfile._TemporaryFileWrapper[bytes]"]:
    """A file under a passing name, which goes again where it does not get its own."""
    with tempfile.NamedTemporaryFile(dir=root, prefix="new-", delete=False) as draft:
        try:
            yield draft
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _settle(draft: Path, final: Path) -> None:
    final.parent.mkdir(mode=0o700, exist_ok=True)
    with _alone():
        draft.rename(final)
    for parent in (final.parent, final.parent.parent):
        handle = os.open(parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unlink_older(path: Path, limit: datetime) -> bool:
    # Asked and done under one lock: a content stored again in this moment is a young file.
    with _alone():
        try:
            if path.stat().st_mtime >= limit.timestamp():
                return False
            path.unlink()
        except FileNotFoundError:
            return False
    return True


@contextmanager
def _alone() -> Iterator[None]:
    with (folder().parent / "blobs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
