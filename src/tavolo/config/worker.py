"""The worker: periodic work, background jobs, facts that no process delivered yet."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tavolo.config.stopping import StopSign
from tavolo.kernel import facts, schedule

logger = logging.getLogger("tavolo.worker")

PAUSE, PAUSE_AFTER_A_FAULT = 0.5, 5.0
BEAT_EVERY = 20.0
TASKS_A_ROUND = 50


class WorkLoop:
    """Rounds until a signal tells it to stop."""

    def __init__(self) -> None:
        self.name = schedule.new_worker_name()
        self.stopped = StopSign()
        self.batch: Worker | None = None

    def run(self) -> None:
        """Work until stopped; the job in hand is finished first. Facts that were stuck get another chance."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        threading.Thread(target=self._beats, daemon=True).start()
        quietly(facts.try_again)
        while not self.stopped.is_set():
            self.stopped.wait(PAUSE if self.round() else PAUSE_AFTER_A_FAULT)

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped.set()
        if self.batch:
            self.batch.running = False

    def round(self) -> bool:
        """Take back what the dead left, enqueue what is due, run what is ready, deliver what waits.

        One step that fails does not keep the others from their turn; True where all went well. Whoever cannot
        give a sign of life takes no job.
        """
        if not quietly(lambda: schedule.beat(self.name)):
            return False
        steps = (schedule.take_back, schedule.enqueue_due, self._run_ready, facts.deliver_waiting)
        done = [quietly(step) for step in steps if not self.stopped.is_set()]
        return all(done)

    def _run_ready(self) -> None:
        # Asked first: to look for a job takes the one lock under which SQLite writes.
        if not DBTaskResult.objects.ready().exists():
            return
        self.batch = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_A_ROUND,
            worker_id=self.name,
            excluded_queue_names=[],
        )
        self.batch.run()

    def _beats(self) -> None:
        # Beside the rounds, so that a long job is not taken for a dead worker.
        while not self.stopped.wait(BEAT_EVERY):
            quietly(lambda: schedule.beat(self.name))


def quietly(step: Callable[[], object]) -> bool:
    """Whether a step went well: a fault, or a database that is away for a moment, does not end the worker."""
    close_old_connections()
    try:
        step()
    except OperationalError:
        logger.warning("the database did not answer; trying again")
    except Exception:
        logger.exception("a step of the worker failed; trying again")
    else:
        return True
    return False
