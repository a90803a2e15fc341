"""The search box over a region's register, and over half a million things, against tantivy alone; the
command box against the bare query.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import figure
from bench.imports import LAY, run
from tests.proofs.installations import installation

MANY = 500_000


def figures() -> Iterator[str]:
    for database in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder,
            installation(Path(folder), database) as here,
        ):
            here.run("migrate")
            run(here, "-c", LAY)
            told = json.loads(run(here, "-m", "bench.searching", "register").splitlines()[-1])
            yield from commands(database, told)
            # The index is the same whichever database it was built from.
            if database == "sqlite":
                yield from index(told["index"])
                many = run(here, "-m", "bench.searching", str(MANY)).splitlines()[-1]
                yield from index(json.loads(many)["index"])


def index(told: dict[str, float]) -> Iterator[str]:
    entries = int(told["entries"])
    yield figure(
        f"index of {entries} entries", told["build"], "CPU s", megabytes=round(told["megabytes"], 1)
    )
    for name in ("page", "suggestions"):
        yield figure(
            f"search {name} over {entries} entries",
            told[name] / told["alone"],
            "times tantivy alone",
            median_ms=round(told[name] * 1000, 2),
            p95_ms=round(told[f"{name}_p95"] * 1000, 2),
            alone_ms=round(told["alone"] * 1000, 2),
        )


def commands(database: str, told: dict[str, dict[str, float]]) -> Iterator[str]:
    yield figure(
        f"command box, organisations, {database}",
        told["sql"]["ours"] / told["sql"]["bare"],
        "times the bare query",
        median_ms=round(told["sql"]["ours"] * 1000, 2),
        whole_box_ms=round(told["sql"]["box"] * 1000, 2),
    )
