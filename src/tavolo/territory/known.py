"""The changes that travel with the product as facts: `data/changes.json`, each with its source."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from tavolo.territory.errors import DamagedExtract
from tavolo.territory.extract import FOLDER
from tavolo.territory.lives import Life, Spell

FILE: Final = FOLDER / "changes.json"
FORMAT: Final = 1


@dataclass(frozen=True)
class KnownSuccession:
    """That these municipalities went into that one, each under the code of that day."""

    day: date
    kind: str
    predecessors: tuple[str, ...]
    successor: str
    act: str
    source: str


@dataclass(frozen=True)
class KnownCity:
    """The metropolitan city `code` in the place of the province `province`, from a day."""

    province: str
    code: str
    begins: date
    source: str


@dataclass(frozen=True)
class FormerProvince:
    """A province that the extract does not know, because it is no more; `region` may be ""."""

    code: str
    name: str
    title: str
    short: str
    region: str


@dataclass(frozen=True)
class KnownChanges:
    """What the file holds; `spellings` are names that a source spoils, by code, written well."""

    source: str
    lives: tuple[Life, ...]
    successions: tuple[KnownSuccession, ...]
    cities: tuple[KnownCity, ...]
    provinces: Mapping[str, FormerProvince]
    spellings: Mapping[str, str]

    @property
    def last_day(self) -> date:
        """The last day on which a municipality is known to have changed."""
        return max(change.day for change in self.successions)


@lru_cache(maxsize=1)
def known_changes(path: Path = FILE) -> KnownChanges:
    """Read the facts. Refuses with DamagedExtract what is not as it was written."""
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DamagedExtract from fault


def _read(document: Mapping[str, Any]) -> KnownChanges:
    if document["format"] != FORMAT:
        raise DamagedExtract
    source = document["source"]
    return KnownChanges(
        source=source,
        lives=tuple(Life(tuple(map(_spell, rows))) for rows in document["municipalities"]),
        successions=tuple(_succession(row, source) for row in document["successions"]),
        cities=tuple(
            KnownCity(row["province"], row["code"], _day(row["begins"]), row["source"])
            for row in document["metropolitan_cities"]
        ),
        provinces={row["code"]: FormerProvince(**row) for row in document["former_provinces"]},
        spellings=document["spellings"],
    )


def _spell(row: tuple[str, str, str, str, str, str, str | None]) -> Spell:
    region, province, short, code, name, begins, ends = row
    return Spell(
        code=code,
        name=name,
        province=province,
        region=region,
        short=short,
        begins=_day(begins),
        ends=_day(ends) if ends else None,
    )


def _succession(row: Mapping[str, Any], source: str) -> KnownSuccession:
    return KnownSuccession(
        day=_day(row["day"]),
        kind=row["kind"],
        predecessors=tuple(row["from"]),
        successor=row["into"],
        act=row["act"],
        source=source,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
