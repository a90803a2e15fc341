"""The worker beside the server: begun again where it dies, gone with the server."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tavolo.config.commands import running
from tavolo.config.commands.running import Companion

SAYS = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"


def begun(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def until(happened: Callable[[], bool]) -> None:
    for _moment in range(1000):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen")


@pytest.fixture
def companion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Companion:
    monkeypatch.setattr(running, "RESTART_AFTER", 0.01)
    return Companion([sys.executable, "-c", SAYS, str(tmp_path / "begun")])


def test_a_companion_that_is_killed_begins_again(companion: Companion, tmp_path: Path) -> None:
    companion.start()
    until(lambda: len(begun(tmp_path / "begun")) == 1)
    os.kill(begun(tmp_path / "begun")[0], signal.SIGKILL)
    until(lambda: len(begun(tmp_path / "begun")) == 2)
    companion.end()


def test_a_companion_that_is_ended_stays_ended(companion: Companion, tmp_path: Path) -> None:
    companion.start()
    until(lambda: len(begun(tmp_path / "begun")) == 1)
    companion.end()
    companion.join(5)
    assert (companion.is_alive(), companion.child.poll() is None) == (False, False)
    assert len(begun(tmp_path / "begun")) == 1
