"""The worker: periodic work, background jobs, facts that no process delivered yet."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from tavolo.kernel import facts, schedule

logger = logging.getLogger("tavolo.worker")

PAUSE = 0.5
BEAT_EVERY = 20.0
TASKS_A_ROUND = 50


class WorkLoop:
    """Rounds until it is told to stop: by a signal, or because the process that began it is gone."""

    def __init__(self, parent: int | None = None) -> None:
        self.name = schedule.new_worker_name()
        self.parent = parent
        self.stopped = threading.Event()

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        threading.Thread(target=self._beats, daemon=True).start()
        while not self.stopped.is_set():
            quietly(self.round)
            self.stopped.wait(PAUSE)
            if self.parent and os.getppid() != self.parent:
                self.stopped.set()

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped.set()

    def round(self) -> None:
        """Take back what the dead left, enqueue what is due, run what is ready, deliver what waits."""
        schedule.beat(self.name)
        schedule.take_back()
        schedule.enqueue_due()
        self._run_ready()
        facts.deliver_waiting()

    def _run_ready(self) -> None:
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_A_ROUND,
            worker_id=self.name,
            excluded_queue_names=[],
        ).run()

    def _beats(self) -> None:
        # Beside the rounds, so that a long job is not taken for a dead worker.
        while not self.stopped.wait(BEAT_EVERY):
            quietly(lambda: schedule.beat(self.name))


def quietly(step: Callable[[], None]) -> None:
    """A database that is away for a moment does not end the worker."""
    close_old_connections()
    try:
        step()
    except OperationalError:
        logger.warning("the database did not answer; trying again")
