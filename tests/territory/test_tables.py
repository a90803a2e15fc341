"""Tables of offices: any usual encoding, separator and order of columns; workbooks too."""

import io

import pytest

from tavolo.imports.writing import write_table
from tavolo.territory.errors import ColumnsMissing, NotATable
from tavolo.territory.tables import read_sheet

WANTED = {"code": ("Codice comune", "Codice"), "name": ("Comune",)}
OPTIONAL = {"note": ("Nota",)}


def read(tmp_path, content):
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    sheet = read_sheet(file, WANTED, optional=OPTIONAL)
    return sheet.title, list(sheet.rows())


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_and_encodings(tmp_path, separator, encoding):
    lines = [["CODICE COMUNE ", "comune"], ["001001", "Agliè"], ["", ""], ["001002", "Airasca"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)

    assert read(tmp_path, content) == (
        "",
        [(2, {"code": "001001", "name": "Agliè"}), (4, {"code": "001002", "name": "Airasca"})],
    )


def test_a_title_stands_before_and_cells_may_have_several_lines(tmp_path):
    content = b'Titolo\n\nNota;Comune;Codice\n"una\nnota";Lucca;046017\nmonca;Capannori\n'

    assert read(tmp_path, content) == (
        "Titolo",
        [
            (5, {"code": "046017", "name": "Lucca", "note": "una nota"}),
            (6, {"code": "", "name": "Capannori", "note": "monca"}),
        ],
    )


def test_the_exact_name_goes_before_one_that_only_begins_so(tmp_path):
    content = b"Comune di nascita;Comune;Codice (ISTAT)\nPisa;Lucca;046017\n"

    assert read(tmp_path, content)[1] == [(2, {"code": "046017", "name": "Lucca"})]


def test_a_workbook_is_read_by_its_content(tmp_path):
    book = io.BytesIO()
    write_table(
        book,
        format="xlsx",
        title="Comuni",
        headings=["Comune", "Codice comune"],
        rows=[["Lucca", "046017"]],
    )

    assert read(tmp_path, book.getvalue())[1] == [(2, {"code": "046017", "name": "Lucca"})]


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(NotATable):
        read(tmp_path, b"Codice;Comune\0")
    with pytest.raises(NotATable):
        read_sheet(tmp_path / "nowhere.csv", WANTED)
    with pytest.raises(NotATable):
        read(tmp_path, b"Codice;Comune\n046017;" + b"x" * 1_100_000)


def test_missing_columns_are_named_by_the_best_line(tmp_path):
    with pytest.raises(ColumnsMissing) as refusal:
        read(tmp_path, b"Elenco\nCodice;Provincia\n046017;Lucca\n")

    assert refusal.value.missing == ("Comune",)
    assert "Comune" in str(refusal.value)
