"""Counts of residents as ISTAT's files give them: by year of age, or women and men at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_noop

from tavolo.territory.plugs import Remark
from tavolo.territory.tables import Names

WANTED: Final[Names] = {
    "code": (
        "Codice comune",
        "Codice ISTAT",
        "Codice Istat del Comune",
        "Codice Comune formato alfanumerico",
        "PRO_COM_T",
        "istat_code",
        "ITTER107",
    ),
    "women": ("Totale femmine", "Femmine", "Donne", "Popolazione femmine", "women", "pop_f"),
    "men": ("Totale maschi", "Maschi", "Uomini", "Popolazione maschi", "men", "pop_m"),
}
OPTIONAL: Final[Names] = {
    "age": ("Età", "Eta", "age"),
    "year": ("Anno", "TIME", "year"),
}
# How ISTAT marks the line of all ages together.
ALL_AGES: Final = ("999", "totale", "total")
TOGETHER: Final = -1
OLDEST: Final = 130
MANY: Final = 2_147_483_647  # what the column holds
YEARS: Final = range(1861, 2200)
_TITLE_YEAR: Final = re.compile(r"1\s*°?\s*gennaio\s+(\d{4})", re.IGNORECASE)
_CODE: Final = re.compile(r"\d{6}")
_NUMBER: Final = re.compile(r"\d{1,3}([. ]\d{3})+|\d+")

NOT_READ = gettext_noop("Rows left out: a code, an age, a year or a number could not be read.")
TWICE = gettext_noop("Rows left out: the municipality has this age in this year twice.")
NOT_THE_SUM = gettext_noop(
    "Municipalities left out: their ages do not add up to the total of the file."
)
GAPS = gettext_noop("Municipalities left out: not every year of age is there.")


@dataclass(frozen=True)
class Count:
    """Who lived under a code on 1 January of `year`; `bands` is empty where no ages were told."""

    code: str
    year: int
    women: int
    men: int
    bands: Mapping[str, Any]
    row: int


@dataclass(frozen=True)
class Counts:
    """What a file counts, and what is to be said of it."""

    counts: tuple[Count, ...]
    rows: int
    remarks: tuple[Remark, ...]


@dataclass
class _Heap:
    """The rows of one code and year."""

    row: int
    ages: dict[int, tuple[int, int]] = field(default_factory=dict)
    total: tuple[int, int] | None = None


class _Pile:
    """Rows put together by code and year."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.heaps: dict[tuple[str, int], _Heap] = {}
        self.found: dict[str, list[int]] = defaultdict(list)
        self.rows = 0

    def take(self, number: int, row: Mapping[str, str]) -> None:
        self.rows += 1
        read = self._read(row)
        if read is None:
            self.found[NOT_READ].append(number)
            return
        key, age, people = read
        heap = self.heaps.setdefault(key, _Heap(number))
        if age in heap.ages or (age == TOGETHER and heap.total is not None):
            self.found[TWICE].append(number)
        elif age == TOGETHER:
            heap.total = people
        else:
            heap.ages[age] = people

    def _read(self, row: Mapping[str, str]) -> tuple[tuple[str, int], int, tuple[int, int]] | None:
        code, year = row["code"].zfill(6), _number(row.get("year", "")) or self.year
        women, men, age = _number(row["women"]), _number(row["men"]), _age(row.get("age", ""))
        if not row["code"] or not _CODE.fullmatch(code) or year is None or year not in YEARS:
            return None
        if women is None or men is None or age is None:
            return None
        return (code, year), age, (women, men)

    def counts(self) -> Iterator[Count]:
        for (code, year), heap in self.heaps.items():
            ages = sorted(heap.ages)
            women, men = (sum(heap.ages[age][sex] for age in ages) for sex in (0, 1))
            if ages != list(range(len(ages))):
                self.found[GAPS].append(heap.row)
            elif ages and heap.total not in {None, (women, men)}:
                self.found[NOT_THE_SUM].append(heap.row)
            else:
                women, men = (women, men) if ages else heap.total or (0, 0)
                yield Count(code, year, women, men, _bands(heap, ages), heap.row)


def read_counts(rows: Iterable[tuple[int, Mapping[str, str]]], *, year: int | None) -> Counts:
    """Put rows together by municipality and year; `year` is that of rows that do not say it."""
    pile = _Pile(year)
    for number, row in rows:
        pile.take(number, row)
    counts = tuple(pile.counts())
    remarks = (Remark(message, tuple(rows)) for message, rows in pile.found.items())
    return Counts(counts, pile.rows, tuple(remarks))


def year_of(title: str) -> int | None:
    """The year of "al 1° gennaio 2024", where a title says that."""
    found = _TITLE_YEAR.search(title)
    return int(found.group(1)) if found else None


def _bands(heap: _Heap, ages: list[int]) -> dict[str, Any]:
    if not ages:
        return {}
    return {
        "from": ages,
        "women": [heap.ages[age][0] for age in ages],
        "men": [heap.ages[age][1] for age in ages],
    }


def _number(text: str) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = int(re.sub(r"\D", "", text))
    return number if number <= MANY else None


def _age(text: str) -> int | None:
    """All ages together also where there is no column of ages."""
    word = text.lower()
    if not word or word in ALL_AGES:
        return TOGETHER
    number = _number(word.split(" ")[0])
    return number if number is not None and number <= OLDEST else None
