"""How what is secret is kept: sealed secrets, digests of session keys, words for devices."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.fernet import Fernet, InvalidToken

from tavolo.kernel import clock
from tavolo.people.actions import forget_expired
from tavolo.people.devices import device_words
from tavolo.people.models import Session
from tavolo.people.sealing import seal, unseal
from tavolo.people.sessions import SessionStore, digest_of


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.TAVOLO_HOME = tmp_path
    return tmp_path


def test_what_is_sealed_can_be_read_with_the_key_alone(home: Path) -> None:
    sealed = seal("JBSWY3DP")
    assert "JBSWY3DP" not in sealed
    assert unseal(sealed) == "JBSWY3DP"
    with pytest.raises(InvalidToken):
        unseal(Fernet(Fernet.generate_key()).encrypt(b"JBSWY3DP").decode())


def test_the_key_is_made_once_and_for_its_owner_only(home: Path) -> None:
    seal("x")
    path = home / "keys" / "second_factor"
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert [file.name for file in path.parent.iterdir()] == ["second_factor"]
    before = path.read_bytes()
    seal("y")
    assert path.read_bytes() == before


def test_a_key_that_came_first_is_kept(home: Path) -> None:
    from tavolo.people.sealing import _write_once

    path = home / "second_factor"
    _write_once(path, b"first")
    _write_once(path, b"second")
    assert path.read_bytes() == b"first\n"


def test_a_new_key_above_the_old_one_reads_both(home: Path, settings, tmp_path: Path) -> None:
    old = seal("vecchio")
    keys = (home / "keys" / "second_factor").read_bytes()
    settings.TAVOLO_HOME = tmp_path / "altrove"
    folder = tmp_path / "altrove" / "keys"
    folder.mkdir(parents=True)
    (folder / "second_factor").write_bytes(Fernet.generate_key() + b"\n" + keys)
    assert unseal(old) == "vecchio"
    assert unseal(seal("nuovo")) == "nuovo"


@pytest.mark.django_db
def test_a_session_is_found_by_its_key_and_kept_by_its_digest() -> None:
    store = SessionStore()
    store["colore"] = "blu"
    store.create()
    assert SessionStore(store.session_key)["colore"] == "blu"
    row = Session.objects.get()
    assert row.session_key == digest_of(store.session_key)
    assert store.exists(store.session_key)
    assert not store.exists(row.session_key)
    assert SessionStore(row.session_key).load() == {}


@pytest.mark.django_db
def test_a_deleted_session_is_gone_and_deleting_nothing_is_no_fault() -> None:
    store = SessionStore()
    store.delete()
    store.create()
    store.delete("another")
    assert Session.objects.count() == 1
    store.delete()
    assert Session.objects.count() == 0


@pytest.mark.django_db
def test_expired_sessions_open_nothing_and_are_forgotten() -> None:
    store = SessionStore()
    store.create()
    with time_machine.travel(clock.now() + timedelta(hours=13)):
        assert SessionStore(store.session_key).load() == {}
        assert forget_expired() == 1


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15",
            "Safari, Mac",
        ),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_device_is_said_in_two_words(told: str, words: str) -> None:
    assert device_words(told) == words
