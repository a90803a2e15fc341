"""The papers for the adopting body say what the product holds: no more, and nothing less."""

import re
from pathlib import Path

import pytest

from tavolo.documents.terms import retention_classes
from tavolo.people.plugs import personal_data

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENTE = DOCS / "ente"
PAPERS = sorted(path.name for path in ENTE.glob("*.md"))


def keys_in(name: str) -> set[str]:
    """What stands in backticks in the first column of the tables of a paper."""
    text = (ENTE / name).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([\w.]+)` \|", text, re.MULTILINE))


def test_the_register_of_processing_names_whatever_is_held_about_persons() -> None:
    assert keys_in("registro-dei-trattamenti.md") == {plug.key for plug in personal_data}


def test_the_retention_table_names_every_class() -> None:
    assert keys_in("conservazione.md") == {each.key for each in retention_classes}


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_listed_and_says_what_is_left_to_the_body(name: str) -> None:
    text = (ENTE / name).read_text(encoding="utf-8")
    assert f"ente/{name}" in (DOCS / "README.md").read_text(encoding="utf-8")
    assert "[DA COMPILARE" in text
    assert re.findall(r"\[DA (?!COMPILARE|VERIFICARE)\w+", text) == []
