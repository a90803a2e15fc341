import json
import lzma
from itertools import pairwise
from pathlib import Path

import pytest

from tavolo.territory.extract import FOLDER
from tavolo.territory.geometry import Topology

KEPT = {"046": "09", "015": "03", "081": "19"}  # Lucca, Milano, Trapani and their regions
DIVIDED = {"037": "08", "015": "03", "046": "09"}  # those that the demonstration divides


@pytest.fixture(scope="session")
def small_extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real extract, cut down to three provinces: one of each sort, one municipality without people."""
    return cut_extract(tmp_path_factory.mktemp("extract"), KEPT)


def cut_extract(folder: Path, wanted: dict[str, str]) -> Path:
    """The real extract with these provinces alone, and their regions."""
    table, lines = (_read(name) for name in ("municipalities.json.xz", "boundaries.json.xz"))
    kept = [i for i, province in enumerate(table["province"]) if province in wanted]
    whole = len(table["istat"])
    for column, values in table.items():
        if isinstance(values, list) and len(values) == whole:
            table[column] = [values[i] for i in kept]
    table["provinces"] = [row for row in table["provinces"] if row[0] in wanted]
    table["regions"] = [row for row in table["regions"] if row[0] in wanted.values()]
    lines = _cut(lines, table["istat"])
    for name, document in (("municipalities.json.xz", table), ("boundaries.json.xz", lines)):
        (folder / name).write_bytes(lzma.compress(json.dumps(document).encode(), preset=0))
    return folder


def _cut(lines: dict, codes: list[str]) -> dict:
    """Only the arcs that these municipalities need, numbered anew."""
    topology = Topology.read(lines)
    used = sorted({max(s, ~s) for code in codes for ring in topology.rings[code] for s in ring})
    number = {old: new for new, old in enumerate(used)}
    points = [(0, 0)] + [point for old in used for point in topology.arcs[old].points]
    return lines | {
        "lengths": [len(topology.arcs[old].points) for old in used],
        "dx": [there[0] - here[0] for here, there in pairwise(points)],
        "dy": [there[1] - here[1] for here, there in pairwise(points)],
        "ranks": "".join(topology.arcs[old].ranks for old in used),
        "rings": {
            code: [
                [number[s] if s >= 0 else ~number[~s] for s in ring]
                for ring in topology.rings[code]
            ]
            for code in codes
        },
    }


def _read(name: str) -> dict:
    return json.loads(lzma.decompress((FOLDER / name).read_bytes()))
