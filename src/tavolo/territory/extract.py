"""The compact extract that travels with the product, read with the standard library alone."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from tavolo.territory.errors import DamagedExtract
from tavolo.territory.geometry import UNIT, Topology

FOLDER: Final = Path(__file__).resolve().parent / "data"
FORMAT: Final = 1

_COLUMNS = (
    "istat",
    "names",
    "cadastral",
    "province",
    "longitude",
    "latitude",
    "km2",
    "women",
    "men",
)


_FIELDS = (
    "istat_code",
    "name",
    "cadastral_code",
    "province_code",
    "longitude",
    "latitude",
    "km2",
    "women",
    "men",
)


@dataclass(frozen=True)
class Place:
    """A municipality; `women` and `men` by year of age, the last of them "and over"."""

    istat_code: str
    name: str
    cadastral_code: str
    province_code: str
    longitude: float
    latitude: float
    km2: float
    women: tuple[int, ...] | None
    men: tuple[int, ...] | None


@dataclass(frozen=True)
class Province:
    """`uts_code` where it is a metropolitan city: its own code, beside that of the old province."""

    code: str
    name: str
    short: str
    region_code: str
    uts_code: str = ""


class Extract:
    """Regions, provinces, municipalities and boundaries of one year."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Refuses with DamagedExtract whatever is not whole."""
        self._columns = _document(folder / "municipalities.json.xz")
        self._boundaries = _document(folder / "boundaries.json.xz")
        if not self._is_whole():
            raise DamagedExtract
        self.year: int = self._columns["year"]

    def _is_whole(self) -> bool:
        table, lines = self._columns, self._boundaries
        try:
            return (
                len({len(table[name]) for name in _COLUMNS}) == 1
                and table["year"] == lines["year"]
                and lines["unit"] == UNIT
                and set(table["istat"]) == set(lines["rings"])
                and set(table["province"]) == {row[0] for row in table["provinces"]}
                and {row[3] for row in table["provinces"]} == {row[0] for row in table["regions"]}
                and sum(lines["lengths"])
                == len(lines["dx"])
                == len(lines["dy"])
                == len(lines["ranks"])
            )
        except (KeyError, TypeError, IndexError):
            return False

    @property
    def regions(self) -> dict[str, str]:
        """Names by code."""
        return dict(self._columns["regions"])

    @property
    def provinces(self) -> list[Province]:
        uts = dict(self._columns["metropolitan_cities"])
        return [
            Province(code, name, short, region, uts.get(code, ""))
            for code, name, short, region in self._columns["provinces"]
        ]

    def places(self) -> Iterator[Place]:
        for row in zip(*(self._columns[name] for name in _COLUMNS), strict=True):
            known = dict(zip(_FIELDS, row, strict=True))
            for people in ("women", "men"):
                known[people] = known[people] and tuple(known[people])
            yield Place(**known)

    @cached_property
    def topology(self) -> Topology:
        return Topology.read(self._boundaries)


@lru_cache(maxsize=1)
def written_names() -> tuple[str, ...]:
    """The names of all municipalities as they are written well, without reading boundaries."""
    return tuple(_document(FOLDER / "municipalities.json.xz")["names"])


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, EOFError, lzma.LZMAError, ValueError) as fault:
        raise DamagedExtract from fault
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DamagedExtract
    return document
