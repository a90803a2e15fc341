"""One archive holds everything of one moment, and gives it back on either database."""

import json
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections

from tavolo.config.archive import home, loading, tables
from tavolo.config.archive.errors import CannotRestore, CannotWrite, JournalBroken
from tavolo.config.archive.manifest import Manifest
from tavolo.config.archive.writing import line_of
from tavolo.config.backup import backup, restore
from tavolo.config.databases import as_owner
from tavolo.journal import heads
from tavolo.journal.actions import seal
from tavolo.journal.guards import missing_guards
from tavolo.journal.models import Entry, Seal
from tavolo.journal.queries import breaks
from tavolo.kernel import blobs, clock, schedule
from tavolo.kernel.models import Network, Schedule, WorkerBeat
from tavolo.kernel.network import installation
from tavolo.people.models import Person
from tests.config.acts import act, state, whole
from tests.config.archives import members_of
from tests.config.conftest import ACTS, Machine
from tests.journal import tampering

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

Archive = tuple[Path, Manifest]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def rows_here(manifest: Manifest) -> dict[str, int]:
    counted = {}
    for carried in manifest.tables:
        with connections[carried.table.database].cursor() as cursor:
            cursor.execute(f'SELECT COUNT(*) FROM "{carried.table.name}"')
            counted[carried.table.member] = cursor.fetchone()[0]
    return counted


def test_what_was_saved_is_there_again(archive: Archive) -> None:
    file, manifest = archive
    assert restore(file) == manifest
    assert state() == whole(ACTS)
    assert rows_here(manifest) == {name: rows for name, (rows, _d) in manifest.digests.items()}


def test_a_second_backup_is_equal(archive: Archive, tmp_path: Path) -> None:
    file, manifest = archive
    restore(file)
    again = backup(tmp_path / "again.tar.gz")
    assert again.digests == manifest.digests
    assert (again.heads, again.keys, again.blobs) == (manifest.heads, manifest.keys, manifest.blobs)


def test_the_archive_holds_tables_contents_heads_and_no_key(machine: Machine, file: Path) -> None:
    manifest = backup(file)
    chains = ["installation", *(str(uid) for uid in Network.objects.values_list("uid", flat=True))]
    digests = Person.objects.values_list("family_name", flat=True)
    found = members_of(file)
    assert sorted(found) == sorted(
        [
            "format.json",
            "manifest.json",
            *(table.member for table in tables.tables()),
            *(f"journal/{chain}.json" for chain in chains),
            *(f"blobs/{digest}" for digest in digests),
        ]
    )
    assert not any(b"a key of the vault" in content for content in found.values())
    assert not any(b"made at start" in content for content in found.values())
    assert Manifest(**json.loads(found["manifest.json"])).version == manifest.version


def test_both_files_are_for_their_owner_alone_and_nothing_else_is_left(
    machine: Machine, file: Path, tmp_path: Path
) -> None:
    backup(file)
    keys = tmp_path / "tavolo.tar.gz.keys"
    assert [mode(file), mode(keys)] == [0o600, 0o600]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home-1", file.name, keys.name]


def test_keys_return_to_their_place(archive: Archive, machine: Machine) -> None:
    restore(archive[0])
    assert machine.keys() == {
        "secret_key": "made at start 1",
        "vault/milano.age": "a key of the vault",
    }
    assert mode(machine.home / "keys" / "vault" / "milano.age") == 0o600
    assert mode(machine.home / "keys" / "vault") == 0o700


def test_keys_are_taken_from_where_they_are_told_to_be(archive: Archive, tmp_path: Path) -> None:
    file, _manifest = archive
    elsewhere = tmp_path / "in-the-safe"
    (tmp_path / "tavolo.tar.gz.keys").rename(elsewhere)
    restore(file, keys=elsewhere)
    assert state() == whole(ACTS)


def test_contents_are_there_again(archive: Archive) -> None:
    restore(archive[0])
    for person in Person.objects.all():
        with blobs.open_blob(person.family_name) as content:
            assert content.read() == person.given_name.encode()


def test_new_rows_get_new_keys_after_a_restore(archive: Archive) -> None:
    """On PostgreSQL sequences must be told to count on."""
    restore(archive[0])
    act(Network.objects.get(slug="milano"), "afterwards")
    assert state() == whole(ACTS + 1)


def test_the_guards_stand_after_a_restore(archive: Archive) -> None:
    restore(archive[0])
    assert missing_guards() == []


def test_an_existing_file_is_not_overwritten(machine: Machine, file: Path) -> None:
    file.write_text("precious")
    with pytest.raises(CannotWrite):
        backup(file)
    assert file.read_text() == "precious"


def test_existing_keys_are_not_overwritten(machine: Machine, file: Path, tmp_path: Path) -> None:
    (tmp_path / "tavolo.tar.gz.keys").write_text("precious")
    with pytest.raises(CannotWrite):
        backup(file)
    assert not file.exists()


def test_a_folder_that_is_not_there_is_refused(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as refusal:
        backup(tmp_path / "nowhere" / "tavolo.tar.gz")
    assert "nowhere" in str(refusal.value)


def test_a_backup_that_fails_leaves_nothing(
    machine: Machine, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(home, "add_blob", full)
    with pytest.raises(CannotWrite) as refusal:
        backup(file)
    assert "No space left on device" in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == ["home-1"]


def test_progress_counts_up_to_its_total(machine: Machine, file: Path) -> None:
    saved: list[tuple[int, int]] = []
    manifest = backup(file, progress=lambda done, total: saved.append((done, total)))
    total = manifest.rows + manifest.blobs
    assert saved == [(done, total) for done in range(total + 1)]
    machine.begin()
    loaded: list[tuple[int, int]] = []
    restore(file, progress=lambda done, total: loaded.append((done, total)))
    assert loaded[0] == (0, total)
    assert loaded[-1] == (total, total)
    assert loaded == sorted(loaded)


def test_a_content_whose_file_is_gone_is_named_and_does_no_other_harm(
    machine: Machine, file: Path
) -> None:
    gone, changed, *_whole = Person.objects.order_by("id").values_list("family_name", flat=True)
    blobs.path_of(gone).unlink()
    blobs.path_of(changed).write_bytes(b"something else")
    manifest = backup(file)
    assert sorted(manifest.lost) == sorted([gone, changed])
    assert manifest.blobs == ACTS - 1
    machine.begin()
    restore(file)
    assert {digest for digest in (gone, changed) if blobs.path_of(digest).exists()} == set()
    assert state() == {**whole(ACTS), "without_content": 2}


def test_what_passes_is_left_out(machine: Machine, file: Path) -> None:
    schedule.beat("host:1:2")
    assert WorkerBeat.objects.count() == 1
    backup(file)
    machine.begin()
    restore(file)
    assert WorkerBeat.objects.count() == 0


def test_every_table_is_carried_or_left_out_on_purpose(machine: Machine) -> None:
    """A new table that nobody thought of would be lost: each is decided."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    told = {table.name for table in tables.tables()} | tables.LEFT_OUT | tables.WITHOUT_MODEL
    assert there - told == set()
    assert told >= tables.MADE_BY_ITSELF


def test_tables_stand_after_what_they_point_to() -> None:
    names = [table.name for table in tables.tables()]
    assert (
        names.index("kernel_network") < names.index("journal_entry") < names.index("journal_seal")
    )
    assert len(names) == len(set(names))


def test_circles_of_keys_are_put_in_some_order() -> None:
    one, other = apps.get_model("kernel.Network"), apps.get_model("journal.Entry")

    def pointed_to(model: Any) -> set[str]:
        return {other._meta.db_table} if model is one else {one._meta.db_table}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_pointed_to", pointed_to)
        assert set(tables.in_key_order([one, other])) == {one, other}


def test_an_entry_not_yet_sealed_is_sealed_after_the_restore(
    machine: Machine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tavolo.config.backup.seal", lambda: 0)
    backup(file)
    monkeypatch.undo()
    machine.begin()
    restore(file)
    assert Seal.objects.count() == Entry.objects.count() == ACTS
    assert breaks() == []


def test_a_chain_that_begins_during_the_backup_is_not_taken_for_headless(
    machine: Machine, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = home.head_files

    def then_a_chain_begins() -> dict[str, bytes]:
        before = told()
        Network.objects.create(slug="rozzano", name="Rozzano", created_at=Entry.objects.last().at)
        act(Network.objects.get(slug="rozzano"), "in between")
        seal()
        return before

    monkeypatch.setattr(home, "head_files", then_a_chain_begins)
    backup(file)
    machine.begin()
    restore(file)
    assert state() == whole(ACTS + 1)


def test_a_head_that_was_lost_before_is_not_made_up_by_a_backup(
    machine: Machine, file: Path
) -> None:
    seal()
    heads.path_of("installation").unlink()
    backup(file)
    machine.begin()
    with pytest.raises(JournalBroken) as refusal:
        restore(file)
    assert "installation.json" in str(refusal.value)
    assert Person.objects.count() == ACTS


def test_a_tail_that_was_cut_before_is_told_after_the_restore(machine: Machine, file: Path) -> None:
    seal()
    last = Entry.objects.filter(network=None).order_by("id").last()
    with tampering.with_everything_open() as cursor:
        for table, column in (("entryvalue", "entry_id"), ("seal", "entry_id"), ("entry", "id")):
            cursor.execute(f"DELETE FROM journal_{table} WHERE {column} = %s", [last.pk])
    backup(file)
    machine.begin()
    with pytest.raises(JournalBroken):
        restore(file)


def test_heads_of_a_database_that_was_lost_are_laid_beside(machine: Machine, file: Path) -> None:
    """The same machine, after its database was lost: the heads there know of more than the archive."""
    backup(file)
    act(None, "after the backup")
    seal()
    lost = heads.read_head("installation")
    machine.lose_databases()
    restore(file)
    assert breaks() == []
    (aside,) = heads.folder().glob("before-*")
    assert heads.parse_head((aside / "installation.json").read_bytes()) == lost


def test_a_restore_that_fails_can_be_done_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: Any) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("tavolo.config.archive.keyring.put_keys", broken)
        with pytest.raises(CannotRestore) as refusal:
            restore(archive[0])
        assert "power cut" in str(refusal.value)
    assert (Person.objects.count(), Entry.objects.count()) == (0, 0)
    restore(archive[0])
    assert state() == whole(ACTS)


def test_an_unused_installation_counts_as_empty(archive: Archive, machine: Machine) -> None:
    own = installation().uid
    assert schedule.enqueue_due()
    restore(archive[0])
    assert installation().uid != own
    assert state() == whole(ACTS)


def test_an_archive_of_older_migrations_is_brought_up(archive: Archive) -> None:
    """The database goes back to where the archive was made, takes the rows, and comes forward again."""
    # One of the changes rests on the guards: an archive without them has neither.
    later = {("journal", "0002_guards"), ("registry", "0004_affiliations_know_since_when")}
    applied = [one for one in archive[1].migrations["default"] if one not in later]
    with as_owner():
        loading.migrate_to("default", applied)
        assert missing_guards() != []
        loading.finish()
    assert missing_guards() == []
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_record_after_restore_goes_on_with_the_chain(archive: Archive) -> None:
    restore(archive[0])
    before = Seal.objects.filter(chain="installation").count()
    act(None, "further")
    assert seal() == 1
    assert Seal.objects.filter(chain="installation").count() == before + 1
    assert breaks() == []


@pytest.mark.parametrize("times", [2, pytest.param(10, marks=pytest.mark.prove)])
def test_memory_does_not_grow_with_the_tables(machine: Machine, tmp_path: Path, times: int) -> None:
    fill(100 * times)
    peak(lambda: backup(tmp_path / "warm.tar.gz"))
    small = peak(lambda: backup(tmp_path / "small.tar.gz"))
    fill(1_200 * times)
    assert peak(lambda: backup(tmp_path / "large.tar.gz")) < small * 1.5


def test_memory_does_not_grow_with_what_is_loaded(machine: Machine) -> None:
    def load(count: int) -> int:
        row = [f"{count}-{{}}{'0' * 90}", "2026-11-22T12:00:00+00:00", None]
        lines = [line_of([row[0].format(number), *row[1:]]) for number in range(count)]
        content = BytesIO(b"".join(lines))
        return peak(lambda: sum(loading.load_table(tables.table_of(Schedule), content)))

    load(1_000)
    small = load(2_000)
    assert load(10_000) < small * 1.5
    assert Schedule.objects.count() == 13_000


def fill(count: int) -> None:
    Schedule.objects.bulk_create(
        [Schedule(key=f"{count}-{number:0100}", due_at=clock.now()) for number in range(count)]
    )


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
