"""The national import: every municipality of Italy with population and drawings."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import figure
from tests.journeys.site import environment, tavolo
from tests.postgres import server_urls

TIMED = """
import time, django
django.setup()
from tavolo.territory.actions import import_national_extract
began, cpu = time.perf_counter(), time.process_time()
import_national_extract(progress=lambda done, total: None)
print(time.perf_counter() - began, time.process_time() - cpu)
"""


def figures() -> Iterator[str]:
    yield from on("sqlite", {})
    urls = server_urls()
    fresh = {name: value.replace("@/tavolo", "@/tavolo_bench") for name, value in urls.items()}
    create(urls, ("tavolo_bench", "tavolo_bench_vault"))
    yield from on("postgresql", fresh)


def on(database: str, urls: dict[str, str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder:
        home = Path(folder)
        tavolo(home, "migrate", **urls)
        done = subprocess.run(
            [sys.executable, "-c", TIMED],
            env=environment(home, DJANGO_SETTINGS_MODULE="tavolo.config.settings", **urls),
            capture_output=True,
            text=True,
            check=True,
        )
        wall, cpu = map(float, done.stdout.split())
        yield figure(
            f"national import, {database}", wall, "s", cpu=round(cpu, 1), within_budget=wall < 30
        )


def create(urls: dict[str, str], names: tuple[str, ...]) -> None:
    import psycopg

    owner = urls["TAVOLO_DATABASE_OWNER_URL"].replace("@/tavolo?", "@/postgres?")
    with psycopg.connect(owner, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name}")
