"""The national import: every municipality of Italy with population and drawings."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import figure
from tests.journeys.site import environment
from tests.proofs.installations import installation

BUDGET = 30
TIMED = """
import time, django
django.setup()
from tavolo.territory.actions import import_national_extract
began, cpu = time.perf_counter(), time.process_time()
import_national_extract(progress=lambda done, total: None)
print(time.perf_counter() - began, time.process_time() - cpu)
"""


def figures() -> Iterator[str]:
    for database in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder:
            yield on(Path(folder), database)


def on(folder: Path, database: str) -> str:
    with installation(folder, database) as here:
        here.run("migrate")
        done = subprocess.run(
            [sys.executable, "-c", TIMED],
            env=environment(
                here.home, DJANGO_SETTINGS_MODULE="tavolo.config.settings", **here.urls
            ),
            capture_output=True,
            text=True,
            check=True,
        )
    wall, cpu = map(float, done.stdout.split())
    return figure(
        f"national import, {database}", wall, "s", cpu=round(cpu, 1), within_budget=wall < BUDGET
    )
