import os
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tavolo.kernel import clock, schedule
from tavolo.kernel.models import Schedule, WorkerBeat
from tavolo.kernel.plugs import Registry
from tavolo.kernel.schedule import Periodic, beat, enqueue_due, periodic, run_periodic, take_back
from tests.threads import together

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def registry(monkeypatch) -> Iterator[Registry[Periodic]]:
    jobs: Registry[Periodic] = Registry("periodic job")
    monkeypatch.setattr(schedule, "periodic_jobs", jobs)
    return jobs


def every(key: str, period: timedelta, registry: Registry[Periodic]) -> list[str]:
    ran: list[str] = []
    registry.add(Periodic(key, period, lambda: ran.append(key)))
    return ran


def queued() -> list[str]:
    return [job.args_kwargs["args"][0] for job in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_job_is_known_by_room_module_and_name(registry):
    @periodic(every=HOUR)
    def tidy() -> None: ...

    (job,) = registry.all()
    assert job.key == f"{__name__}.{tidy.__qualname__}"
    assert (job.every, job.run) == (HOUR, tidy)


def test_two_jobs_of_one_name_are_refused(registry):
    every("a", HOUR, registry)
    with pytest.raises(ImproperlyConfigured):
        every("a", HOUR, registry)


@pytest.mark.django_db
def test_a_job_is_enqueued_at_first_sight_and_then_each_period(registry):
    every("hourly", HOUR, registry)
    every("daily", 24 * HOUR, registry)
    assert enqueue_due(NOW) == ["hourly", "daily"]
    assert enqueue_due(NOW) == []
    assert enqueue_due(NOW + HOUR - MINUTE) == []
    assert enqueue_due(NOW + HOUR) == ["hourly"]
    assert queued() == ["hourly", "daily", "hourly"]
    row = Schedule.objects.get(key="hourly")
    assert (row.started_at, row.due_at) == (NOW + HOUR, NOW + 2 * HOUR)


@pytest.mark.django_db
def test_a_job_that_was_missed_for_days_runs_once(registry):
    every("hourly", HOUR, registry)
    enqueue_due(NOW)
    later = NOW + timedelta(days=9)
    assert enqueue_due(later) == ["hourly"]
    assert enqueue_due(later + MINUTE) == []
    assert enqueue_due(later + HOUR) == ["hourly"]


@pytest.mark.django_db
def test_nothing_due_costs_one_query(registry):
    for number in range(10):
        every(f"job {number}", HOUR, registry)
    enqueue_due(NOW)
    with CaptureQueriesContext(connection) as queries:
        assert enqueue_due(NOW + MINUTE) == []
    assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_enqueue_it_once(registry, transactional_db):
    for number in range(3):
        every(f"job {number}", HOUR, registry)
    for instant in (NOW, NOW + HOUR, NOW + 9 * HOUR):
        DBTaskResult.objects.all().delete()
        results = together(*[lambda: enqueue_due(instant)] * 4)  # noqa: B023  they end within the round
        assert sorted(key for result in results for key in result) == ["job 0", "job 1", "job 2"]
        assert sorted(queued()) == ["job 0", "job 1", "job 2"]


@pytest.mark.django_db
def test_an_enqueueing_that_fails_leaves_the_job_due(registry, monkeypatch):
    every("hourly", HOUR, registry)

    def fails(_key: str) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(type(run_periodic), "enqueue", lambda _task, key: fails(key))
        with pytest.raises(OSError):  # noqa: PT011  it has no words
            enqueue_due(NOW)
    assert enqueue_due(NOW) == ["hourly"]


def test_the_background_entry_runs_the_job(registry):
    ran = every("hourly", HOUR, registry)
    run_periodic.call("hourly")
    assert ran == ["hourly"]
    with pytest.raises(KeyError):
        run_periodic.call("gone")


def running(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": ["k"], "kwargs": {}},
        task_path="tavolo.kernel.schedule.run_periodic",
        backend_name="default",
        run_after=NOW,
        started_at=NOW,
        worker_ids=list(workers),
    )


def status(job: DBTaskResult) -> str:
    job.refresh_from_db()
    return job.status


def beaten(worker: str, ago: timedelta = MINUTE) -> str:
    WorkerBeat.objects.create(worker=worker, beat_at=NOW - ago)
    return worker


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


@pytest.mark.django_db
def test_a_worker_that_lives_keeps_its_job():
    here = running(beaten(schedule.new_worker_name()))
    elsewhere = running("dead:1:x", beaten("another-machine:1:abc", 9 * MINUTE))
    assert take_back(NOW) == 0
    assert status(here) == status(elsewhere) == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_the_job_of_a_silent_worker_is_taken_back_after_ten_minutes():
    job = running(beaten("another-machine:1:abc", 10 * MINUTE))
    unknown, nobody = running("another-machine:2:abc"), running()
    assert take_back(NOW) == 3
    assert {status(job), status(unknown), status(nobody)} == {TaskResultStatus.READY}
    assert job.started_at is None
    assert job.worker_ids == ["another-machine:1:abc"]
    assert take_back(NOW) == 0


@pytest.mark.django_db
def test_the_job_of_a_process_that_died_here_is_taken_back_at_once(gone):
    host = socket.gethostname()[:30]
    job = running(beaten(f"{host}:{gone}:abc", timedelta()))
    assert take_back(NOW) == 1
    assert status(job) == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_process_of_another_user_is_alive(monkeypatch):
    def refuses(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuses)
    running(beaten(schedule.new_worker_name()))
    assert take_back(NOW) == 0


@pytest.mark.django_db
def test_jobs_that_wait_or_have_ended_are_left_alone():
    for state in (TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        job = running("dead:1:x")
        job.status = state
        job.save()
    assert take_back(NOW) == 0
    assert DBTaskResult.objects.filter(started_at=None).count() == 0


@pytest.mark.django_db
def test_old_signs_of_life_are_forgotten():
    beaten("old:1:x", timedelta(days=2))
    beaten("young:1:x", timedelta(hours=2))
    take_back(NOW)
    assert [row.worker for row in WorkerBeat.objects.all()] == ["young:1:x"]


@pytest.mark.django_db(transaction=True)
def test_of_those_who_take_back_at_once_one_does(transactional_db):
    jobs = [running("dead:1:x") for _ in range(6)]
    results = together(*[lambda: take_back(NOW)] * 4)
    assert sum(results) == 6
    assert {status(job) for job in jobs} == {TaskResultStatus.READY}


@pytest.mark.django_db
def test_a_sign_of_life_is_one_row_a_worker():
    name = schedule.new_worker_name()
    beat(name)
    first = WorkerBeat.objects.get().beat_at
    beat(name)
    assert WorkerBeat.objects.get().beat_at > first
    assert abs(clock.now() - WorkerBeat.objects.get().beat_at) < MINUTE


def test_names_of_workers_differ_and_fit_their_column(monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "a:long.host.name." * 9)
    names = {schedule.new_worker_name() for _ in range(9)}
    assert len(names) == 9
    assert max(map(len, names)) <= 64
    assert not any(schedule._gone_from_here(name) for name in names)


@pytest.mark.django_db
def test_finished_jobs_are_forgotten_after_a_week_and_failed_ones_after_a_month():
    ends = {
        (TaskResultStatus.SUCCESSFUL, 6): True,
        (TaskResultStatus.SUCCESSFUL, 8): False,
        (TaskResultStatus.FAILED, 29): True,
        (TaskResultStatus.FAILED, 31): False,
    }
    jobs = {}
    for (state, days), stays in ends.items():
        job = running("w:1:x")
        job.status, job.finished_at = state, NOW - timedelta(days=days)
        job.task_path = "tests.config.tasks.found"
        job.save()
        jobs[job.pk] = stays
    still = running("w:1:x")
    assert schedule.forget_finished(NOW) == 2
    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert left == {still.pk, *(pk for pk, stays in jobs.items() if stays)}


@pytest.mark.django_db
def test_a_periodic_job_that_went_well_is_forgotten_after_an_hour():
    hours = {
        (schedule.run_periodic.module_path, 2): False,
        (schedule.run_periodic.module_path, 0.5): True,
        ("tests.config.tasks.found", 2): True,
    }
    jobs = {}
    for (path, ago), stays in hours.items():
        job = running("w:1:x")
        job.status, job.finished_at = TaskResultStatus.SUCCESSFUL, NOW - timedelta(hours=ago)
        job.task_path = path
        job.save()
        jobs[job.pk] = stays
    assert schedule.forget_finished(NOW) == 1
    left = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert left == {pk for pk, stays in jobs.items() if stays}
