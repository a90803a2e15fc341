"""The command as a shell sees it: exit codes, sentences on stderr, JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.site import environment


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration by its mark alone: what it holds is the matter of other tests."""
    folder = tmp_path_factory.mktemp("cli")
    run(folder, "migrate")
    mark = "from tavolo.kernel.network import installation as i; r = i(); r.demonstration = True; r.save()"
    subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {mark}"],
        env=environment(folder, DJANGO_SETTINGS_MODULE="tavolo.config.settings"),
        check=True,
    )
    return folder


def run(home: Path, *words: str, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tavolo", *words],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_help_names_every_command(home: Path) -> None:
    code, said, _fault = run(home, "--help")
    commands = (
        "network",
        "account",
        "person",
        "request",
        "demo",
        "serve",
        "work",
        "migrate",
        "check",
        "import",
        "undo",
        "export",
        "backup",
        "restore",
    )
    assert code == 0
    assert [name for name in commands if f"\n    {name} " not in said] == []


@pytest.mark.parametrize("words", [(), ("nulla",), ("serve", "--port", "x"), ("restore",)])
def test_wrong_usage_is_two(home: Path, words: tuple[str, ...]) -> None:
    code, said, fault = run(home, *words)
    assert (code, said) == (2, "")
    assert "usage" in fault


def test_a_refusal_is_one_sentence_and_one(home: Path) -> None:
    code, said, fault = run(
        home, "network", "create", "valle", "--name", "Valle", "--secretary", "a@valle.example"
    )
    assert (code, said) == (1, "")
    assert fault.startswith("Questa è una dimostrazione")
    assert "Traceback" not in fault


def test_an_unreadable_environment_is_a_sentence(home: Path) -> None:
    code, said, fault = run(home, "check", TAVOLO_DATABASE_URL="mysql://u:secret@h/n")
    assert (code, said) == (1, "")
    assert "Traceback" not in fault
    assert "secret" not in fault


def test_check_answers_a_program(home: Path) -> None:
    code, said, _fault = run(home, "check", "--json")
    assert code == 0
    assert {finding["level"] for finding in json.loads(said)} == {"advice"}


def test_a_database_that_lacks_changes_is_told(tmp_path: Path) -> None:
    code, said, _fault = run(tmp_path, "check")
    assert code == 1
    assert "tavolo migrate" in said
    code, said, fault = run(tmp_path, "serve")
    assert (code, said) == (1, "")
    assert "tavolo migrate" in fault
