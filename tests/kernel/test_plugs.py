import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import tavolo
from tavolo.kernel import plugs
from tavolo.kernel.plugs import DemoContext, Example, Registry, load_rooms


@dataclass(frozen=True)
class Plug:
    key: str
    words: str = ""


def test_plugs_are_kept_in_the_order_in_which_they_were_found():
    registry: Registry[Plug] = Registry("thing")
    found = [registry.add(Plug(key)) for key in ("b", "a", "c")]
    assert registry.all() == list(registry) == found
    assert registry.get("a") is found[1]
    with pytest.raises(KeyError):
        registry.get("d")


def test_a_key_is_taken_once():
    registry: Registry[Plug] = Registry("thing")
    plug = registry.add(Plug("a", "one"))
    assert registry.add(plug) is plug
    with pytest.raises(ImproperlyConfigured, match="Two plugs of kind thing are called 'a'"):
        registry.add(Plug("a", "other"))
    assert registry.all() == [plug]


def test_whoever_walks_a_registry_may_add_to_it():
    registry: Registry[Plug] = Registry("thing")
    registry.add(Plug("a"))
    for plug in registry:
        registry.add(Plug(plug.key + "a")) if len(plug.key) < 2 else None
    assert [plug.key for plug in registry] == ["a", "aa"]


SEEN: list[str] = []
TELLS = "from tests.kernel import test_plugs\ntest_plugs.SEEN.append(__name__)\n"


@pytest.fixture
def planted(tmp_path, monkeypatch) -> Iterator[Path]:
    """A room in a temporary folder, beside the rooms that there are."""
    room = tmp_path / "orchard"
    room.mkdir()
    (room / "__init__.py").touch()
    monkeypatch.setattr(tavolo, "__path__", [*tavolo.__path__, str(tmp_path)])
    invalidate_caches()
    SEEN.clear()
    yield room
    for name in [name for name in sys.modules if name.startswith("tavolo.orchard")]:
        del sys.modules[name]


def plant(path: Path, text: str = TELLS) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_every_file_of_a_plug_folder_is_found(planted):
    for name in ("__init__", "pear", "apple"):
        plant(planted / "kinds" / f"{name}.py")
    plant(planted / "kinds" / "notes.txt", "no module")
    load_rooms(["orchard"])
    assert SEEN == [
        "tavolo.orchard.kinds",
        "tavolo.orchard.kinds.apple",
        "tavolo.orchard.kinds.pear",
    ]


def test_files_and_folders_of_every_name_in_the_list_are_found(planted):
    for name in plugs.PLUG_FILES:
        plant(planted / f"{name}.py")
    for name in plugs.PLUG_FOLDERS:
        plant(planted / name / "__init__.py")
        plant(planted / name / "one.py")
    plant(planted / "other.py")
    load_rooms(["orchard"])
    files = [f"tavolo.orchard.{name}" for name in plugs.PLUG_FILES]
    folders = [
        f"tavolo.orchard.{name}{part}" for name in plugs.PLUG_FOLDERS for part in ("", ".one")
    ]
    assert files + folders == SEEN
    load_rooms(["orchard"])
    assert files + folders == SEEN, "a second time finds nothing new"


def test_a_room_without_plugs_is_a_room_all_the_same(planted):
    load_rooms(["orchard"])
    assert SEEN == []


def test_a_plug_that_cannot_be_imported_is_not_passed_over(planted):
    plant(planted / "kinds" / "__init__.py", "")
    plant(planted / "kinds" / "broken.py", "import no_such_module_anywhere")
    with pytest.raises(ModuleNotFoundError, match="no_such_module_anywhere"):
        load_rooms(["orchard"])


def test_two_files_that_take_one_key_are_refused(planted):
    plant(
        planted / "shed.py", "from tavolo.kernel.plugs import Registry\nTOOLS = Registry('tool')\n"
    )
    text = (
        "from types import SimpleNamespace\n"
        "from tavolo.orchard.shed import TOOLS\n"
        "TOOLS.add(SimpleNamespace(key='rake'))\n"
    )
    plant(planted / "kinds" / "__init__.py", "")
    plant(planted / "kinds" / "a.py", text)
    plant(planted / "kinds" / "b.py", text)
    with pytest.raises(ImproperlyConfigured, match="rake"):
        load_rooms(["orchard"])
    assert len(import_module("tavolo.orchard.shed").TOOLS.all()) == 1


def test_an_example_is_open_to_anyone_unless_it_says_who():
    assert Example("portal:home") == Example("portal:home", {}, "", "anyone")


def test_a_demonstration_speaks_to_nobody_unless_told():
    context = DemoContext(seed=1, reference_day=date(2026, 1, 1))
    context.say("…")
    assert context.seed == 1
