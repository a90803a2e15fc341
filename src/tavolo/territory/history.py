"""The history of codes and names as its file tells it: rows read, repetitions and empty ones folded."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_noop

from tavolo.territory.lives import Ending, Spell
from tavolo.territory.plugs import Remark

COLUMNS = {
    "region": "CODICE_REGIONE",
    "province": "CODICE_PROVINCIA",
    "short": "SIGLA_AUTOMOBILISTICA",
    "code": "CODICE_COMUNE",
    "name": "LABEL_COMUNE_IT",
    "other_name": "LABEL_COMUNE_DE",
    "begins": "DATA_INIZIO_VALIDITA",
    "ends": "DATA_FINE_VALIDITA",
}
FOREVER = 9999
NO_REGION = "00"
_DAY = re.compile(r"(\d{2})-(\d{2})-(\d{4})")
_CODE = re.compile(r"\d{6}")
_PROVINCE = re.compile(r"\d{3}")

REPEATED = gettext_noop("Rows that repeat another, word for word: folded into it.")
WITHOUT_LENGTH = gettext_noop(
    "Rows that end on the day on which they begin: they say that a code came to its end."
)
NOT_READ = gettext_noop("Rows left out: a code, a name or a day could not be read.")
OVERLAPPING = gettext_noop("Rows left out: on some of their days the code is another row’s.")
BACKWARDS = gettext_noop("Rows left out: they end before they begin.")

Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class History:
    """What the file tells: `spells` by code and day, `suppressed` codes with the day of their end.

    `horizon` is the last day on which the file has a change; of later ones it knows nothing.
    """

    spells: tuple[Spell, ...]
    suppressed: frozenset[Ending]
    horizon: date
    rows: int
    remarks: tuple[Remark, ...]


@dataclass
class _Sieve:
    """Rows by what was found about them, with their numbers in the file."""

    found: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: set[tuple[str, ...]] = field(default_factory=set)
    spells: dict[str, list[tuple[Spell, int]]] = field(default_factory=lambda: defaultdict(list))
    suppressed: set[Ending] = field(default_factory=set)
    rows: int = 0

    def take(self, number: int, row: Mapping[str, str]) -> None:
        self.rows += 1
        cells = tuple(row[key] for key in COLUMNS)
        repeats = cells in self.seen
        self.seen.add(cells)
        if repeats:
            self.found[REPEATED].append(number)
        spell = _spell(row)
        if spell is None:
            self.found[NOT_READ].append(number)
        elif spell.ends == spell.begins:
            self.found[WITHOUT_LENGTH].append(number)
            self.suppressed.add((spell.code, spell.begins))
        elif spell.ends is not None and spell.ends < spell.begins:
            self.found[BACKWARDS].append(number)
        elif not repeats:
            self.spells[spell.code].append((spell, number))

    def without_overlaps(self) -> Iterator[Spell]:
        for numbered in self.spells.values():
            free = date.min
            for spell, number in sorted(numbered):
                if spell.begins < free:
                    self.found[OVERLAPPING].append(number)
                    continue
                free = spell.ends or date.max
                yield spell


def read_history(rows: Iterable[Row]) -> History:
    """Read rows as `COLUMNS` names them, each with its number in the file; nothing goes unnamed."""
    sieve = _Sieve()
    for number, row in rows:
        sieve.take(number, row)
    spells = tuple(sieve.without_overlaps())
    days = {day for spell in spells for day in (spell.begins, spell.ends) if day is not None}
    return History(
        spells=spells,
        suppressed=frozenset(sieve.suppressed),
        horizon=max(days, default=date.min),
        rows=sieve.rows,
        remarks=tuple(
            Remark(message, tuple(numbers)) for message, numbers in sieve.found.items() if numbers
        ),
    )


def _spell(row: Mapping[str, str]) -> Spell | None:
    begins, ends = _day(row["begins"]), _day(row["ends"])
    whole = _CODE.fullmatch(row["code"]) and _PROVINCE.fullmatch(row["province"]) and row["name"]
    if not whole or begins is None or ends is None:
        return None
    return Spell(
        code=row["code"],
        name="/".join(filter(None, (row["name"], row["other_name"]))),
        province=row["province"],
        region="" if row["region"] == NO_REGION else row["region"],
        short=row["short"],
        begins=begins,
        ends=None if ends.year == FOREVER else ends,
    )


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
