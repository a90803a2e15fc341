"""What goes into an archive: the tables of one moment first, then heads and contents, the manifest."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from tavolo.config.archive import home
from tavolo.config.archive.manifest import FIRST, FORMAT, LAST, Carried, Manifest
from tavolo.config.archive.snapshot import Snapshot
from tavolo.config.archive.steps import Progress, Steps
from tavolo.config.archive.tables import Model, carried, in_key_order, table_of
from tavolo.config.archive.writing import ArchiveWriter, line_of
from tavolo.kernel import clock
from tavolo.kernel.models import Blob

Snapshots = dict[str, Snapshot]


def collect(
    archive: ArchiveWriter, shots: Snapshots, heads: dict[str, bytes], keys: str, progress: Progress
) -> Manifest:
    """Write all members; `keys` is the digest of the keys, which are written elsewhere."""
    models = in_key_order(carried())
    steps = Steps(_total(shots, models), progress)
    archive.add(FIRST, line_of({"format": FORMAT, "version": settings.TAVOLO_VERSION}))
    tables = [_add_table(archive, shots, model, steps) for model in models]
    for chain, content in heads.items():
        archive.add(_head_member(chain), content)
    blobs, lost = _add_blobs(archive, shots["default"], steps)
    manifest = Manifest(
        format=FORMAT,
        version=settings.TAVOLO_VERSION,
        created_at=clock.now().isoformat(),
        vendors={alias: shot.connection.vendor for alias, shot in shots.items()},
        migrations={alias: shot.migrations() for alias, shot in shots.items()},
        tables=tables,
        heads={
            _head_member(chain): hashlib.sha256(content).hexdigest()
            for chain, content in heads.items()
        },
        keys=keys,
        blobs=blobs,
        lost=lost,
    )
    archive.add(LAST, manifest.to_json())
    return manifest


def _head_member(chain: str) -> str:
    return f"journal/{chain}.json"


def _total(shots: Snapshots, models: list[Model]) -> int:
    tables = [table_of(model) for model in models]
    rows = sum(shots[table.database].count(table) for table in tables)
    return rows + shots["default"].count(table_of(Blob))


def _add_table(archive: ArchiveWriter, shots: Snapshots, model: Model, steps: Steps) -> Carried:
    table, before = table_of(model), steps.done
    sha256 = archive.add_lines(table.member, _counted(shots[table.database].rows(model), steps))
    return Carried(table, steps.done - before, sha256)


def _counted(rows: Iterator[list[Any]], steps: Steps) -> Iterator[list[Any]]:
    for row in rows:
        steps.add()
        yield row


def _add_blobs(archive: ArchiveWriter, shot: Snapshot, steps: Steps) -> tuple[int, list[str]]:
    place = [name for name, _kind in table_of(Blob).columns].index("digest")
    written, lost = 0, []
    for row in shot.rows(Blob):
        digest = row[place]
        there, whole = home.add_blob(archive, digest)
        written += there
        lost += [] if whole else [digest]
        steps.add()
    return written, lost
