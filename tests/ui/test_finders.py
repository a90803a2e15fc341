"""What is served: our files, the kit's that pages use, and nothing else."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

from tavolo.ui.finders import FILES, KIT, BootstrapItaliaFinder, RoomFinder

OURS = Path(__file__).parents[2] / "src" / "tavolo" / "ui" / "static" / "ui"


def listed() -> dict[str, str]:
    """Every address under /static/ and whose it is."""
    return {
        "/".join(filter(None, (getattr(storage, "prefix", ""), name))): type(finder).__name__
        for finder in get_finders()
        for name, storage in finder.list([])
    }


def test_only_our_rooms_and_the_used_files_of_the_kit_are_listed() -> None:
    kit = {name for name, finder in listed().items() if finder == "BootstrapItaliaFinder"}
    assert kit == {f"bootstrap-italia/{name}" for name in FILES}
    assert all((KIT / name).is_file() for name in FILES)
    others = set(listed()) - kit
    assert {"ui/tavolo.css", "ui/components.css", "ui/work.css", "ui/icon.svg"} <= others
    assert not any(name.startswith(("admin/", "account/", "mfa/")) for name in others)


@pytest.mark.parametrize(
    "path",
    [
        "js/bootstrap-italia.bundle.min.js",
        "bootstrap-italia/js/bootstrap-italia.bundle.min.js",
        "css/bootstrap-italia.min.css",
        "bootstrap-italia/../__init__.py",
        "bootstrap-italia/",
        "bootstrap-italia/fonts/Lora/lora-v20-latin-ext_latin-700.woff2",
    ],
)
def test_other_files_of_the_kit_are_not_found(path: str) -> None:
    finder = BootstrapItaliaFinder()
    assert finder.find(path) is None
    assert finder.find(path, find_all=True) == []


def test_a_file_of_the_kit_is_found_by_its_address() -> None:
    path = "bootstrap-italia/svg/sprites.svg"
    assert finders.find(path) == str(KIT / "svg/sprites.svg")
    assert finders.find(path, find_all=True) == [str(KIT / "svg/sprites.svg")]


def test_rooms_have_files_of_their_own_alone() -> None:
    assert all(name.startswith("tavolo.") for name in RoomFinder().storages)
    assert finders.find("ui/tavolo.css") == str(OURS / "tavolo.css")


def test_everything_is_collected_under_hashed_names(tmp_path: Path, settings) -> None:
    """Each address in a stylesheet must be among the files, or collecting fails."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": f"{ManifestStaticFilesStorage.__module__}.ManifestStaticFilesStorage"
        },
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    kit = next(tmp_path.glob("bootstrap-italia/css/bootstrap-italia.min.*.css")).read_text("utf-8")
    assert "sourceMappingURL" not in kit
    assert "font-woff" not in kit
    assert len(kit) > 500_000
    ours = next(tmp_path.glob("ui/tavolo.*.css")).read_text("utf-8")
    assert re.search(r"titillium-web-v10-latin-ext_latin-600\.\w+\.woff2", ours)


@pytest.mark.parametrize("sheet", sorted(path.name for path in OURS.glob("*.css")))
def test_our_stylesheets_ask_nobody_else(sheet: str) -> None:
    css = (OURS / sheet).read_text("utf-8")
    assert re.findall(r"@import|url\((?![\"']?\.\./bootstrap-italia/)", css) == []


def test_the_kit_finds_nothing_wrong_with_itself() -> None:
    assert BootstrapItaliaFinder().check() == []
