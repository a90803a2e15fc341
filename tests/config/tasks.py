"""Background jobs that a test of the worker can look at from outside."""

import time
from pathlib import Path

from django_tasks import task

from tavolo.kernel import clock
from tavolo.kernel.models import Network


@task()
def found(slug: str) -> None:
    Network.objects.create(slug=slug, name=slug, created_at=clock.now())


@task()
def fail() -> None:
    raise ValueError("Anna Rossi")


@task()
def linger(sign: str, slug: str) -> None:
    """The first time, leave a sign and stay; when the sign is there, be quick."""
    if not Path(sign).exists():
        Path(sign).touch()
        time.sleep(600)
    Network.objects.create(slug=slug, name=slug, created_at=clock.now())


@task()
def doze(sign: str) -> None:
    Path(sign).touch()
    time.sleep(0.3)
