"""A backup while eight processes write, to the other database and back, each on an empty machine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest

from tavolo.config.archive.manifest import Manifest, manifest_of
from tests.config import archives
from tests.config.acts import whole
from tests.journeys.site import environment
from tests.proofs.installations import Installation, installation

WRITERS = 8
ACTS_BEFORE = int(os.environ.get("TAVOLO_PROOF_ACTS", "80"))
FIRST = os.environ.get("TAVOLO_TEST_DB", "sqlite")
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}[FIRST]

# `make prove` begins with machines that have no tables either, on both databases.
PROVING = "TAVOLO_PROOF_ACTS" in os.environ
pytestmark = [] if PROVING else pytest.mark.once

Process = subprocess.Popen[str]


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[list[Installation]]:
    """One that works, an empty one on the other database, and one on the first again."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(machine(tmp_path / f"machine-{number}", database))
            for number, database in enumerate([FIRST, OTHER, FIRST])
        ]


def machine(home: Path, database: str) -> AbstractContextManager[Installation]:
    return installation(home, database, with_tables=not PROVING)


def begin(where: Installation, *words: object) -> Process:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.config.run", *map(str, words)],
        env=environment(where.home, **where.urls),
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: Process) -> str:
    said, fault = process.communicate()
    assert process.returncode == 0, fault
    return said


def state_of(where: Installation) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(end(begin(where, "tell")))
    return told


def manifest_in(file: Path) -> Manifest:
    return manifest_of(archives.members_of(file)["manifest.json"])


def rows_of(manifest: Manifest, table: str) -> int:
    return manifest.digests[f"tables/default/{table}.ndjson"][0]


def test_a_backup_among_eight_writers_goes_round(
    machines: list[Installation], tmp_path: Path
) -> None:
    working, other, again = machines
    files = [tmp_path / f"{number}.tar.gz" for number in range(3)]
    working.run("migrate")
    end(begin(working, "prepare", "milano", "lucca"))
    stop = tmp_path / "stop"
    writers = [begin(working, "write", f"writer-{number}", stop) for number in range(WRITERS)]
    end(begin(working, "wait_for", ACTS_BEFORE))
    working.run("backup", str(files[0]))
    acts = rows_of(manifest_in(files[0]), "people_person")
    # They went on: the backup held nobody up.
    end(begin(working, "wait_for", acts + WRITERS))
    stop.touch()
    for writer in writers:
        end(writer)
    later = state_of(working)
    assert later == whole(later["acts"])

    other.run("restore", str(files[0]))
    assert state_of(other) == whole(acts)
    other.run("backup", str(files[1]))
    again.run("restore", str(files[1]))
    assert state_of(again) == whole(acts)
    again.run("backup", str(files[2]))

    first, second, third = (manifest_in(file) for file in files)
    assert acts >= ACTS_BEFORE
    assert rows_of(first, "people_person") == rows_of(first, "journal_entryvalue") == acts
    assert second.digests == third.digests
    assert second.heads == third.heads
    # Entries of the last moments were sealed after the first restore; nothing else may differ.
    changed = {name for name in first.digests if first.digests[name] != second.digests[name]}
    assert changed <= {"tables/default/journal_seal.ndjson"}
    assert [machine.vendors["default"] for machine in (first, second, third)] == [
        FIRST,
        OTHER,
        FIRST,
    ]


def test_an_installation_at_rest_goes_round_without_any_difference(
    machines: list[Installation], tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.tar.gz" for number in range(3)]
    machines[0].run("migrate")
    end(begin(machines[0], "prepare", "milano"))
    end(begin(machines[0], "write", "alone", tmp_path / "stop", 12))
    machines[0].run("backup", str(files[0]))
    for number in (1, 2):
        machines[number].run("restore", str(files[number - 1]))
        machines[number].run("backup", str(files[number]))
    first, second, third = (manifest_in(file) for file in files)
    assert first.digests == second.digests == third.digests
    assert first.heads == second.heads == third.heads
    assert first.migrations == second.migrations == third.migrations
    assert state_of(machines[2]) == whole(12)
