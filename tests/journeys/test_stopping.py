"""One Ctrl-C ends the server with its worker, at once and without a word."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.journeys.site import environment, free_port, wait_until_well
from tests.migrated import lay


@pytest.mark.parametrize("after", [0, 6])
def test_one_interrupt_ends_everything(tmp_path: Path, after: float) -> None:
    lay(tmp_path)
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "tavolo", "serve", "--port", str(port), "--with-worker"],
            env=environment(tmp_path, TAVOLO_BASE_URL=f"http://localhost:{port}"),
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    wait_until_well(f"http://localhost:{port}")
    time.sleep(after)
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(30) == 0
    _gone, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    assert "Traceback" not in log.read_text()
