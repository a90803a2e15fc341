import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tavolo.journal import heads, jobs, sealing
from tavolo.journal.actions import seal
from tavolo.journal.chain import GENESIS
from tavolo.journal.choices import Fault
from tavolo.journal.heads import Head
from tavolo.journal.models import Entry, Seal
from tavolo.journal.queries import Break, breaks
from tavolo.kernel.network import installation
from tavolo.kernel.schedule import periodic_jobs
from tests.journal.conftest import Journal, new_network
from tests.journal.tampering import with_everything_open


def head_of(chain: str) -> Head:
    head = heads.read_head(chain)
    assert head is not None
    return head


def end_of(chain: str) -> tuple[int, str]:
    last = Seal.objects.filter(chain=chain).order_by("sequence").last()
    assert last is not None
    return last.sequence, last.hash


def test_the_head_of_each_chain_is_kept_outside(journal: Journal, home: Path) -> None:
    chains = ["installation", str(journal.milano.uid), str(journal.lucca.uid)]
    assert heads.chains() == sorted(chains)
    for chain in chains:
        sequence, hashed = end_of(chain)
        assert json.loads((home / "journal" / f"{chain}.json").read_text()) == {
            "chain": chain,
            "count": sequence,
            "hash": hashed,
            "installation": str(installation().uid),
        }


def test_no_draft_is_left_and_the_folder_is_for_us_alone(journal: Journal, home: Path) -> None:
    names = {path.name for path in (home / "journal").iterdir()} - {".lock"}
    assert names == {f"{chain}.json" for chain in heads.chains()}
    assert (home / "journal").stat().st_mode & 0o777 == 0o700


def test_heads_move_only_after_the_seals_have_committed(journal: Journal) -> None:
    before = head_of("installation")
    with transaction.atomic():
        journal.one(None)
        assert seal() == 1
        transaction.set_rollback(True)
    assert head_of("installation") == before
    assert (seal(), breaks()) == (0, [])


def test_a_head_that_stayed_behind_is_lawful_and_catches_up(journal: Journal) -> None:
    """The process ended between the seals' commit and the head."""
    old = head_of("installation")
    journal.record(None, 2)
    seal()
    heads.write_head(old)
    assert breaks() == []
    assert seal() == 0
    assert head_of("installation").count == 5


def test_a_chain_has_a_head_before_its_first_seal(journal: Journal) -> None:
    """The process ended between the first seal and its head: the beginning is there."""
    network = new_network("rozzano")
    journal.one(network)
    with transaction.atomic():
        seal()
        transaction.set_rollback(True)
    head = head_of(str(network.uid))
    assert (head.count, head.hash) == (0, GENESIS)
    assert (seal(), breaks()) == (1, [])


def test_a_missing_head_is_not_made_anew(journal: Journal) -> None:
    heads.path_of("installation").unlink()
    journal.one(None)
    seal()
    assert breaks() == [Break(Fault.HEAD_MISSING, "installation")]


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"chain": "installation", "count": "x"}', "null"]
)
def test_a_damaged_head_is_named_and_left_as_it_is(journal: Journal, content: str) -> None:
    heads.path_of("installation").write_text(content)
    journal.one(None)
    seal()
    assert breaks() == [Break(Fault.HEAD_FOREIGN, "installation")]
    assert heads.path_of("installation").read_text() == content


def test_a_head_of_another_installation_is_named(journal: Journal) -> None:
    count, hashed = end_of("installation")
    foreign = Head("installation", count, hashed, "00000000-0000-4000-8000-000000000000")
    heads.write_head(foreign)
    journal.one(None)
    seal()
    assert breaks() == [Break(Fault.HEAD_FOREIGN, "installation")]
    assert head_of("installation") == foreign


def test_a_head_under_another_chains_name_is_named(journal: Journal) -> None:
    chain = str(journal.milano.uid)
    heads.path_of(chain).write_bytes(heads.path_of("installation").read_bytes())
    assert breaks() == [Break(Fault.HEAD_FOREIGN, chain)]


def test_a_head_of_a_chain_that_is_nowhere_tells_of_it(journal: Journal) -> None:
    chain = "11111111-1111-4111-8111-111111111111"
    heads.write_head(Head(chain, 7, "a" * 64, str(installation().uid)))
    assert breaks() == [Break(Fault.CUT, chain, count=0, kept=7)]
    assert chain in breaks()[0].sentence


def test_heads_can_be_forgotten(journal: Journal) -> None:
    heads.forget_heads()
    assert heads.chains() == []


def test_two_sealers_never_fork_a_chain(journal: Journal) -> None:
    journal.record(journal.milano, 40)
    journal.record(None, 40)

    def run(_number: int) -> None:
        for number in range(5):
            journal.one(journal.lucca, number)
            seal(thorough=number % 2 == 0)
        connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(run, range(6)))
    seal()
    assert Seal.objects.count() == Entry.objects.count() == 12 + 80 + 30
    assert breaks() == []


def test_sealing_goes_on_over_many_batches(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 4)
    journal.record(journal.milano, 8)
    journal.record(None, 3)
    assert seal() == 11
    assert breaks() == []
    assert end_of(str(journal.milano.uid))[0] == 13


def test_every_minute_only_the_end_is_looked_through(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry whose slow transaction ended long after others is found by the thorough sealing."""
    monkeypatch.setattr(sealing, "REACH", 2)
    old = journal.entries(journal.milano)[0]
    forget_seal(old)
    late = journal.one(None)
    assert seal(thorough=False) == 1
    assert Seal.objects.filter(entry=late).exists()
    assert not Seal.objects.filter(entry=old).exists()
    assert seal(thorough=True) == 1
    assert Seal.objects.filter(entry=old).exists()


def forget_seal(entry: Entry) -> None:
    with with_everything_open() as cursor:
        cursor.execute("DELETE FROM journal_seal WHERE entry_id = %s", [entry.id])


@pytest.mark.parametrize("count", [1, 10, 200])
def test_sealing_asks_as_often_whatever_the_number(journal: Journal, count: int) -> None:
    journal.record(None, count)
    with CaptureQueriesContext(connection) as asked:
        assert seal(thorough=False) == count
    writes = [query for query in asked.captured_queries if "INSERT" in query["sql"]]
    assert len(asked) - len(writes) <= 14
    assert len(writes) <= 1 + count // 100


@pytest.mark.parametrize("job", [jobs.seal, jobs.seal_stragglers])
def test_the_worker_seals(journal: Journal, job: Callable[[], object]) -> None:
    journal.record(journal.lucca, 2)
    job()
    assert (head_of(str(journal.lucca.uid)).count, breaks()) == (6, [])


def test_both_jobs_come_back() -> None:
    assert [
        periodic_jobs.get(f"journal.jobs.{name}").every for name in ("seal", "seal_stragglers")
    ] == [
        timedelta(minutes=1),
        timedelta(hours=6),
    ]
