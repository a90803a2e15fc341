"""`kill -9` in the middle of imports: never half a batch, and undoing gives back everything."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.site import environment
from tests.proofs.installations import installation
from tests.share import share_of

pytestmark = pytest.mark.prove

KILLS = share_of(200)
# The share of the kills that each gets on each database, and how many rows its file has.
KINDS = {"toy_values": (0.35, 2_001), "area_memberships": (0.15, 600)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_killed_import_happened_or_it_did_not(
    tmp_path: Path, database: str, kind: str, figure: Callable[..., None]
) -> None:
    share, rows = KINDS[kind]
    kills = round(KILLS * share)
    with installation(tmp_path / "home", database) as here:
        here.run("migrate")
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.importing", kind, str(kills), str(rows)],
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
        figure("import kills", database=database, kind=kind, **figures)
        assert figures["killed"] >= kills
