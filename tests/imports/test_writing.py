"""What is written reads back as it was, in every format, and no text of it can become a formula."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from tavolo.imports.errors import TooLongToWrite
from tavolo.imports.reading import read_table
from tavolo.imports.reading.cells import guarded, speakable, unguarded
from tavolo.imports.writing import FORMATS, write_table
from tavolo.imports.writing.cells import sheet_name
from tests.imports.reading_here import read_here

formats = pytest.mark.parametrize("form", FORMATS)

HEADINGS = ["Codice", "Comune", "Note"]


def written(form: str, rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    stream = io.BytesIO()
    write_table(stream, format=form, title="Elenco", headings=headings, rows=iter(rows))
    return stream.getvalue()


def cells_of(content: bytes, folder: Path) -> list[list[str]]:
    return [cells for _number, cells in read_here(content, folder).lines]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


NASTY = [
    "=1+1",
    "+39 051 219",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "'=1",
    "''+1",
    "'s-Hertogenbosch",
    '="037006"',
    '\'="037006"',
    "037006",
    "1e5",
    "12/2024",
    "TRUE",
    "#N/A",
    '"quoted"',
    "a;b,c\td|e",
    " before and after ",
    "two  blanks   three",
    "line\nbreak\n",
    "a\r\nb\rc",
    "_x0041_",
    "\x00\x07\x0b\x1f",
    "\ud800",
    "\ufffe\uffff",
    "\u202eangoloB",
    "Forlì ’ “ ” € 🏛",
    "<&>'\"]]>",
    "\xa0",
]


@formats
def test_nasty_texts_read_back(form: str, folder: Path) -> None:
    rows = [["x", text, text] for text in NASTY]
    expected = [["x", speakable(text), speakable(text)] for text in NASTY]
    assert cells_of(written(form, rows), folder) == expected


@formats
def test_the_child_reads_them_too(form: str, tmp_path: Path) -> None:
    path = tmp_path / "written"
    path.write_bytes(written(form, [["037006", "Forlì", "=1+1"], ["x", "", "a\nb"]]))
    table = read_table(path, name="elenco")
    assert table.headings == tuple(HEADINGS)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("037006", "Forlì", "=1+1")),
        (3, ("x", "", "a\nb")),
    ]


texts = st.text(max_size=30) | st.text("=+-@\t\r\n' \"x;0", max_size=8) | st.sampled_from(NASTY)


# Each example writes and reads a file of up to forty texts.
files = settings(max_examples=min(settings().max_examples, 300))


@files
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=20))
@pytest.mark.parametrize("form", FORMATS)
def test_any_text_reads_back(form: str, folder: Path, rows: list[tuple[str, str]]) -> None:
    content = written(form, [["x", *row] for row in rows])
    expected = [["x", *map(speakable, row)] for row in rows]
    assert cells_of(content, folder) == expected


@files
@given(headings=st.lists(texts.filter(str.strip), min_size=1, max_size=6))
@pytest.mark.parametrize("form", FORMATS)
def test_any_heading_reads_back(form: str, folder: Path, headings: list[str]) -> None:
    found = read_here(written(form, [["x"] * len(headings)], headings), folder)
    assert found.headings == [" ".join(speakable(heading).split()) for heading in headings]


@given(st.text() | st.text("=+-@\t\n'\"", max_size=6))
def test_an_apostrophe_goes_as_it_came(text: str) -> None:
    plain = speakable(text)
    assert unguarded(guarded(plain)) == plain
    assert not guarded(plain).startswith(tuple("=+-@\t\r\n"))


@formats
def test_values_read_back_as_what_they_say(form: str, folder: Path) -> None:
    row = [
        3.5,
        Decimal("140.86"),
        7,
        -1,
        True,
        None,
        "",
        date(2024, 2, 28),
        date(1861, 3, 17),
        date(1900, 1, 1),
        datetime(2024, 2, 28, 10, 30, tzinfo=UTC),
        gettext_lazy("Yes"),
        float("nan"),
        0.1 + 0.2,
    ]
    headings = [f"c{place}" for place in range(len(row))]
    with translation.override("en"):
        content = written(form, [row], headings)
    instant = "2024-02-28T11:30:00"
    said = ["3,5", "140,86", "7", "-1", "TRUE", "", "", "2024-02-28", "1861-03-17", "1900-01-01"]
    last = ["Yes", "nan", "0,3"]
    assert cells_of(content, folder) == [[*said, instant, *last]]


@formats
def test_a_table_may_be_empty(form: str, folder: Path) -> None:
    found = read_here(written(form, []), folder)
    assert (found.headings, found.lines) == (HEADINGS, [])


@formats
def test_a_text_that_fits_into_no_cell_is_refused(form: str) -> None:
    with pytest.raises(TooLongToWrite):
        written(form, [["x" * 40_000]])


def test_no_text_is_a_formula_to_another_reader() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", [["=1+1", "@x", -5]]))).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("'=1+1", "s"),
        ("'@x", "s"),
        (-5, "n"),
    ]


def test_codes_stay_text_and_days_are_days_to_another_reader() -> None:
    content = written("xlsx", [["037006", date(2024, 2, 28), 3.5]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[2]] == ["037006", datetime(2024, 2, 28), 3.5]  # noqa: DTZ001  as openpyxl gives it
    assert sheet["A2"].number_format == "@"
    assert sheet["B2"].number_format == "dd/mm/yyyy"


def test_headings_are_bold_and_stay_in_place() -> None:
    content = written("xlsx", [["037006", "x" * 200, "a"]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.title == "Elenco"
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True] * 3
    assert [round(sheet.column_dimensions[name].width) for name in "ABC"] == [11, 61, 11]


def test_ods_says_first_what_it_is_and_keeps_headings_in_place() -> None:
    content = written("ods", [["037006", "a", "b"]])
    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        settings = package.read("settings.xml").decode()
        assert '"VerticalSplitPosition" config:type="int">1<' in settings
        assert b'fo:font-weight="bold"' in package.read("content.xml")


def test_equal_tables_are_equal_files() -> None:
    for form in ("ods", "csv"):
        assert written(form, [["1", "2", "3"]]) == written(form, [["1", "2", "3"]])


def test_csv_opens_in_an_italian_excel() -> None:
    content = written("csv", [["037006", 'Forlì "x"', 3.5]])
    assert content == (
        b"\xef\xbb\xbf" + '"Codice";"Comune";"Note"\r\n"037006";"Forlì ""x""";"3,5"\r\n'.encode()
    )
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1] == [
        "037006",
        'Forlì "x"',
        "3,5",
    ]


def test_the_stream_stays_open() -> None:
    stream = io.BytesIO()
    for form in FORMATS:
        write_table(stream, format=form, title="x", headings=["a"], rows=[])
    assert not stream.closed


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Distretti: [Città] 2026/27", "Distretti Città 2026 27"),
        ("", "Tabella"),
        ("'x'", "x"),
        ("a" * 40, "a" * 31),
    ],
)
def test_titles_become_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name
