from datetime import timedelta

from tavolo.kernel import blobs, idempotency, schedule
from tavolo.kernel.schedule import periodic


@periodic(every=timedelta(hours=1))
def tidy() -> None:
    idempotency.forget_old()
    schedule.forget_finished()


@periodic(every=timedelta(hours=6))
def sweep_blobs() -> None:
    blobs.sweep()
