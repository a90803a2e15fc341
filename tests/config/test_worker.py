import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tavolo.config import worker
from tavolo.config.worker import WorkLoop, quietly
from tavolo.kernel import clock, facts, schedule
from tavolo.kernel.facts import Fact, on
from tavolo.kernel.models import AnnouncedFact, Network, Schedule, WorkerBeat
from tavolo.kernel.plugs import Registry
from tests.config import tasks

pytestmark = pytest.mark.django_db(transaction=True)

WORK = "import django; django.setup(); from tavolo.config.worker import WorkLoop; WorkLoop().run()"


@dataclass(frozen=True)
class BellRung(Fact):
    slug: str


on(BellRung)(lambda fact: tasks.found.call(fact.slug))


@pytest.fixture(autouse=True)
def _no_periodic_work(monkeypatch) -> None:
    monkeypatch.setattr(schedule, "periodic_jobs", Registry("periodic job"))


def networks() -> set[str]:
    return set(Network.objects.values_list("slug", flat=True))


def states() -> dict[str, int]:
    """How the jobs of a test fare; a process of its own does the periodic work of the rooms too."""
    ours = DBTaskResult.objects.filter(task_path__startswith="tests.")
    found = list(ours.values_list("status", flat=True))
    return {state: found.count(state) for state in set(found)}


def ring(slug: str) -> None:
    long_ago = clock.now() - 2 * facts.GRACE
    AnnouncedFact.objects.create(key=BellRung.key, payload={"slug": slug}, announced_at=long_ago)


def test_a_round_does_all_that_waits():
    schedule.periodic(every=10 * facts.RETRY_AFTER)(lambda: tasks.found.call("periodica"))
    orphan = tasks.found.enqueue("orfana")
    DBTaskResult.objects.filter(pk=orphan.id).update(
        status=TaskResultStatus.RUNNING, worker_ids=["dead:1:x"]
    )
    tasks.found.enqueue("pronta")
    tasks.fail.enqueue()
    ring("campana")
    loop = WorkLoop()
    assert loop.round()
    assert networks() == {"periodica", "orfana", "pronta", "campana"}
    assert states() == {TaskResultStatus.SUCCESSFUL: 2, TaskResultStatus.FAILED: 1}
    assert not AnnouncedFact.objects.filter(delivered_at=None).exists()
    assert [row.worker for row in WorkerBeat.objects.all()] == [loop.name]
    assert Schedule.objects.count() == 1
    assert loop.round()
    assert len(networks()) == 4


def test_a_job_that_fails_is_noted_and_not_tried_again():
    tasks.fail.enqueue()
    assert WorkLoop().round()
    assert WorkLoop().round()
    (job,) = DBTaskResult.objects.all()
    assert (job.status, job.exception_class_path, len(job.worker_ids)) == (
        TaskResultStatus.FAILED,
        "builtins.ValueError",
        1,
    )


@pytest.mark.parametrize("fault", [OperationalError, DatabaseError, RuntimeError])
@pytest.mark.parametrize("step", ["take_back", "enqueue_due"])
def test_a_step_that_fails_keeps_no_other_from_its_turn(monkeypatch, step, fault):
    def fails() -> None:
        raise fault("Anna Rossi")

    monkeypatch.setattr(schedule, step, fails)
    tasks.found.enqueue("pronta")
    ring("campana")
    assert not WorkLoop().round()
    assert networks() == {"pronta", "campana"}


def test_who_cannot_give_a_sign_of_life_takes_no_job(monkeypatch):
    def fails(_name: str) -> None:
        raise OperationalError

    monkeypatch.setattr(schedule, "beat", fails)
    tasks.found.enqueue("pronta")
    assert not WorkLoop().round()
    assert networks() == set()


def test_a_fault_is_told_and_does_not_end_the_worker(caplog):
    def fails(fault: Exception) -> Callable[[], None]:
        def step() -> None:
            raise fault

        return step

    assert quietly(lambda: None)
    assert not quietly(fails(OperationalError("password segreta")))
    assert not quietly(fails(ValueError()))
    assert [(record.levelname, bool(record.exc_info)) for record in caplog.records] == [
        ("WARNING", False),
        ("ERROR", True),
    ]


def test_a_worker_that_is_told_to_stop_begins_nothing_more(monkeypatch):
    loop = WorkLoop()
    monkeypatch.setattr(schedule, "take_back", lambda: loop.stop(signal.SIGTERM, None))
    tasks.found.enqueue("pronta")
    loop.round()
    assert networks() == set()


def one_round(monkeypatch) -> WorkLoop:
    """A loop that is told to stop at its first pause."""
    loop = WorkLoop()
    monkeypatch.setattr(
        loop.stopped, "wait", lambda seconds: seconds == worker.BEAT_EVERY or loop.stopped.set()
    )
    return loop


def test_a_worker_that_starts_gives_stuck_facts_another_chance(monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    ring("campana")
    AnnouncedFact.objects.update(attempts=facts.STUCK_AFTER, due_at=clock.now())
    assert WorkLoop().round()
    assert networks() == set()
    one_round(monkeypatch).run()
    assert networks() == {"campana"}


def test_it_waits_longer_after_a_fault(monkeypatch):
    monkeypatch.setattr(signal, "signal", lambda *_args: None)
    loop, waits, rounds = WorkLoop(), [], [True, False, True]

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if not rounds:
            loop.stopped.set()

    monkeypatch.setattr(
        loop.stopped, "wait", lambda seconds: seconds == worker.BEAT_EVERY or wait(seconds)
    )
    monkeypatch.setattr(loop, "round", lambda: rounds.pop(0))
    loop.run()
    assert waits == [worker.PAUSE, worker.PAUSE_AFTER_A_FAULT, worker.PAUSE]


def test_a_long_job_is_not_taken_for_a_dead_worker(monkeypatch):
    """Signs of life come from beside the rounds."""
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.01)
    loop = WorkLoop()
    beats = threading.Event()
    monkeypatch.setattr(schedule, "beat", lambda _name: beats.set())
    beside = threading.Thread(target=loop._beats)
    beside.start()
    assert beats.wait(30)
    loop.stopped.set()
    beside.join(30)
    assert not beside.is_alive()


# --- whole processes


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def start(process_environment) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker as a process of its own, on the databases of the test."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        begun.append(
            subprocess.Popen(
                [sys.executable, "-c", WORK],
                env=process_environment,
                cwd=Path(__file__).parents[2],
                stderr=subprocess.PIPE,
            )
        )
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def test_a_worker_ends_on_a_signal_with_the_job_in_hand_done(start, tmp_path):
    signs = [tmp_path / str(number) for number in range(40)]
    for sign in signs:
        tasks.doze.enqueue(str(sign))
    process = start()
    wait_until(lambda: any(sign.exists() for sign in signs))
    process.send_signal(signal.SIGTERM)
    _out, told = process.communicate(timeout=60)
    assert process.returncode == 0, told.decode()
    after = states()
    assert set(after) == {TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY}
    assert sum(sign.exists() for sign in signs) == after[TaskResultStatus.SUCCESSFUL]


def test_the_job_of_a_worker_that_was_killed_is_done_by_the_next(start, tmp_path):
    sign = tmp_path / "sign"
    tasks.linger.enqueue(str(sign), "ripresa")
    process = start()
    wait_until(sign.exists)
    process.kill()
    process.wait()
    assert states() == {TaskResultStatus.RUNNING: 1}
    loop = WorkLoop()
    assert loop.round()
    assert networks() == {"ripresa"}
    job = DBTaskResult.objects.get(task_path=tasks.linger.module_path)
    assert (job.status, len(job.worker_ids), job.worker_ids[-1]) == (
        TaskResultStatus.SUCCESSFUL,
        2,
        loop.name,
    )
