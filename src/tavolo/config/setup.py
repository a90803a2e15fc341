"""What an installation needs before its first page: the territory, the static files."""

import hashlib
import json
import logging
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from tavolo.config.databases import refresh_statistics
from tavolo.config.progress import Progress
from tavolo.search.errors import IndexBusy
from tavolo.search.indexing import rebuild
from tavolo.territory.actions import enter_known_changes, import_national_extract
from tavolo.territory.models import Municipality


def lay_territory(progress: Progress) -> None:
    """The municipalities of Italy from the extract that travels with the product, where there are none."""
    if not Municipality.objects.exists():
        import_national_extract(progress=progress)
        refresh_statistics()


def bring_territory_up() -> None:
    """What an older version laid gets the changes that this one knows; where nothing lies, nothing."""
    if Municipality.objects.exists() and any(vars(enter_known_changes()).values()):
        refresh_statistics()


def lay_index() -> None:
    """The search index of what is there; where a worker is at it, it is left to the worker."""
    with suppress(IndexBusy):
        rebuild()


def collect_static() -> None:
    """Hash and compress the static files, where they changed since the last time."""
    if settings.DEBUG:
        return
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / ".collected", fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == now:
        return
    shutil.rmtree(root, ignore_errors=True)
    # whitenoise tells what it compresses; nobody asked.
    logging.getLogger("whitenoise").setLevel(logging.WARNING)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now, encoding="ascii")


def fingerprint() -> str:
    files = [
        (path, Path(storage.path(path)).stat())
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    seen = [settings.TAVOLO_VERSION, *sorted((p, s.st_size, s.st_mtime_ns) for p, s in files)]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
