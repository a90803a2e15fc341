import hashlib
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel import blobs, clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Blob
from tests.threads import together

DAYS = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    settings.TAVOLO_HOME = tmp_path / "home"
    return settings.TAVOLO_HOME


def files() -> set[str]:
    return {path.name for path in blobs.folder().rglob("*") if path.is_file()}


def content(digest: str) -> bytes:
    with blobs.open_blob(digest) as file:
        return file.read()


@pytest.mark.django_db
def test_a_content_is_kept_under_its_digest():
    row = blobs.store([b"ver", b"", b"bale"])
    digest = hashlib.sha256(b"verbale").hexdigest()
    assert (row.digest, row.size, row.doomed_at) == (digest, 7, None)
    assert content(digest) == b"verbale"
    assert blobs.path_of(digest) == blobs.folder() / digest[:2] / digest
    assert files() == {digest}


@pytest.mark.django_db
def test_an_empty_content_is_one_too():
    assert content(blobs.store([]).digest) == b""
    assert Blob.objects.get().size == 0


@pytest.mark.django_db
def test_the_same_content_is_kept_once():
    first, again = blobs.store([b"verbale"]), blobs.store([b"verb", b"ale"])
    assert first == again
    assert first.created_at == again.created_at
    assert files() == {first.digest}
    assert Blob.objects.count() == 1


@pytest.mark.django_db
def test_nobody_else_on_the_machine_may_read_it(home):
    path = blobs.path_of(blobs.store([b"verbale"]).digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for parent in (path.parent, blobs.folder()):
        assert stat.S_IMODE(parent.stat().st_mode) == 0o700


NO_DIGESTS = [
    "",
    "a" * 63,
    "A" * 64,
    "a" * 64 + "\n",
    "../../keys/secret_key",
    "/etc/passwd",
    "\x00" * 64,
]


@pytest.mark.parametrize("digest", ["a" * 64, *NO_DIGESTS])
def test_what_is_not_kept_is_not_found(home, digest):
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "secret_key").write_text("secret")
    with pytest.raises(NotFound):
        blobs.open_blob(digest)


@given(st.text())
def test_no_text_leads_out_of_the_folder(text):
    with pytest.raises(NotFound):
        blobs.path_of(text)


class TornError(Exception):
    pass


def torn_chunks():
    yield b"half"
    raise TornError


@pytest.mark.django_db
def test_an_upload_that_breaks_off_leaves_nothing():
    with pytest.raises(TornError):
        blobs.store(torn_chunks())
    assert files() == set()
    assert not Blob.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("point", ["fsync", "rename"])
def test_a_fault_of_the_disk_leaves_no_row(monkeypatch, point):
    def fault(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*{"fsync": (os, "fsync"), "rename": (Path, "rename")}[point], fault)
    with pytest.raises(OSError, match="No space"):
        blobs.store([b"verbale"])
    assert files() == set()
    assert not Blob.objects.exists()


KILLED = """
import os, sys, django
django.setup()
from pathlib import Path
from tavolo.kernel import blobs
from tavolo.kernel.models import Blob

def killed(*_args, **_kwargs):
    os.kill(os.getpid(), 9)

def chunks():
    yield b"verbale"
    if sys.argv[1] == "chunk":
        killed()

if sys.argv[1] == "rename":
    Path.rename = killed
if sys.argv[1] == "row":
    type(Blob.objects).update_or_create = killed
blobs.store(chunks())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("point", "left"), [("chunk", "new-"), ("rename", "new-"), ("row", "")])
def test_a_process_killed_while_it_stores_leaves_at_most_a_file_for_the_sweep(
    process_environment, home, point, left
):
    result = subprocess.run(
        [sys.executable, "-c", KILLED, point],
        env=process_environment | {"TAVOLO_HOME": str(home)},
        capture_output=True,
        check=False,
    )
    assert result.returncode == -9, result.stderr.decode()
    assert not Blob.objects.exists()
    (file,) = files()
    assert file.startswith(left or hashlib.sha256(b"verbale").hexdigest())
    assert blobs.sweep() == 0, "it is young: somebody may be storing it"
    assert blobs.sweep(clock.now() + DAYS + HOUR) == 1
    assert files() == set()


@pytest.mark.django_db
def test_what_is_doomed_is_deleted_after_a_day():
    row = blobs.store([b"verbale"])
    other = blobs.store([b"altro"])
    blobs.doom(row.digest)
    assert blobs.sweep() == 0
    assert files() == {row.digest, other.digest}
    assert blobs.sweep(clock.now() + DAYS + HOUR) == 1
    assert files() == {other.digest}
    assert list(Blob.objects.all()) == [other]
    with pytest.raises(NotFound):
        blobs.open_blob(row.digest)
    assert blobs.sweep(clock.now() + DAYS + HOUR) == 0


@pytest.mark.django_db
def test_what_is_doomed_and_stored_again_lives():
    row = blobs.store([b"verbale"])
    blobs.doom(row.digest)
    assert blobs.store([b"verbale"]).doomed_at is None
    assert blobs.sweep(clock.now() + 9 * DAYS) == 0
    assert content(row.digest) == b"verbale"


@pytest.mark.django_db
def test_doom_keeps_its_first_day():
    row = blobs.store([b"verbale"])
    blobs.doom(row.digest)
    first = Blob.objects.get().doomed_at
    blobs.doom(row.digest)
    assert Blob.objects.get().doomed_at == first
    blobs.doom("a" * 64)


@pytest.mark.django_db
def test_a_content_swept_and_stored_again_is_there():
    row = blobs.store([b"verbale"])
    blobs.doom(row.digest)
    blobs.sweep(clock.now() + 2 * DAYS)
    assert content(blobs.store([b"verbale"]).digest) == b"verbale"


@pytest.mark.django_db
def test_a_sweep_of_nothing_is_none():
    assert blobs.sweep() == 0


@pytest.mark.django_db
def test_a_file_that_goes_while_the_sweep_looks_is_no_fault(monkeypatch):
    row = blobs.store([b"verbale"])
    path = blobs.path_of(row.digest)
    row.delete()
    monkeypatch.setattr(Path, "rglob", lambda _folder, _pattern: [path, blobs.path_of("a" * 64)])
    monkeypatch.setattr(Path, "is_file", lambda _path: True)
    assert blobs.sweep(clock.now() + 2 * DAYS) == 1


@pytest.mark.django_db
def test_a_content_stored_again_after_the_sweep_looked_is_spared(monkeypatch):
    """The row is gone and the file listed as loose: in that moment somebody stores it again."""
    row = blobs.store([b"verbale"])
    old = clock.now().timestamp() - 10 * 86_400
    os.utime(blobs.path_of(row.digest), (old, old))
    Blob.objects.all().delete()
    unlink = blobs._unlink_older

    def stored_meanwhile(path: Path, limit):
        blobs.store([b"verbale"])
        return unlink(path, limit)

    monkeypatch.setattr(blobs, "_unlink_older", stored_meanwhile)
    assert blobs.sweep() == 0
    assert content(row.digest) == b"verbale"


@pytest.mark.django_db(transaction=True)
def test_eight_who_store_the_same_at_once_keep_it_once(transactional_db):
    results = together(*[lambda: blobs.store([b"verbale"]).digest] * 8)
    assert set(results) == {hashlib.sha256(b"verbale").hexdigest()}
    assert Blob.objects.count() == 1
    assert files() == set(results)


@pytest.mark.django_db(transaction=True)
def test_storing_and_sweeping_at_once_never_leaves_a_row_without_its_file(transactional_db):
    past = clock.now() - 3 * DAYS
    contents = [f"verbale {number}".encode() for number in range(15)]
    for each in contents:
        row = blobs.store([each])
        os.utime(blobs.path_of(row.digest), (past.timestamp(),) * 2)
        Blob.objects.filter(pk=row.pk).update(doomed_at=past)

    def store_all() -> None:
        for each in contents:
            with transaction.atomic():
                blobs.store([each])

    def sweep_often() -> None:
        for _ in range(10):
            blobs.sweep()

    assert together(store_all, sweep_often, store_all, sweep_often) == [None] * 4
    assert {content(row.digest) for row in Blob.objects.all()} == set(contents)
