"""Regulations to begin from: data files, each rule with its value and where it comes from.

A preset may rest on another and say only what is different.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from tavolo.tables.regulation.plain import read
from tavolo.tables.regulation.rules import Regulation

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Preset:
    """`kinds`: of which kinds of body it is what is usual. `sources`: where each rule comes from, by path."""

    key: str
    order: int
    labels: Mapping[str, str]
    notes: Mapping[str, str]
    kinds: tuple[str, ...]
    regulation: Regulation
    sources: Mapping[str, str]

    @property
    def label(self) -> str:
        return _in_language(self.labels)

    @property
    def note(self) -> str:
        return _in_language(self.notes)


@lru_cache(maxsize=1)
def presets() -> Mapping[str, Preset]:
    """All of them by key, in their order."""
    found = [_preset(file.stem) for file in FOLDER.glob("*.json")]
    return {each.key: each for each in sorted(found, key=lambda each: each.order)}


def preset_for(kind: str) -> Preset:
    """What is usual for that kind of body; for one that none is written for, what is usual for a table."""
    fitting = (each for each in presets().values() if kind in each.kinds)
    return next(fitting, next(iter(presets().values())))


def _preset(key: str) -> Preset:
    told = _file(key)
    rules = _rules(key)
    sections: dict[str, dict[str, Any]] = {}
    for path, rule in rules.items():
        section, _dot, name = path.partition(".")
        sections.setdefault(section, {})[name] = rule["value"]
    return Preset(
        key,
        told["order"],
        told["label"],
        told["note"],
        tuple(told["kinds"]),
        read(sections),
        {path: rule["source"] for path, rule in rules.items()},
    )


def _rules(key: str) -> dict[str, Any]:
    """Its own, and those of the preset on which it rests."""
    told = _file(key)
    below = _rules(told["based_on"]) if told["based_on"] else {}
    return {**below, **told["rules"]}


def _file(key: str) -> dict[str, Any]:
    text = (FOLDER / f"{key}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _in_language(words: Mapping[str, str]) -> str:
    language = get_language() or "it"
    return words["en" if language.startswith("en") else "it"]
