from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from tavolo.config.backup import Manifest, backup
from tavolo.config.databases import as_owner
from tavolo.journal.guards import guards_down
from tavolo.kernel.models import Network
from tests.config.acts import act, prepare

ACTS = 7


@dataclass
class Machine:
    """The databases of the test with a home, which can be lost and begun again."""

    root: Path
    settings: Any
    number: int = 0

    @property
    def home(self) -> Path:
        return Path(self.settings.TAVOLO_HOME)

    def begin(self) -> None:
        """An empty home and empty databases, as on another machine."""
        self.number += 1
        self.settings.TAVOLO_HOME = self.root / f"home-{self.number}"
        self.home.mkdir()
        self.key("secret_key", f"made at start {self.number}")
        self.lose_databases()

    def lose_databases(self) -> None:
        with as_owner(), guards_down():
            for alias in connections:
                call_command("flush", database=alias, interactive=False, verbosity=0)

    def key(self, name: str, content: str) -> None:
        path = self.home / "keys" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(0o600)

    def keys(self) -> dict[str, str]:
        folder = self.home / "keys"
        return {
            str(path.relative_to(folder)): path.read_text()
            for path in folder.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def machine(tmp_path: Path, settings: Any, transactional_db: None) -> Machine:
    made = Machine(tmp_path, settings)
    made.begin()
    prepare("milano", "lucca")
    milano, lucca = Network.objects.order_by("id")
    for number, network in enumerate([milano, lucca, None, milano, lucca, None, milano]):
        act(network, f"act-{number}")
    made.key("vault/milano.age", "a key of the vault")
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tavolo.tar.gz"


@pytest.fixture
def archive(machine: Machine, file: Path) -> tuple[Path, Manifest]:
    """A backup, and an empty machine to restore it on."""
    manifest = backup(file)
    machine.begin()
    return file, manifest
