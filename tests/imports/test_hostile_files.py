"""Hostile and broken files: exactly the expected cells, or exactly the expected sentence; nothing runs."""

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tavolo.imports.errors import Unreadable
from tavolo.imports.reading import Cost, Table, limits, parent, read_table
from tests.imports.corpus import (
    broken_workbooks,
    oldbooks,
    opendocument,
    others,
    texts,
    workbooks,
)
from tests.imports.corpus.expected import Hostile, Planted, Reads

FILES = [
    *texts.FILES,
    *workbooks.FILES,
    *broken_workbooks.FILES,
    *opendocument.FILES,
    *oldbooks.FILES,
    *others.FILES,
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """How busy the machine is says nothing of a file: here only the CPU is counted."""
    monkeypatch.setattr(parent, "WALL_SECONDS", 120)


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planted]:
    """A server that nothing may ask and a file that nothing may make; looked at afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        marker = tmp_path / "marker"
        yield Planted(marker, f"http://127.0.0.1:{port}/tell")
        with pytest.raises(BlockingIOError):
            server.accept()
        assert not marker.exists()


def read(hostile: Hostile, planted: Planted, folder: Path) -> tuple[Reads | str, Cost]:
    path = folder / "received"
    path.write_bytes(hostile.make(planted))
    try:
        table = read_table(path, name=hostile.name, sheet=hostile.sheet)
    except Unreadable as refusal:
        return refusal.message % refusal.values, refusal.cost
    return as_read(table), table.cost


def as_read(table: Table) -> Reads:
    return Reads(
        table.headings,
        [(row.number, row.cells) for row in table.rows],
        table.sheets,
        table.sheet,
        tuple(remark.message % remark.values for remark in table.remarks),
    )


@pytest.mark.parametrize("hostile", FILES, ids=lambda hostile: hostile.key)
def test_each_file_comes_to_its_cells_or_its_sentence(
    hostile: Hostile, planted: Planted, tmp_path: Path
) -> None:
    came_to, cost = read(hostile, planted, tmp_path)
    assert came_to == hostile.expected
    assert 0 < cost.cpu_seconds < limits.SECONDS
    assert 0 < cost.peak_bytes < 512_000_000


def test_there_are_many_of_them() -> None:
    assert len({hostile.key for hostile in FILES}) == len(FILES) >= 150


def unpacked(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("latin-1")
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return "".join(bundle.read(name).decode("latin-1") for name in bundle.namelist())


def test_what_is_planted_stands_in_the_files(planted: Planted) -> None:
    made = {
        hostile.key: unpacked(hostile.make(planted))
        for hostile in FILES
        if any(word in hostile.key for word in ("macros", "programs", "elsewhere"))
    }
    assert {key for key, text in made.items() if str(planted.marker) in text} == {
        "xlsx: macros",
        "xlsx: links and programs",
        "ods: macros",
        "ods: links and programs",
        "xls: macros",
    }
    assert {key for key, text in made.items() if planted.url in text} == {
        "xlsx: links and programs",
        "xlsx: an entity from elsewhere",
        "ods: macros",
        "ods: links and programs",
    }


def test_refusals_are_said_in_italian(tmp_path: Path) -> None:
    path = tmp_path / "received"
    path.write_bytes(b"%PDF-1.7")
    with translation.override("it"), pytest.raises(Unreadable) as refused:
        read_table(path, name="elenco.xlsx")
    assert str(refused.value) == (
        "“elenco.xlsx” è un documento PDF. Chiedere la tabella in XLSX, ODS o CSV a chi lo ha fatto."
    )
