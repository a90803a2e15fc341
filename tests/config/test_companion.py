"""The worker beside the server: begun again where it dies, gone with the server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tavolo.config.stopping import StopSign

COMPANION = "import sys; from tavolo.config.companion import Companion; Companion(sys.argv[1:], again_after=0.01).keep()"
SAYS = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"


def until(happened: Callable[[], bool]) -> None:
    for _moment in range(1500):
        if happened():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen")


def gone(pid: int) -> bool:
    state = Path("/proc", str(pid), "stat")
    return not state.exists() or state.read_text().split()[2] == "Z"


class Kept:
    """A companion whose command writes its process number and sleeps."""

    def __init__(self, path: Path, *before: str) -> None:
        self.path = path
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", COMPANION, sys.executable, "-c", SAYS, str(path)]
        )

    def begun(self) -> list[int]:
        return [int(line) for line in self.path.read_text().split()] if self.path.exists() else []


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    kept = Kept(tmp_path / "begun")
    until(lambda: len(kept.begun()) == 1)
    yield kept
    kept.process.terminate()
    kept.process.wait(20)


def test_a_command_that_is_killed_begins_again(kept: Kept) -> None:
    os.kill(kept.begun()[0], signal.SIGKILL)
    until(lambda: len(kept.begun()) == 2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_both(kept: Kept, number: signal.Signals) -> None:
    kept.process.send_signal(number)
    assert kept.process.wait(20) == 0
    assert gone(kept.begun()[0])


def test_it_ends_where_the_parent_is_killed(tmp_path: Path) -> None:
    parent = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    kept = Kept(tmp_path / "begun", sys.executable, "-c", parent)
    until(lambda: len(kept.begun()) == 1)
    kept.process.kill()
    kept.process.wait()
    until(lambda: gone(kept.begun()[0]))


def test_a_stop_sign_is_seen_at_once_and_waited_for_no_longer_than_asked() -> None:
    sign = StopSign()
    assert sign.wait(0.01) is False
    sign.set()
    assert (sign.is_set(), sign.wait(60)) == (True, True)
