"""A file of 8,000 rows from upload to undo: the engine's own share with a toy kind, and a real kind."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import figure
from tests.journeys.site import environment
from tests.proofs.installations import Installation, installation

# 5,000 rows of a room are imported within 20 s, of which the engine takes less than 5.
BUDGETS = {"toy_values": 5, "area_memberships": 20, "organisations": 20}
BUDGET_ROWS = 5_000
STEPS = ("read and check", "check again", "apply", "undo")
LAY = """
import django
django.setup()
from tavolo.territory.actions import import_national_extract
import_national_extract(progress=lambda done, total: None)
"""


def figures() -> Iterator[str]:
    for database in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder,
            installation(Path(folder), database) as here,
        ):
            here.run("migrate")
            run(here, "-c", LAY)
            for kind, budget in BUDGETS.items():
                yield from of(kind, budget, database, here)


def of(kind: str, budget: float, database: str, here: Installation) -> Iterator[str]:
    told = json.loads(run(here, "-m", "bench.importing", kind).splitlines()[-1])
    rows, raw = told["rows"], told["raw"]
    for step in STEPS:
        yield figure(
            f"import {step}, {kind}, {database}",
            told[step] / raw,
            "times executemany",
            rows=rows,
            cpu_s=round(told[step], 2),
        )
    # Nobody checks again without a reason: what an import costs that goes well.
    total = told["read and check"] + told["apply"]
    yield figure(
        f"import, {kind}, {database}",
        total,
        "CPU s",
        rows=rows,
        within_budget=total * BUDGET_ROWS / rows < budget,
    )


def run(here: Installation, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env=environment(here.home, DJANGO_SETTINGS_MODULE="tavolo.config.settings", **here.urls),
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout
