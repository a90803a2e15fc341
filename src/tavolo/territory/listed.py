"""ISTAT's list of administrative changes, read: one row says what happened to one municipality.

The layout is that of "Variazioni amministrative e territoriali dal 1991" as others describe it; it
is unverified until a real file has been seen here, and so said wherever the list is imported.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop

from tavolo.territory.plugs import Remark
from tavolo.territory.tables import Names

WANTED: Final[Names] = {
    "kind": ("Tipo variazione", "Tipo di variazione", "Variazione"),
    "code": (
        "Codice Comune formato alfanumerico",
        "Codice Istat del Comune",
        "Codice del Comune",
        "Codice Comune",
    ),
    "name": ("Denominazione Comune", "Denominazione del Comune", "Comune"),
    "other_code": (
        "Codice del Comune associato alla variazione o nuovo codice Istat del Comune",
        "Codice Istat del Comune associato alla variazione o nuovo codice Istat del Comune",
        "Codice del Comune associato alla variazione",
        "Codice Comune associato alla variazione",
        "Nuovo codice",
    ),
    "other_name": (
        "Denominazione Comune associata alla variazione o nuova denominazione",
        "Denominazione Comune associato alla variazione",
        "Denominazione Comune associata alla variazione",
        "Nuova denominazione",
    ),
    "day": ("Data decorrenza validità amministrativa", "Data decorrenza", "Data evento"),
}
OPTIONAL: Final[Names] = {
    "region": ("Codice Regione",),
    "other_region": ("Codice Regione associato alla variazione",),
    "unit": ("Codice Unità territoriale sovracomunale", "Codice Provincia"),
    "other_unit": (
        "Codice Unità territoriale sovracomunale associato alla variazione",
        "Codice Provincia associato alla variazione",
    ),
    "act": ("Provvedimento e Documento", "Provvedimento"),
}


class Change(StrEnum):
    """What a row says, by ISTAT's letters; AQES says of the one that takes in what ES says of the other."""

    FOUNDED = "CS"
    SUPPRESSED = "ES"
    TOOK_IN = "AQES"
    RENAMED = "CD"
    MOVED = "AP"
    GAINED_GROUND = "AQ"
    CEDED_GROUND = "CE"
    CEDED_TO_FOUND = "CECS"


UNKNOWN_KIND = gettext_noop("Rows left out: their kind of change is not known.")
NOT_READ = gettext_noop("Rows left out: a code, a name or a day could not be read.")
NO_DAY = gettext_noop("Rows left out: they do not say from which day on the change holds.")
UNVERIFIED = gettext_noop(
    "The layout of ISTAT’s list has not been verified on a real file: look at what was entered."
)
_CODE: Final = re.compile(r"\d{5,6}")
_ITALIAN_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
LONGEST_ACT: Final = 300


@dataclass(frozen=True)
class Side:
    """A municipality as a row names it; `unit` and `region` are "" where the row does not say them."""

    code: str
    name: str
    unit: str
    region: str


@dataclass(frozen=True)
class Listed:
    """A row: on `day` this happened to `one`; `other` is who else is in it, or what `one` becomes."""

    row: int
    kind: Change
    day: date
    one: Side
    other: Side
    act: str


@dataclass(frozen=True)
class ListRead:
    """The rows by day as they are in the file, and what is to be said of others."""

    changes: tuple[Listed, ...]
    rows: int
    remarks: tuple[Remark, ...]


def read_list(rows: Iterable[tuple[int, Mapping[str, str]]]) -> ListRead:
    """Read the rows; those that cannot be entered are named with the reason, never completed."""
    changes: list[Listed] = []
    wrong: dict[str, list[int]] = defaultdict(list)
    count = 0
    for number, row in rows:
        count += 1
        read = _listed(number, row)
        if isinstance(read, str):
            wrong[read].append(number)
        else:
            changes.append(read)
    changes.sort(key=lambda change: (change.day, change.row))
    remarks = (Remark(message, tuple(numbers)) for message, numbers in wrong.items())
    return ListRead(tuple(changes), count, (Remark(UNVERIFIED), *remarks))


def _listed(number: int, row: Mapping[str, str]) -> Listed | str:
    """The change of a row, or why there is none."""
    if row["kind"].upper() not in set(Change):
        return UNKNOWN_KIND
    if not row["day"]:
        return NO_DAY
    one, other = _side(row, ""), _side(row, "other_")
    day = _day(row["day"])
    if one is None or other is None or day is None or not one.name:
        return NOT_READ
    act = row.get("act", "")
    return Listed(
        row=number,
        kind=Change(row["kind"].upper()),
        day=day,
        one=one,
        other=other,
        act=act if len(act) <= LONGEST_ACT else f"{act[: LONGEST_ACT - 1]}…",
    )


def _side(row: Mapping[str, str], prefix: str) -> Side | None:
    code = row[f"{prefix}code"]
    if not _CODE.fullmatch(code):
        return None
    unit, region = row.get(f"{prefix}unit", ""), row.get(f"{prefix}region", "")
    return Side(
        code=code.zfill(6),
        name=row[f"{prefix}name"],
        unit=unit.zfill(3) if unit else "",
        region=region.zfill(2) if region else "",
    )


def _day(text: str) -> date | None:
    found = _ITALIAN_DAY.match(text)
    try:
        if found is None:
            return date.fromisoformat(text[:10])
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    except ValueError:
        return None
