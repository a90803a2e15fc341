"""`python -m tests.proofs.moving HOME KILLS`: exports and imports that are killed; prints its figures.

A warm process forks a child for each act and kills it at a random moment. A folder is there whole or not
at all, and so is a network; what was left behind is taken by nobody. HOME is a folder for what is written.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from tavolo.config.databases import as_owner  # noqa: E402
from tavolo.config.moving.errors import NoNetworkThere  # noqa: E402
from tavolo.config.moving.exporting import export_network  # noqa: E402
from tavolo.config.moving.folder import verified  # noqa: E402
from tavolo.config.moving.importing import import_network  # noqa: E402
from tavolo.journal.actions import seal  # noqa: E402
from tavolo.journal.guards import guards_down  # noqa: E402
from tavolo.journal.heads import forget_heads  # noqa: E402
from tavolo.journal.models import Entry  # noqa: E402
from tavolo.journal.queries import breaks, end_of  # noqa: E402
from tavolo.kernel.models import Network  # noqa: E402
from tavolo.people.models import Person  # noqa: E402
from tavolo.registry.models import Organisation  # noqa: E402
from tests.config.moving import a_country, a_living_network  # noqa: E402
from tests.factories.registry import many_participants  # noqa: E402

PATIENCE = 60.0
ORGANISATIONS = 400


class Proof:
    """Kills acts of one installation, and looks at what they left."""

    def __init__(self, home: Path) -> None:
        self.home, self.chance = home, random.Random(5)
        self.seen: Counter[str] = Counter()
        self.length: dict[str, float] = {}

    def export(self, number: int, after: float | None = None) -> None:
        folder = self.home / f"out-{number}"
        self._kill(
            "export", lambda: export_network(Network.objects.get(slug="milano"), folder), after
        )
        if folder.exists():
            assert verified(folder).rows > ORGANISATIONS
        for left in self.home.glob("*.part"):
            self._refused(left)
            shutil.rmtree(left)

    def _refused(self, left: Path) -> None:
        """Without its last file nobody takes it; with it, it is whole."""
        try:
            verified(left)
        except NoNetworkThere:
            self.seen["half a folder, refused"] += 1

    def take_in(self, folder: Path, after: float | None = None) -> None:
        empty()
        self._kill("import", lambda: import_network(folder), after)
        seal()
        manifest = verified(folder)
        whole = Network.objects.filter(slug="milano").first()
        assert breaks() == []
        if whole is None:
            left = [model.objects.count() for model in (Network, Person, Organisation)]
            assert left == [0, 0, 0]
            assert not Entry.objects.filter(action__startswith="registry").exists()
            self.seen["not there"] += 1
            return
        assert end_of(whole) == (manifest.chain.count, manifest.chain.hash)
        arrived = Organisation.objects.count()
        assert arrived == manifest.members["rows/registry.Organisation.ndjson"].lines
        self.seen["there whole"] += 1

    def _kill(self, name: str, act: Callable[[], Any], after: float | None) -> None:
        connections.close_all()
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                act()
                code = 0
            finally:
                os._exit(code)
        if after is None:
            time.sleep(self.chance.uniform(0, self.length[name] * 1.05))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        assert killed or os.WEXITSTATUS(status) == 0, f"{name} failed by itself"
        if after is not None:
            self.length[name] = time.monotonic() - began
        else:
            self.length[name] *= 1.03 if killed else 0.85
            self.seen[f"{name}: {'killed' if killed else 'was over'}"] += 1


def empty() -> None:
    """As on another machine: without anything but a small country."""
    with as_owner(), guards_down():
        call_command("flush", database="default", interactive=False, verbosity=0)
    forget_heads()
    a_country()


def main(home: Path, kills: int) -> None:
    proof = Proof(home)
    many_participants(a_living_network(), ORGANISATIONS)
    proof.export(0, after=PATIENCE)
    number = 0
    while proof.seen["export: killed"] < kills:
        number += 1
        proof.export(number)
    proof.take_in(home / "out-0", after=PATIENCE)
    while proof.seen["import: killed"] < kills:
        proof.take_in(home / "out-0")
    proof.take_in(home / "out-0", after=PATIENCE)
    sys.stdout.write(json.dumps(dict(sorted(proof.seen.items()))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
