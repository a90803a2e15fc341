"""Templates: headings, an example, what explains them; filled in, they read back."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from tavolo.imports import values
from tavolo.imports.matching import match
from tavolo.imports.plugs import Field, import_kinds
from tavolo.imports.reading import read_table
from tavolo.imports.reading.kinds import open_book
from tavolo.imports.writing import FORMATS, write_template
from tests.imports.reading_here import read_here

formats = pytest.mark.parametrize("form", FORMATS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@dataclass(frozen=True)
class Kind:
    key: str = "places"
    slug: str = "luoghi"
    label: str = "Luoghi"
    help: str = "Un luogo per riga."
    options: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = (
        Field(
            "code",
            "Codice ISTAT",
            values.istat_code,
            required=True,
            example="037006",
            help="Sei cifre.",
        ),
        Field("name", "Comune", values.text(), example="=Bologna"),
        Field("since", "Dal", values.day, example="28/02/2024"),
        Field("people", "Residenti", values.whole_number(), example="1.234"),
        Field(
            "sort",
            "Tipo",
            values.one_of({"comune": 1, "unione": 2}),
            example="comune",
            choices=(("comune", "un solo comune"), ("unione", "unione")),
        ),
        Field("closed", "Chiuso", values.yes_no),
    )

    def may(self, *_who: Any) -> bool:
        return True


KIND: Any = Kind()


def template(form: str) -> bytes:
    stream = io.BytesIO()
    write_template(stream, format=form, kind=KIND)
    return stream.getvalue()


@formats
def test_a_template_reads_back_with_every_column(form: str, folder: Path) -> None:
    found = read_here(template(form), folder)
    matched = match(found.headings, KIND.fields, {})
    assert matched.columns == {field.key: place for place, field in enumerate(KIND.fields)}
    assert [cells for _number, cells in found.lines] == [
        ["037006", "=Bologna", "2024-02-28", "1234", "comune", ""]
    ]


@formats
def test_a_template_of_nothing_but_headings(form: str, folder: Path) -> None:
    stream = io.BytesIO()
    bare: Any = Kind(fields=(Field("name", "Nome", values.text()), Field("x", "Altro", values.day)))
    write_template(stream, format=form, kind=bare)
    found = read_here(stream.getvalue(), folder)
    assert (found.headings, found.lines) == (["Nome", "Altro"], [])


def test_a_template_that_was_filled_in_reads_back(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))
    book.worksheets[0].append(["046013", "Forlì", date(2025, 1, 1), 99, "unione", "no"])
    path = tmp_path / "filled"
    book.save(path)
    table = read_table(path, name="luoghi.xlsx")
    assert table.sheet == "Luoghi"
    assert table.sheets == ("Luoghi", "Istruzioni", "Elenchi")
    assert table.rows[1].cells == ("046013", "Forlì", "2025-01-01", "99", "unione", "no")


def test_a_workbook_offers_the_words() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))
    table, _instructions, lists = book.worksheets
    (offered,) = table.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("E2:E50001", "'Elenchi'!$A$1:$A$2")
    assert [cell.value for cell in lists["A"]] == ["comune", "unione"]
    assert lists.sheet_state == "hidden"


def test_what_is_typed_into_a_template_is_taken_as_what_it_is() -> None:
    table = openpyxl.load_workbook(io.BytesIO(template("xlsx"))).worksheets[0]
    assert [table.column_dimensions[name].number_format for name in "ABCD"] == [
        "@",
        "@",
        "dd/mm/yyyy",
        "General",
    ]


EXPLAINED = [
    ["Colonna", "Obbligatoria", "Che cosa contiene", "Parole ammesse"],
    ["Codice ISTAT", "sì", "Sei cifre.", None],
    ["Comune", "no", None, None],
    ["Dal", "no", None, None],
    ["Residenti", "no", None, None],
    ["Tipo", "no", None, "comune: un solo comune\nunione"],
    ["Chiuso", "no", None, None],
    [],
    ["Un luogo per riga."],
    ["La riga 2 del primo foglio è un esempio: scriverci sopra."],
    [
        "Lasciare le intestazioni come sono; le colonne si possono omettere o mettere in altro ordine."
    ],
]


def test_a_workbook_explains_its_columns() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template("xlsx"))).worksheets[1]
    assert sheet.title == "Istruzioni"
    said = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert said == [row + [None] * (4 - len(row)) for row in EXPLAINED]


def test_ods_explains_them_too(folder: Path) -> None:
    path = folder / "template"
    path.write_bytes(template("ods"))
    book = open_book(path)
    assert [told.name for told in book.sheets] == ["Luoghi", "Istruzioni"]
    said = [row for row in EXPLAINED if row]
    assert [[cell or None for cell in cells] for _n, cells in book.grid("Istruzioni").lines] == [
        row[:last] if (last := max(n for n, cell in enumerate(row, 1) if cell)) else row
        for row in said
    ]


def test_a_template_speaks_the_language_of_the_moment() -> None:
    with translation.override("en"):
        book = openpyxl.load_workbook(io.BytesIO(template("xlsx")))
    assert book.sheetnames == ["Luoghi", "Instructions", "Lists"]


@formats
@pytest.mark.parametrize("kind", import_kinds.all(), ids=lambda kind: kind.key)
def test_every_kind_has_a_template_that_reads_back(form: str, kind: Any, folder: Path) -> None:
    stream = io.BytesIO()
    write_template(stream, format=form, kind=kind)
    found = read_here(stream.getvalue(), folder)
    matched = match(found.headings, kind.fields, {})
    assert matched.columns == {field.key: place for place, field in enumerate(kind.fields)}
    for _number, cells in found.lines:
        for field, cell in zip(kind.fields, cells, strict=True):
            assert not cell or field.read(cell) is not None
