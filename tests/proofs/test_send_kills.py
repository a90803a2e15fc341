"""`kill -9` of a worker in the middle of sending: nothing lost, at most a duplicate under the same number."""

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

# A third of the kills in uploads, sends and exports, half of them on each database.
KILLS = share_of(200 // 6 + 1)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_letter_is_lost_with_the_worker_that_sends_it(
    tmp_path: Path, database: str, figure: Callable[..., None]
) -> None:
    with installation(tmp_path / "home", database) as here:
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.sending", str(KILLS)],
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
    figure("send kills", database=database, **figures)
    wrong = ("lost", "unknown", "said_sent_more_than_once", "more_than_attempted", "not_sent")
    assert [figures[name] for name in wrong] == [0] * len(wrong)
    assert figures["killed"] >= KILLS
    assert figures["duplicates"] <= figures["killed"]
