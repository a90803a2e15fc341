"""The first and the second `make run` in a fresh clone with an empty home."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.figure import figure
from tests.journeys.site import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 600
# Under this many CPU seconds for the first start, the second has to answer within five.
QUICK_FIRST = 60


@dataclass(frozen=True)
class Start:
    wall: float
    cpu: float


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tavolo-bench-") as folder:
        clone, home = Path(folder) / "tavolo", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        before = received()
        first = start(clone, home)
        yield figure("install.downloaded", (received() - before) / 1e6, "MB")
        yield figure("install.packages", packages(clone), "packages")
        yield figure("install.environment", size(clone / ".venv") / 1e6, "MB")
        yield figure("start.first", first.cpu, "CPU s", wall=round(first.wall, 1))
        second = start(clone, home)
        yield figure(
            "start.second",
            second.wall,
            "s",
            cpu=round(second.cpu, 1),
            within_budget=second.wall <= 5 if first.cpu < QUICK_FIRST else None,
        )


def start(clone: Path, home: Path) -> Start:
    """Run `make run` until it answers, then stop it as Ctrl-C would."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "SSL_CERT_FILE") if name in os.environ
    }
    port = free_port()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=clone,
        env=kept | {"HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    began = time.monotonic()
    try:
        while not answers(port):
            if time.monotonic() - began > PATIENCE or process.poll() is not None:
                raise RuntimeError("make run did not come to answer")
            time.sleep(0.05)
        return Start(time.monotonic() - began, cpu_of(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/salute", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def cpu_of(pid: int) -> float:
    """CPU seconds of a process with all its descendants, those that have ended included."""
    tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(sum(member.cpu_times()[:4]) for member in tree)


def received() -> int:
    """Bytes that came to this machine from outside."""
    return sum(
        counters.bytes_recv
        for name, counters in psutil.net_io_counters(pernic=True).items()
        if name != "lo"
    )


def packages(clone: Path) -> int:
    return len(list((clone / ".venv").rglob("*.dist-info")))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if shutil.which("make") is None:
    raise RuntimeError("make is needed")
