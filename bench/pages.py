"""Home and territory pages against a bare view that answers the same bytes, in one run."""

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from bench.figure import figure
from tests.journeys.site import tavolo

ROUNDS = 60
PROGRAMS = (
    "/api/v1/municipalities/015189",
    "/api/v1/municipalities?limit=200",
    "/api/v1/areas?kind=province&limit=200",
    "/api/v1/areas/metropolitan_city/201",
    "/api/v1/areas/metropolitan_city/201.geojson",
    "/api/v1/areas/region/03",
    "/api/v1/areas/region/03.geojson",
)
ADDRESSES = (
    "/",
    "/reti/milano/",
    "/territorio/",
    "/territorio/regione/01/",
    "/territorio/citta-metropolitana/201/",
    "/territorio/comune/015189/",
    "/organizzazioni/",
    *PROGRAMS,
)


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder:
        tavolo(Path(folder), "demo")
        os.environ.update(TAVOLO_HOME=folder, DJANGO_SETTINGS_MODULE="tavolo.config.settings")
        django.setup()
        yield from compared()


def compared() -> Iterator[str]:
    # Imported here: Django has just been set up on the database of this run.
    from django.conf import settings
    from django.test import Client, override_settings

    from tavolo.config.setup import collect_static

    collect_static()
    logging.getLogger("tavolo").setLevel(logging.WARNING)
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    with override_settings(ROOT_URLCONF="bench.urls"):
        for address in ADDRESSES:
            answer = client.get(address)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            yield one(client.get, address, len(answer.content))


def one(get: Callable[[str], object], address: str, length: int) -> str:
    page, bare = [], []
    for _round in range(ROUNDS):
        page.append(timed(get, address))
        bare.append(timed(get, f"/bare/{length}/"))
    ratio = statistics.median(page) / statistics.median(bare)
    return figure(
        f"page {address}",
        ratio,
        "times a bare view",
        bytes=length,
        median_ms=round(statistics.median(page) * 1000, 1),
        p95_ms=round(statistics.quantiles(page, n=20)[-1] * 1000, 1),
    )


def timed(get: Callable[[str], object], address: str) -> float:
    # CPU time: another process on the machine must not decide the comparison.
    began = time.process_time()
    get(address)
    return time.process_time() - began
