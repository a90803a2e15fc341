"""What proof 1 asks of the database, for a small count and for the whole."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from django.db import connection

from tavolo.territory import queries
from tavolo.territory.actions import import_history, import_national_extract
from tavolo.territory.history import COLUMNS, read_history
from tavolo.territory.models import AreaMembership, MunicipalityVersion
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import State
from tavolo.territory.tables import read_sheet
from tests.territory.direct import FILE, Reading

T = TypeVar("T")

FIRST, LAST = date(1948, 1, 1), date(2026, 11, 22)
HOMES = ("province", "metropolitan_city", "region")


def enter(shared: Path) -> Reading:
    """The national extract and the whole history; returns the direct reading of the file."""
    import_national_extract()
    sheet = read_sheet(shared / FILE, {key: (name,) for key, name in COLUMNS.items()})
    import_history(history=read_history(sheet.rows()))
    return Reading(shared)


def random_days(random: Random, count: int) -> list[date]:
    """Days since 1948, as the issue asks."""
    span = (LAST - FIRST).days
    return [FIRST + timedelta(days=random.randrange(span)) for _number in range(count)]


def some(random: Random, things: Sequence[T], count: int) -> list[T]:
    return random.sample(list(things), min(count, len(things)))


def names_on(day: date) -> dict[str, str]:
    """The name in the source of whoever bears a code on that day."""
    rows = MunicipalityVersion.objects.on(day).values_list("istat_code", "verbatim")
    found = list(rows)
    assert len(dict(found)) == len(found), f"a code is borne twice on {day}"
    return dict(found)


def homes_on(day: date) -> dict[str, set[tuple[str, str]]]:
    """By code of that day, where its bearer is at home."""
    codes = dict(MunicipalityVersion.objects.on(day).values_list("municipality_id", "istat_code"))
    homes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = AreaMembership.objects.on(day).filter(area__kind__in=HOMES)
    for town, kind, area in rows.values_list("municipality_id", "area__kind", "area__code"):
        homes[codes[town]].add((kind, area))
    return dict(homes)


def check_code(reading: Reading, code: str, day: date) -> None:
    """The query that pages and API ask says what the file says, and is right where it says no."""
    found, when = queries.municipality_on(code, day), day.toordinal()
    lines = [line for line in reading.lines if line.code == code]
    holds = [line for line in lines if line.begins <= when < line.ends]
    told = (code, day, found.state)
    if holds:
        assert found.state == State.VALID, told
        assert (found.version.istat_code, found.version.verbatim) == (code, holds[0].name), told
        return
    assert found.state != State.VALID, told
    if all(line.begins > when for line in lines):
        assert found.state in {State.NOT_YET, State.OTHER_CODE, State.BETWEEN}, told
    if found.state == State.OTHER_CODE:
        assert names_of(found.version.istat_code, reading, when) == [found.version.verbatim], told
    if found.state == State.NO_MORE:
        ends = found.version.valid_until
        assert ends is not None, told
        assert ends <= day, told


def names_of(code: str, reading: Reading, when: int) -> list[str]:
    return [
        line.name for line in reading.lines if line.code == code and line.begins <= when < line.ends
    ]


def twice_at_home() -> list[tuple[object, ...]]:
    """Pairs of memberships of one municipality in one partitioning kind that share a day; by SQL."""
    kinds = [kind.key for kind in area_kinds if kind.partitions]
    marks = ", ".join(["%s"] * len(kinds))
    sql = f"""
        SELECT a.municipality_id, one.kind, a.id, b.id
        FROM territory_areamembership a
        JOIN territory_area one ON one.id = a.area_id
        JOIN territory_areamembership b ON b.municipality_id = a.municipality_id AND b.id > a.id
        JOIN territory_area other ON other.id = b.area_id AND other.kind = one.kind
        WHERE one.kind IN ({marks}) AND a.unit_id IS NULL AND b.unit_id IS NULL
          AND (a.valid_from IS NULL OR b.valid_until IS NULL OR a.valid_from < b.valid_until)
          AND (b.valid_from IS NULL OR a.valid_until IS NULL OR b.valid_from < a.valid_until)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, kinds)
        return list(cursor.fetchall())


def crowded_on(day: date) -> list[tuple[object, ...]]:
    """The same day by day: municipalities that are in more than one province, city or region."""
    held: dict[tuple[int, str], int] = defaultdict(int)
    rows = AreaMembership.objects.on(day).filter(area__kind__in=HOMES, unit=None)
    for town, kind in rows.values_list("municipality_id", "area__kind"):
        held[town, "region" if kind == "region" else "province"] += 1
    return [key for key, count in held.items() if count > 1]
