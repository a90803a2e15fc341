"""What a restore refuses, each with a sentence and before anything was written."""

import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tavolo.config.archive import errors, keyring, reading
from tavolo.config.archive.manifest import FORMAT, Manifest, manifest_of
from tavolo.config.backup import restore
from tavolo.journal.models import Entry
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tests.config import archives
from tests.config.acts import act
from tests.config.conftest import Machine

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

Archive = tuple[Path, Manifest]


@pytest.fixture
def refused(archive: Archive, machine: Machine) -> Iterator[Callable[..., str]]:
    """Restores and gives the refusal's sentence; afterwards nothing may have been written."""
    files = sorted(machine.home.rglob("*"))

    def sentence(kind: type[errors.ArchiveRefusal], **more: Any) -> str:
        with pytest.raises(kind) as refusal:
            restore(archive[0], **more)
        assert type(refusal.value) is kind
        return str(refusal.value)

    yield sentence
    assert sorted(machine.home.rglob("*")) == files
    assert Entry.objects.count() == 0


Refused = Callable[..., str]


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_archive(archive: Archive, refused: Refused, part: float) -> None:
    content = archive[0].read_bytes()
    archive[0].write_bytes(content[: int(len(content) * part)])
    assert "danneggiato o incompleto" in refused(errors.DamagedArchive)


def test_an_archive_that_lacks_its_checksum(archive: Archive, refused: Refused) -> None:
    archive[0].write_bytes(archive[0].read_bytes()[:-8])
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.95])
def test_a_byte_that_turned(archive: Archive, refused: Refused, part: float) -> None:
    content = bytearray(archive[0].read_bytes())
    content[int(len(content) * part)] ^= 0xFF
    archive[0].write_bytes(content)
    refused(errors.DamagedArchive)


def test_a_file_that_is_no_archive(archive: Archive, refused: Refused) -> None:
    archive[0].write_text("Verbale della riunione")
    refused(errors.DamagedArchive)


def test_another_tar(archive: Archive, refused: Refused) -> None:
    archives.pack(archive[0], [(tarfile.TarInfo("journal/x.json"), b"{}")])
    refused(errors.DamagedArchive)


def test_an_empty_tar(archive: Archive, refused: Refused) -> None:
    archives.pack(archive[0], [])
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("folder", ["tables/default/people_person", "blobs/", "journal/inst"])
def test_a_changed_member(archive: Archive, refused: Refused, folder: str) -> None:
    archives.rewrite(
        archive[0],
        lambda name, content: content + b" " if name.startswith(folder) else content,
    )
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("folder", ["tables/default/people_person", "blobs/", "journal/inst"])
def test_a_missing_member(archive: Archive, refused: Refused, folder: str) -> None:
    name = next(name for name in archives.members_of(archive[0]) if name.startswith(folder))
    archives.drop(archive[0], name)
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("name", ["format.json", "manifest.json"])
def test_an_archive_that_says_nothing_about_itself(
    archive: Archive, refused: Refused, name: str
) -> None:
    archives.drop(archive[0], name)
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("name", ["format.json", "manifest.json"])
def test_an_archive_that_speaks_nonsense(archive: Archive, refused: Refused, name: str) -> None:
    archives.rewrite(archive[0], lambda member, content: b"[]" if member == name else content)
    refused(errors.DamagedArchive)


def test_a_further_table(archive: Archive, refused: Refused) -> None:
    archives.add(archive[0], "tables/default/kernel_unknown.ndjson")
    refused(errors.DamagedArchive)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/outside",
        "blobs/../../outside",
        "journal/../outside.json",
        "tables/default/../../outside.ndjson",
        "blobs/short",
        "keys/secret_key",
        "outside",
    ],
)
def test_a_member_that_leads_elsewhere(archive: Archive, refused: Refused, name: str) -> None:
    archives.add(archive[0], name)
    assert name in refused(errors.UnsafeArchive)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_a_member_that_is_no_file(archive: Archive, refused: Refused, kind: bytes) -> None:
    archives.add(archive[0], "journal/further.json", kind=kind)
    refused(errors.UnsafeArchive)


def test_a_member_that_comes_twice(archive: Archive, refused: Refused) -> None:
    archives.add(archive[0], "journal/installation.json")
    refused(errors.UnsafeArchive)


def changed_manifest(archive: Archive, change: Callable[[dict[str, Any]], object]) -> None:
    def rewritten(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        said = json.loads(content)
        change(said)
        return json.dumps(said).encode()

    archives.rewrite(archive[0], rewritten)


def test_a_newer_format(archive: Archive, refused: Refused) -> None:
    newer = json.dumps({"format": FORMAT + 1}).encode()
    archives.rewrite(archive[0], lambda name, content: newer if name == "format.json" else content)
    assert "versione più recente" in refused(errors.NewerArchive)


def test_migrations_of_a_version_to_come(archive: Archive, refused: Refused) -> None:
    changed_manifest(
        archive, lambda said: said["migrations"]["default"].append(["journal", "0099_later"])
    )
    assert "journal.0099_later" in refused(errors.NewerArchive)


def test_a_database_of_a_version_to_come(archive: Archive, refused: Refused) -> None:
    changed_manifest(archive, lambda said: said["migrations"].update(ledger=[]))
    assert "ledger" in refused(errors.NewerArchive)


@pytest.mark.parametrize(
    ("part", "value"),
    [("name", 'x" (id) VALUES (1); --'), ("key", 'id" --'), ("columns", [['id"', "whole"]])],
)
def test_names_that_would_reach_sql(
    archive: Archive, refused: Refused, part: str, value: object
) -> None:
    changed_manifest(archive, lambda said: said["tables"][0]["table"].update({part: value}))
    refused(errors.DamagedArchive)


def test_a_kind_of_column_that_is_not_known(archive: Archive, refused: Refused) -> None:
    changed_manifest(
        archive, lambda said: said["tables"][0]["table"].update(columns=[["id", "colour"]])
    )
    refused(errors.DamagedArchive)


def test_no_such_file(archive: Archive, refused: Refused) -> None:
    archive[0].unlink()
    assert str(archive[0]) in refused(errors.CannotRead)


def test_missing_keys(archive: Archive, refused: Refused) -> None:
    keyring.beside(archive[0]).unlink()
    assert "--keys" in refused(errors.KeysMissing)


def test_keys_that_are_not_where_they_are_told_to_be(
    archive: Archive, refused: Refused, tmp_path: Path
) -> None:
    refused(errors.KeysMissing, keys=tmp_path / "nowhere")


def test_keys_of_another_archive(archive: Archive, refused: Refused) -> None:
    beside = keyring.beside(archive[0])
    beside.unlink()
    keyring.write_keys(beside, {"secret_key": b"of somebody else"})
    refused(errors.ForeignKeys)


def test_damaged_keys(archive: Archive, refused: Refused) -> None:
    beside = keyring.beside(archive[0])
    beside.write_bytes(beside.read_bytes()[:-20])
    refused(errors.DamagedArchive)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "vault/../../outside", ".hidden"])
def test_keys_that_lead_elsewhere(archive: Archive, refused: Refused, name: str) -> None:
    archives.add(keyring.beside(archive[0]), name)
    assert name in refused(errors.UnsafeArchive)


def test_unreadable_keys(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(errors.CannotRead):
        keyring.read_keys(tmp_path)


def test_a_home_with_other_keys(archive: Archive, machine: Machine) -> None:
    machine.key("vault/milano.age", "the key of sealed cases")
    with pytest.raises(errors.OtherKeysHere):
        restore(archive[0])
    assert machine.keys()["vault/milano.age"] == "the key of sealed cases"
    assert Person.objects.count() == 0


def test_a_home_with_the_same_keys_is_welcome(archive: Archive, machine: Machine) -> None:
    machine.key("vault/milano.age", "a key of the vault")
    restore(archive[0])
    assert machine.keys()["vault/milano.age"] == "a key of the vault"


def test_a_database_that_is_not_empty(archive: Archive) -> None:
    act(None, "somebody was here")
    with pytest.raises(errors.NotEmpty) as refusal:
        restore(archive[0])
    assert "non è vuota" in str(refusal.value)
    assert [person.given_name for person in Person.objects.all()] == ["somebody was here"]
    assert Network.objects.count() == 0


def test_every_name_that_a_backup_gives_is_allowed(archive: Archive, tmp_path: Path) -> None:
    """The list of allowed names must not forbid what we write ourselves."""
    copy = tmp_path / "copy.tar.gz"
    shutil.copy(archive[0], copy)
    names = [name for name, _content in reading.members(copy)]
    assert names == list(archives.members_of(archive[0]))


def test_a_manifest_that_is_read_is_the_one_that_was_written(archive: Archive) -> None:
    assert manifest_of(archive[1].to_json()) == archive[1]
