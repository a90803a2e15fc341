"""Backup and restore: everything in one archive, from one moment, the same for both databases."""

from contextlib import ExitStack
from pathlib import Path

from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from tavolo.config.archive import home, keyring, loading
from tavolo.config.archive.collecting import collect
from tavolo.config.archive.errors import CannotRestore, CannotWrite, JournalBroken
from tavolo.config.archive.manifest import Manifest
from tavolo.config.archive.reading import members, verified
from tavolo.config.archive.snapshot import snapshot
from tavolo.config.archive.steps import Progress, Steps, silent
from tavolo.config.archive.writing import archive_at
from tavolo.config.databases import as_owner
from tavolo.journal.actions import seal
from tavolo.journal.queries import breaks
from tavolo.kernel.network import installation
from tavolo.search.index import shelf

__all__ = ["Manifest", "backup", "restore"]


def backup(file: Path, progress: Progress = silent) -> Manifest:
    """Write everything into `file` and the keys into FILE.keys, while others go on writing.

    Order: the journal is sealed and its heads are taken; both databases are read as they stand in
    one moment; then the contents, which stay for a day when nothing needs them any more; the keys;
    the two files, mode 600, get their names last. Contents whose file is missing or damaged are named in
    `lost`. Refuses with CannotWrite a name that is taken or a folder that is not there.
    """
    for path in (file, keyring.beside(file)):
        if path.exists():
            raise CannotWrite(_("There is a file of that name already."), advice=str(path))
    seal()
    here, heads, keys = str(installation().uid), home.head_files(), keyring.keys_here()
    with ExitStack() as stack:
        stack.enter_context(as_owner())
        archive = stack.enter_context(archive_at(file))
        shots = {alias: stack.enter_context(snapshot(alias)) for alias in connections}
        heads |= home.begun_since(heads, here)
        manifest = collect(archive, shots, heads, keyring.digest_of(keys), progress)
        keyring.write_keys(keyring.beside(file), keys)
    return manifest


def restore(file: Path, keys: Path | None = None, progress: Progress = silent) -> Manifest:
    """Load an archive into empty databases; `keys` is FILE.keys where nothing is said.

    Order: all of the archive is read and checked before anything is written; the databases get the
    migrations that the archive was made with; rows, contents, heads and keys in one transaction; this
    version's migrations and rights; the journal is verified. Refuses with CannotRead, DamagedArchive,
    UnsafeArchive, NewerArchive, KeysMissing, ForeignKeys, OtherKeysHere, NotEmpty, CannotRestore; with JournalBroken,
    after everything was restored, where the journal was broken when the backup was made.
    """
    manifest = verified(file)
    loading.refuse_unknown(manifest)
    their_keys = keyring.keys_for(file, keys, manifest.keys)
    keyring.refuse_other_keys(their_keys)
    with as_owner():
        loading.refuse_filled()
        for alias, applied in manifest.migrations.items():
            loading.migrate_to(alias, applied)
        try:
            _load(file, manifest, their_keys, progress)
        except OSError as fault:
            raise CannotRestore(advice=str(fault)) from fault
        loading.finish()
    # What it was built from is no more: the worker builds it from what was restored.
    shelf.forget()
    seal()
    broken = breaks()
    if broken:
        raise JournalBroken(advice=" ".join(found.sentence for found in broken))
    return manifest


def _load(file: Path, manifest: Manifest, keys: keyring.Keys, progress: Progress) -> None:
    tables = {carried.table.member: carried.table for carried in manifest.tables}
    steps, heads = Steps(manifest.rows + manifest.blobs, progress), {}
    with ExitStack() as stack:
        for alias in manifest.migrations:
            stack.enter_context(transaction.atomic(using=alias))
        loading.clear(tables.values())
        for name, content in members(file):
            folder, _slash, rest = name.partition("/")
            if folder == "tables":
                for count in loading.load_table(tables[name], content):
                    steps.add(count)
            elif folder == "blobs":
                steps.add()
                if rest not in manifest.lost:
                    home.put_blob(rest, content)
            elif folder == "journal":
                heads[rest.removesuffix(".json")] = content.read()
        loading.reset_sequences(tables.values())
        # Files before the commit: a row never lacks its file.
        home.put_heads(heads)
        keyring.put_keys(keys)
