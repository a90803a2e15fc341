"""Italian is complete: every marked string has its words, with the same placeholders."""

import re
from pathlib import Path

import polib
import pytest

from scripts.messages import SOURCE, catalogue_of, missing_from

ROOMS = sorted(
    path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


@pytest.mark.parametrize("room", ROOMS)
def test_the_italian_catalogue_is_complete(room: str) -> None:
    assert missing_from(SOURCE / room) == []


def broken(catalogue: polib.POFile) -> list[str]:
    """Messages whose Italian asks for other placeholders than the English."""
    return [
        entry.msgid
        for entry in catalogue
        for words in [entry.msgstr, *entry.msgstr_plural.values()]
        if words and not placeholders(words) <= placeholders(entry.msgid + entry.msgid_plural)
    ]


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("room", ROOMS)
def test_placeholders_are_kept(room: str) -> None:
    path = catalogue_of(SOURCE / room)
    assert broken(polib.pofile(str(path)) if path.exists() else polib.POFile()) == []


def test_a_missing_word_and_a_lost_placeholder_are_found(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("scripts.messages.SOURCE", tmp_path)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "views.py").write_text('x = _("Hello %(name)s")', encoding="utf-8")
    assert missing_from(tmp_path / "room") == [("", "Hello %(name)s", "")]
    entry = polib.POEntry(msgid="Hello %(name)s", msgstr="Ciao %(nome)s")
    catalogue = polib.POFile()
    catalogue.append(entry)
    assert broken(catalogue) == ["Hello %(name)s"]


@pytest.mark.parametrize("room", ROOMS)
def test_italian_without_asterisks_or_schwa(room: str) -> None:
    path = catalogue_of(SOURCE / room)
    words = path.read_text(encoding="utf-8") if path.exists() else ""
    assert re.findall(r"\w[ə*](?=\W)", re.sub(r"[#\"].*?\\n", "", words)) == []


def test_one_message_has_one_italian_in_every_room() -> None:
    """Catalogues are merged when they are read: two answers to one message would be chance."""
    words: dict[tuple[str, str], set[str]] = {}
    for room in ROOMS:
        path = catalogue_of(SOURCE / room)
        for entry in polib.pofile(str(path)) if path.exists() else ():
            words.setdefault((entry.msgctxt or "", entry.msgid), set()).add(
                entry.msgstr or str(entry.msgstr_plural)
            )
    assert {key: said for key, said in words.items() if len(said) > 1} == {}
