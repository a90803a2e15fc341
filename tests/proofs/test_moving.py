"""Must-show 5: every network of the demonstration moves to the other database and back, and shows the same."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tavolo.config.moving.manifest import Manifest, manifest_of
from tests.journeys.site import REFERENCE_DAY, environment
from tests.journeys.site import told as told_by
from tests.proofs.installations import Installation, installation
from tests.share import share_of

pytestmark = pytest.mark.prove

NETWORKS = ("milano", "cesano-boscone", "bologna", "lucca")
PAGES = share_of(240)
# Of exports and of imports as many; emptying PostgreSQL each time takes longer.
KILLS = share_of(200)
SHARES = {"sqlite": 0.05, "postgresql": 0.05}
# Accounts of the demonstration without any part in a network stay behind.
STRANGERS = "ospite@"


def run(where: Installation, module: str, *words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.proofs.{module}", *map(str, words)],
        env=environment(where.home, **where.urls),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[list[Installation]]:
    """The demonstration, an empty one on the other database, and one on the first again."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(installation(tmp_path / f"machine-{number}", database))
            for number, database in enumerate(["sqlite", "postgresql", "sqlite"])
        ]


def moved(here: Installation, there: Installation, folder: Path) -> dict[str, Manifest]:
    """All networks from one installation to the other; what each folder says of itself."""
    told = {}
    folder.mkdir()
    for slug in NETWORKS:
        here.run("network", "export", slug, str(folder / slug), "--with-accounts")
        told[slug] = manifest_of((folder / slug / "manifest.json").read_bytes())
        there.run("network", "import", str(folder / slug))
    there.run("check")
    return told


def named_by(where: Installation) -> dict[str, list[str]]:
    """Whatever has an address, for those who may open it: the public, a member and a secretary."""
    demonstration = told_by(where.home)
    named = {"anyone": ["anyone"], "member": ["member", "insider"], "secretary": ["secretary"]}
    return {
        first_of(demonstration, role): sorted(
            {example["path"] for example in demonstration["examples"] if example["who"] in who}
        )
        for role, who in named.items()
    }


def first_of(demonstration: dict[str, Any], role: str) -> str:
    accounts = [who["email"] for who in demonstration["sign_ins"] if who["role_key"] == role]
    return accounts[0] if accounts else role


def pages_of(where: Installation, file: Path, named: Path) -> dict[str, dict[str, Any]]:
    run(where, "visiting", file, PAGES, named)
    told = json.loads(file.read_text(encoding="utf-8"))
    return {who: pages for who, pages in told.items() if not who.startswith(STRANGERS)}


def differing(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> list[str]:
    """Whose page is missing on one side, or says something else."""
    assert one.keys() == other.keys()
    return [
        f"{who} {address}"
        for who in one
        for address in sorted(one[who].keys() | other[who].keys())
        if one[who].get(address) != other[who].get(address)
    ]


def test_every_network_of_the_demonstration_goes_round(
    machines: list[Installation], tmp_path: Path, figure: Callable[..., None]
) -> None:
    first, second, third = machines
    first.run("demo", "--on", REFERENCE_DAY)
    run(first, "posting")
    named = tmp_path / "named.json"
    named.write_text(json.dumps(named_by(first)), encoding="utf-8")
    there = moved(first, second, tmp_path / "there")
    back = moved(second, third, tmp_path / "back")
    seen = [
        pages_of(machine, tmp_path / f"pages-{number}.json", named)
        for number, machine in enumerate(machines)
    ]
    figure(
        "networks moved",
        networks=len(there),
        rows=sum(manifest.rows for manifest in there.values()),
        files=sum(len(manifest.files) for manifest in there.values()),
        people=len(seen[0]),
        pages=sum(map(len, seen[0].values())),
        named=sum(map(len, json.loads(named.read_text(encoding="utf-8")).values())),
        differing=len(differing(seen[0], seen[1])) + len(differing(seen[0], seen[2])),
    )
    assert differing(seen[0], seen[1]) == []
    assert differing(seen[0], seen[2]) == []
    assert {page["status"] for pages in seen[0].values() for page in pages.values()} <= {200, 302}
    for slug in NETWORKS:
        assert (there[slug].chain, there[slug].files, there[slug].rows) == (
            back[slug].chain,
            back[slug].files,
            back[slug].rows,
        )
        journal = [name for name in there[slug].members if "journal." in name]
        assert len(journal) == 3
        assert [there[slug].members[name] for name in journal] == [
            back[slug].members[name] for name in journal
        ]


@pytest.mark.parametrize("database", SHARES)
def test_a_move_that_is_killed_happened_or_it_did_not(
    database: str, tmp_path: Path, figure: Callable[..., None]
) -> None:
    kills = round(KILLS * SHARES[database])
    with installation(tmp_path / "home", database) as here:
        here.run("migrate")
        (tmp_path / "written").mkdir()
        told = json.loads(run(here, "moving", tmp_path / "written", kills).splitlines()[-1])
    figure("moves killed", database=database, **told)
    assert told["export: killed"] == told["import: killed"] == kills
