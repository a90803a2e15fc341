"""`kill -9` in the middle of imports: never half a batch, and undoing gives back everything."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.site import environment
from tests.proofs.installations import installation

pytestmark = pytest.mark.prove

KILLS = int(os.environ.get("TAVOLO_PROOF_KILLS", "200")) // 2
ROWS = 2000


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_import_happened_or_it_did_not(
    tmp_path: Path, database: str, figure: Callable[..., None]
) -> None:
    with installation(tmp_path / "home", database) as here:
        here.run("migrate")
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.importing", str(KILLS), str(ROWS)],
            env=environment(
                here.home, DJANGO_SETTINGS_MODULE="tavolo.config.settings", **here.urls
            ),
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        figures = json.loads(done.stdout.splitlines()[-1])
        figure("import kills", database=database, **figures)
        assert figures["killed"] >= KILLS
