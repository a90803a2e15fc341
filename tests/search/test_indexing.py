"""The index follows the outbox; it is built beside the one that answers; one process writes it."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.search import indexing
from tavolo.search.actions import note_change
from tavolo.search.errors import IndexBusy
from tavolo.search.index import shelf
from tavolo.search.jobs import refresh
from tavolo.search.queries import search, standing
from tests.factories.registry import a_founded_network, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def valley(home: Path) -> Network:
    return a_founded_network()


def titles(words: str) -> list[str]:
    found = search(words)
    assert found is not None
    return [result.title for result in found.results]


def touched(row) -> None:
    with transaction.atomic():
        note_change(row)


def state() -> shelf.State:
    path = shelf.current()
    assert path is not None
    found = shelf.state_of(path)
    assert found is not None
    return found


def put(**changes) -> None:
    path = shelf.current()
    assert path is not None
    shelf.keep(path, replace(state(), **changes))


def test_without_an_index_nothing_is_said(valley: Network) -> None:
    assert search("valle") is None
    assert standing().built is False


def test_the_first_refresh_builds(valley: Network) -> None:
    an_organisation(valley, "Auser Lucca")
    indexing.refresh()
    assert titles("auser") == ["Auser Lucca"]
    assert (standing().built, standing().behind) == (True, 0)


def test_what_is_changed_later_is_found_after_the_next_refresh(valley: Network) -> None:
    indexing.rebuild()
    auser = an_organisation(valley, "Auser Lucca")
    touched(auser)
    assert titles("auser") == []
    assert standing().behind > 0
    before = shelf.current()
    refresh()
    assert titles("auser") == ["Auser Lucca"]
    assert standing().behind == 0
    assert shelf.current() == before


def test_a_refresh_without_changes_writes_nothing(valley: Network) -> None:
    indexing.rebuild()
    meta = (shelf.current() / "meta.json").stat().st_mtime_ns
    assert indexing.refresh() == 0
    assert (shelf.current() / "meta.json").stat().st_mtime_ns == meta


def test_a_building_goes_on_from_its_own_first_moment(valley: Network, monkeypatch) -> None:
    """What changes while it is built is not in it and not lost."""
    auser = an_organisation(valley, "Auser Lucca")
    swap = shelf.swap

    def meanwhile(path: Path) -> None:
        auser.name = "Auser Capannori"
        auser.save()
        touched(auser)
        swap(path)

    monkeypatch.setattr(shelf, "swap", meanwhile)
    indexing.rebuild()
    monkeypatch.undo()
    assert titles("auser") == ["Auser Lucca"]
    indexing.refresh()
    assert titles("auser") == ["Auser Capannori"]


@pytest.mark.parametrize(
    "lost",
    [
        {"day": clock.today() - timedelta(days=1)},
        {"installation": "another"},
        {"last": 10**9},
        {"form": 0},
        {"withdrawn": True, "built_at": time.time() - indexing.WORDS_STAY - 1},
    ],
)
def test_an_index_that_cannot_be_trusted_is_built_anew(valley: Network, lost) -> None:
    indexing.rebuild()
    before = shelf.current()
    put(**lost)
    indexing.refresh()
    assert shelf.current() != before
    assert list(shelf.folder().glob("index-*")) == [shelf.current()]


def test_so_many_changes_are_read_by_a_building(valley: Network, monkeypatch) -> None:
    indexing.rebuild()
    before = shelf.current()
    monkeypatch.setattr(indexing, "MANY", 1)
    for _each in range(2):
        touched(valley)
    indexing.refresh()
    assert shelf.current() != before


def test_a_damaged_state_is_no_state(valley: Network) -> None:
    indexing.rebuild()
    (shelf.current() / "state.json").write_text("{}")
    assert standing().built is False
    indexing.refresh()
    assert standing().built is True


def test_two_writers_are_refused_and_the_job_waits_for_its_next_turn(valley: Network) -> None:
    with shelf.alone():
        with pytest.raises(IndexBusy):
            indexing.rebuild()
        with pytest.raises(IndexBusy):
            indexing.refresh()
        refresh()
    assert standing().built is False


def test_what_is_withdrawn_is_found_no_more_and_its_words_leave_the_files(
    valley: Network,
) -> None:
    kept = an_organisation(valley, "Auser Lucca")
    gone = an_organisation(valley, "Zzyzxia di prova")
    indexing.rebuild()
    assert words_in_files("zzyzxia")
    gone.merged_into, gone.merged_at = kept, clock.now()
    gone.save()
    touched(gone)
    indexing.refresh()
    assert titles("zzyzxia") == []
    assert state().withdrawn
    put(built_at=time.time() - indexing.WORDS_STAY - 1)
    indexing.refresh()
    assert not words_in_files("zzyzxia")
    assert words_in_files("auser")


def words_in_files(word: str) -> list[str]:
    return [
        path.name
        for path in shelf.folder().rglob("*")
        if path.is_file() and word.encode() in path.read_bytes().lower()
    ]


BUILD = "import django; django.setup(); from tavolo.search import indexing; "


@pytest.fixture
def process(process_environment: dict[str, str], home: Path) -> dict[str, str]:
    return {**process_environment, "TAVOLO_HOME": str(home)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("after", [0.0, 0.02, 0.1])
def test_a_writer_that_is_killed_loses_nothing(
    process: dict[str, str], home: Path, after: float
) -> None:
    valley = a_founded_network()
    for number in range(30):
        an_organisation(valley, f"Circolo {number:02}")
    indexing.rebuild()
    before = shelf.current()
    for number in range(30, 60):
        touched(an_organisation(valley, f"Circolo {number:02}"))
    begun = home / "begun"
    code = f"{BUILD}open({str(begun)!r}, 'w').close()\nwhile True: indexing.rebuild()"
    child = subprocess.Popen([sys.executable, "-c", code], env=process)
    try:
        while not begun.exists() and child.poll() is None:
            time.sleep(0.01)
        time.sleep(after)
    finally:
        child.kill()
        child.wait()
    assert search("circolo").count in (30, 60)
    assert before is not None
    indexing.refresh()
    assert search("circolo").count == 60
    indexing.rebuild()
    assert list(shelf.folder().glob("index-*")) == [shelf.current()]


def test_killed_between_commit_and_note_it_does_the_same_once_more(
    valley: Network, monkeypatch
) -> None:
    indexing.rebuild()
    touched(an_organisation(valley, "Auser Lucca"))

    def killed(*_args) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shelf, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        indexing.refresh()
    monkeypatch.undo()
    assert titles("auser") == ["Auser Lucca"]
    indexing.refresh()
    assert titles("auser") == ["Auser Lucca"]
