"""Files of history made by hand: codes are of Lucca (046) and of what its municipalities came from."""

import csv
from datetime import date
from pathlib import Path

from tavolo.territory.history import COLUMNS, History, read_history
from tavolo.territory.lives import Spell
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    Succession,
)
from tavolo.territory.tables import read_sheet

HEADINGS = (*COLUMNS.values(), "ID_COMUNE")
FOREVER = "31-12-9999"
TABLES = (Area, Municipality, MunicipalityVersion, AreaMembership, Succession, Population)

# region, province, letters, code, name, other name, begins, ends
Row = tuple[str, str, str, str, str, str, str, str]


def row(code: str, name: str, begins: str, ends: str = FOREVER, *, region: str = "09") -> Row:
    """A row of the file: the province is that of the code, the letters are LU or MS."""
    short = {"046": "LU", "045": "MS"}.get(code[:3], "XX")
    return region, code[:3], short, code, name, "", begins, ends


def write(path: Path, *rows: Row) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADINGS)
        writer.writerows((*cells, f"{cells[3]}-({cells[6]})") for cells in rows)
    return path


def history(path: Path, *rows: Row) -> History:
    return read_history(
        read_sheet(write(path, *rows), {k: (v,) for k, v in COLUMNS.items()}).rows()
    )


def spell(code: str, name: str, begins: int, ends: int | None = None) -> Spell:
    """A spell from 1 January to 1 January."""
    return Spell(
        code=code,
        begins=date(begins, 1, 1),
        name=name,
        province=code[:3],
        ends=date(ends, 1, 1) if ends else None,
    )


def everything() -> list[list[tuple]]:
    """Every row of the territory with its keys and uids."""
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]
