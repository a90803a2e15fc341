"""Periodic work and the sweep that takes back what a killed worker left (decision 19)."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tavolo.kernel import clock
from tavolo.kernel.models import Schedule, WorkerBeat
from tavolo.kernel.plugs import Registry

SILENT_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Periodic:
    key: str
    every: timedelta
    run: Callable[[], object]


periodic_jobs: Registry[Periodic] = Registry("periodic job")


def periodic(*, every: timedelta) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Decorator for a room's `jobs.py`: run the function about so often. It must be idempotent."""

    def register(function: Callable[[], object]) -> Callable[[], object]:
        key = f"{function.__module__.removeprefix('tavolo.')}.{function.__qualname__}"
        periodic_jobs.add(Periodic(key, every, function))
        return function

    return register


@task()
def run_periodic(key: str) -> None:
    """The background entry of every periodic job."""
    periodic_jobs.get(key).run()


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Enqueue what is due, once for all workers: the row is locked, moved on, and the job written with it.

    A job that was missed for days runs once, not once for each day.
    """
    instant = now or clock.now()
    due = dict(Schedule.objects.values_list("key", "due_at"))
    for job in periodic_jobs:
        if job.key not in due:
            Schedule.objects.get_or_create(key=job.key, defaults={"due_at": instant})
    ripe = [job for job in periodic_jobs if due.get(job.key, instant) <= instant]
    return [job.key for job in ripe if _enqueue(job, instant)]


def _enqueue(job: Periodic, now: datetime) -> bool:
    with transaction.atomic():
        row = (
            Schedule.objects.select_for_update(skip_locked=True)
            .filter(key=job.key, due_at__lte=now)
            .first()
        )
        if row is None:
            return False
        row.due_at, row.started_at = now + job.every, now
        row.save(update_fields=["due_at", "started_at"])
        run_periodic.enqueue(job.key)
    return True


def new_worker_name() -> str:
    """Host, process and a random part, so that a worker of this machine can be told dead at once."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:8]}"


def beat(worker: str) -> None:
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"beat_at": clock.now()})


def take_back(now: datetime | None = None) -> int:
    """Make jobs of dead workers ready again; returns how many.

    Dead is who gave no sign of life for ten minutes, or a process of this machine that is no more.
    """
    instant = now or clock.now()
    WorkerBeat.objects.filter(beat_at__lt=instant - timedelta(days=1)).delete()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    if not running.exists():
        return 0
    with transaction.atomic():
        # Locked, so that of two who take back one does. Jobs before beats: whoever claimed one had beaten.
        jobs = list(running.select_for_update(skip_locked=True))
        alive = _alive(instant)
        orphans = [job.pk for job in jobs if not job.worker_ids or job.worker_ids[-1] not in alive]
        return running.filter(pk__in=orphans).update(status=TaskResultStatus.READY, started_at=None)


def _alive(now: datetime) -> set[str]:
    beats = WorkerBeat.objects.filter(beat_at__gt=now - SILENT_AFTER)
    return {row.worker for row in beats if not _gone_from_here(row.worker)}


def _gone_from_here(worker: str) -> bool:
    host, pid, _random = worker.rsplit(":", 2)
    if host != socket.gethostname()[:30]:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def forget_finished(now: datetime | None = None) -> int:
    """Drop jobs that succeeded a week ago, periodic ones an hour ago; failed ones stay for thirty days."""
    instant = now or clock.now()
    done = Q(status=TaskResultStatus.SUCCESSFUL)
    old = (
        done & Q(finished_at__lt=instant - timedelta(days=7))
        # Some run every few seconds; that they ran well is soon of no interest.
        | done & Q(task_path=run_periodic.module_path, finished_at__lt=instant - timedelta(hours=1))
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=instant - timedelta(days=30))
    )
    dropped, _each = DBTaskResult.objects.filter(old).delete()
    return dropped


def is_pending(job: UUID) -> bool:
    """Whether a background job waits for its turn or runs; False for one that ended or is not known."""
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(pk=job, status__in=waiting).exists()
