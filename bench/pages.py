"""Home and territory pages against a bare view that answers the same bytes, in one run."""

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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
    "/territorio/regione/01/?mostra=densita",
    "/territorio/citta-metropolitana/201/",
    "/territorio/citta-metropolitana/201/?mostra=65-e-oltre",
    "/territorio/citta-metropolitana/201/?al=2024-05-05",
    "/territorio/comune/015189/",
    "/territorio/comune/037061/?al=2016-02-23",
    "/territorio/distretto-socio-sanitario/",
    "/territorio/comuni/",
    "/territorio/comuni.svg?mostra=densita",
    "/territorio/confronto/?a=distretto-socio-sanitario&b=distretto-culturale&entro=regione:08",
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
    yield from sums()
    yield from drawings()


# What `queries.summaries` answers, written by hand.
BY_HAND = """
SELECT a.id, COUNT(DISTINCT s.municipality_id), COUNT(p.year), SUM(p.women), SUM(p.men), SUM(m.km2)
FROM territory_area a
JOIN territory_areamembership s ON s.area_id = a.id
  AND (s.valid_from IS NULL OR s.valid_from <= %s)
  AND (s.valid_until IS NULL OR s.valid_until > %s)
LEFT JOIN territory_municipality m ON m.id = s.municipality_id AND s.unit_id IS NULL
LEFT JOIN territory_population p ON p.municipality_id = m.id AND p.year = %s
GROUP BY a.id ORDER BY a.sort_key, a.id
"""


def sums() -> Iterator[str]:
    """The sums of every area of the country, by our query and by one written by hand."""
    from django.db import connection

    from tavolo.kernel import clock
    from tavolo.territory import queries
    from tavolo.territory.models import Area

    today = clock.today()
    year = queries.population_year(today)

    def by_hand() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, [today, today, year])
            return cursor.fetchall()

    def ours() -> list[queries.AreaSummary]:
        return queries.summaries(Area.objects.all(), on=today, year=year)

    assert [row[:3] for row in by_hand()] == [
        (row.key, row.municipalities, row.residents.known) for row in ours()
    ]
    mine, raw = ([cpu(each) for _round in range(ROUNDS // 3)] for each in (ours, by_hand))
    yield figure(
        "sums of all areas",
        statistics.median(mine) / statistics.median(raw),
        "times raw SQL",
        areas=len(ours()),
        median_ms=round(statistics.median(mine) * 1000, 1),
    )


def drawings() -> Iterator[str]:
    """All municipalities on one drawing: how long it takes to make, and how large it is."""
    from tavolo.kernel import clock
    from tavolo.territory.plugs import figures
    from tavolo.territory.web.country import drawing

    for key in ("density", "65_and_over_share"):
        how = (key, figures.get(key), clock.today())
        taken = statistics.median(cpu(lambda how=how: drawing._make(*how)) for _round in range(3))
        made = drawing._make(*how)
        assert made is not None
        yield figure(
            f"drawing of all municipalities, {key}",
            taken,
            "CPU s",
            bytes=made.size,
            gzip=len(made.gzip),
            brotli=len(made.brotli),
        )


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
    return cpu(lambda: get(address))


def cpu(does: Callable[[], object]) -> float:
    # CPU time: another process on the machine must not decide the comparison.
    began = time.process_time()
    does()
    return time.process_time() - began
