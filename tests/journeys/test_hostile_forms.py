"""Forms that nobody would fill in so: no fault of ours comes out, and nothing is written for others."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.site import demonstration_home, environment
from tests.share import share_of

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 200, share_of(2500)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, worker_id: str) -> Path:
    """A copy of the demonstration for this test alone."""
    root = tmp_path_factory.getbasetemp()
    built = demonstration_home(root if worker_id == "master" else root.parent)
    return Path(shutil.copytree(built, tmp_path / "home"))


def sent(home: Path, count: int, seed: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.hostile", str(count), str(seed)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def right(told: dict[str, Any], count: int) -> None:
    assert told["findings"] == []
    assert told["sent"] == count
    assert told["forms"] >= 100
    # Some went through in spite of all: what was sent were the real forms.
    assert told["answers"]["200"] >= count / 5
    assert told["answers"]["302"] >= count / 50


def test_hostile_forms_do_no_harm(home: Path) -> None:
    right(sent(home, FEW, seed=1), FEW)


@pytest.mark.prove
@pytest.mark.parametrize("seed", [2, 3])
def test_five_thousand_hostile_forms_do_no_harm(home: Path, seed: int) -> None:
    right(sent(home, MANY, seed=seed), MANY)
