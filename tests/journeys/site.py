"""The product as it runs: a server in its own process, with the demonstration, on a free port of this machine."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFERENCE_DAY = "2026-11-22"
PATIENCE = 120


@dataclass(frozen=True)
class Site:
    url: str
    home: Path
    examples: list[dict[str, Any]]
    sign_ins: list[dict[str, str]]

    def addresses(self, *who: str, language: str = "it") -> list[str]:
        """The example addresses that these may open, once each."""
        key = "path" if language == "it" else "path_en"
        return sorted({example[key] for example in self.examples if example["who"] in who})

    def account(self, role: str, number: int = 0) -> dict[str, str]:
        return [account for account in self.sign_ins if account["role_key"] == role][number]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAVOLO_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"TAVOLO_HOME": str(home), "PYTHONWARNINGS": "default", **more}


def tavolo(home: Path, *arguments: str, **more: str) -> str:
    """Run one command of ours and give what it says; a refusal is an error here."""
    done = subprocess.run(
        [sys.executable, "-m", "tavolo", *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(home: Path, *options: str, **more: str) -> Iterator[str]:
    """`tavolo serve` until the block ends; gives its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    with (home / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tavolo", "serve", "--port", str(port), *options],
            env=environment(home, TAVOLO_BASE_URL=url, **more),
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_well(url)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_until_well(url: str, patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(f"{url}/salute", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


def demonstration_home(root: Path) -> Path:
    """A home with the demonstration, built once for all processes of a run."""
    home = root / "demonstration"
    done = root / "demonstration.done"
    with (root / "demonstration.lock").open("w") as lock:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            tavolo(home, "demo", "--on", REFERENCE_DAY)
            done.touch()
    return home


def told(home: Path) -> dict[str, Any]:
    """What the demonstration names: examples of addresses and sign-ins."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.telling"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
