"""What the previous version kept is read by this one, on both databases: every page opens, the journal holds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proofs.installations import installation
from tests.proofs.test_moving import run

pytestmark = pytest.mark.prove

# A backup that the previous version made of its demonstration: data/README.md says how.
KEPT = Path(__file__).parents[1] / "config" / "data" / "v0.4.tar.gz"
PAGES = 40


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_the_previous_version_kept_is_upgraded(
    database: str, tmp_path: Path, figure: Callable[..., None]
) -> None:
    with installation(tmp_path / "home", database) as here:
        here.run("restore", str(KEPT))
        assert here.run("migrate").strip().endswith("0.")
        here.run("check")
        run(here, "visiting", tmp_path / "pages.json", PAGES)
        seen = json.loads((tmp_path / "pages.json").read_text(encoding="utf-8"))
        pages = [page["status"] for pages in seen.values() for page in pages.values()]
        figure("upgrade from v0.4", database=database, people=len(seen), pages=len(pages))
        assert set(pages) == {200}
        assert len(seen) == 13
        for slug in ("milano", "cesano-boscone", "bologna", "lucca"):
            # What it kept can move, too.
            here.run("network", "export", slug, str(tmp_path / slug))
