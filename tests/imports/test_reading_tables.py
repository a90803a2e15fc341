"""Where a table begins in a sheet, and what belongs to it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.imports.reading import limits
from tavolo.imports.reading.cells import letters, place_of, said
from tavolo.imports.reading.grids import Found, Grid, Merged, blank, find_table, kept
from tavolo.imports.reading.refused import Refused


def found(*rows: list[str], merged: tuple[Merged, ...] = ()) -> Found:
    return find_table(Grid(kept(enumerate(rows, 1)), merged))


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["a", "b"], ["1", "2"]], 1),
        ([["Titolo"], ["a", "b"], ["1", "2"]], 2),
        ([["Titolo"], [], ["sotto"], [], ["a", "b", "c"], ["1", "2", "3"]], 5),
        ([["Provincia", "Bologna"], ["a", "b", "c", "d", "e"], ["1", "2", "3", "4", "5"]], 2),
        ([["a", "", "c", ""], ["1", "2", "3", "4"]], 1),
        ([["a"], ["1"]], 1),
        ([["Titolo"], ["a", "b"]], 2),
        ([["", "", "a", "b"], ["", "", "1", "2"]], 1),
        ([["a", "b"], *[["1"]] * 200, ["1", "2", "3", "4", "5", "6"]], 1),
    ],
)
def test_headings_are_the_first_row_that_fills_half(rows: list[list[str]], row: int) -> None:
    assert found(*rows).heading_row == row


def test_a_table_is_as_wide_as_its_fullest_row() -> None:
    table = found(["a", "b", "", ""], ["1"], ["1", "2", "3", ""], ["1", "2", "", " "])
    assert table.headings == ["a", "b", ""]
    assert table.lines == [(2, ["1", "", ""]), (3, ["1", "2", "3"]), (4, ["1", "2", ""])]


def test_rows_without_text_are_left_out_and_keep_their_numbers() -> None:
    table = found(["a", "b"], [], [" ", "\xa0"], ["1", "2"], ["", ""], ["3", "4"])
    assert [number for number, _cells in table.lines] == [4, 6]


def test_headings_are_in_one_line() -> None:
    assert found([" Codice\n ISTAT ", "a\u00a0b"], ["1", "2"]).headings == ["Codice ISTAT", "a b"]


def test_cells_keep_their_blanks() -> None:
    assert found(["a", "b"], [" 1 ", "2\n"]).lines == [(2, [" 1 ", "2\n"])]


ACROSS = Merged(0, 1, 0, 2)


def test_two_rows_of_headings() -> None:
    table = found(
        ["Comune", "Popolazione", ""], ["", "Donne", "Uomini"], ["x", "1", "2"], merged=(ACROSS,)
    )
    assert table.headings == ["Comune", "Popolazione Donne", "Popolazione Uomini"]
    assert table.lines == [(3, ["x", "1", "2"])]


@pytest.mark.parametrize(
    "beneath",
    [
        ["Bologna", "1", "2"],
        ["", "", ""],
    ],
)
def test_a_row_that_is_no_second_heading_stays_a_row(beneath: list[str]) -> None:
    table = found(["Comune", "Popolazione", ""], beneath, ["x", "1", "2"], merged=(ACROSS,))
    assert table.headings == ["Comune", "Popolazione", ""]
    assert [cells for _n, cells in table.lines][-1] == ["x", "1", "2"]


def test_joined_cells_say_the_same_in_each_of_their_rows() -> None:
    down = Merged(1, 0, 3, 0)
    table = found(
        ["Distretto", "b"], ["Città", "1"], ["", "2"], ["", ""], ["Pianura", "4"], merged=(down,)
    )
    assert table.lines == [(2, ["Città", "1"]), (3, ["Città", "2"]), (5, ["Pianura", "4"])]


def test_joined_cells_beyond_the_table_do_no_harm() -> None:
    far = (Merged(500, 9, 900, 9), Merged(1, 7, 2, 7), Merged(0, 0, 2, 0))
    assert found(["a", "b"], ["1", "2"], ["3", "4"], merged=far).lines == [
        (2, ["1", "2"]),
        (3, ["3", "4"]),
    ]


def refused(monkeypatch: pytest.MonkeyPatch, name: str, limit: int, *rows: list[str]) -> str:
    monkeypatch.setattr(limits, name, limit)
    with pytest.raises(Refused) as refusal:
        found(*rows)
    return refusal.value.message % refusal.value.values


def test_limits_are_as_many_and_not_one_less(monkeypatch) -> None:
    for name, limit in (("ROWS", 2), ("COLUMNS", 2), ("AREA", 6), ("CELL_CHARACTERS", 2)):
        with monkeypatch.context() as patched:
            patched.setattr(limits, name, limit)
            assert len(found(["a", "b"], ["aa", "b"], ["c", "d"]).lines) == 2


def test_beyond_the_limits(monkeypatch) -> None:
    row = ["a", "b"]
    assert refused(monkeypatch, "ROWS", 1, row, row, row).startswith(
        "The table has more than 1 rows."
    )
    monkeypatch.undo()
    assert refused(monkeypatch, "COLUMNS", 1, row).startswith("The table has more than 1 columns.")
    monkeypatch.undo()
    assert refused(monkeypatch, "AREA", 3, row, row).startswith("The table has more than 3 cells")
    monkeypatch.undo()
    assert refused(monkeypatch, "CELL_CHARACTERS", 2, row, ["", "abc"]) == (
        "Cell B2 holds more than 2 characters, so this is not a table to import."
    )


def test_what_is_blank() -> None:
    assert all(map(blank, ("", " ", "\xa0\t\n", "\ufeff")))
    assert not any(map(blank, ("0", ".", "�")))


cells = st.text("ab \n", max_size=3)


@given(st.lists(st.lists(cells, max_size=5), min_size=1, max_size=12))
def test_nothing_beneath_the_headings_is_lost(rows: list[list[str]]) -> None:
    lines = kept(enumerate([list(row) for row in rows], 1))
    if not lines:
        return
    table = find_table(Grid(lines))
    wide = len(table.headings)
    assert all(len(read) == wide for _number, read in table.lines)
    expected = [
        (number, [cell for cell in row if not blank(cell)])
        for number, row in enumerate(rows, 1)
        if number > table.heading_row and any(not blank(cell) for cell in row)
    ]
    assert [(n, [cell for cell in read if not blank(cell)]) for n, read in table.lines] == expected


instant = datetime.fromisoformat


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (instant("2024-02-28T23:59:59.600"), "2024-02-29"),
        (instant("2024-02-28T10:29:59.999999"), "2024-02-28T10:30:00"),
        (instant("2024-02-28T10:30:00.4"), "2024-02-28T10:30:00"),
        (instant("9999-12-31T23:59:59.999999"), "9999-12-31T23:59:59"),
        (date(2024, 2, 28), "2024-02-28"),
        (time(10, 30, 0, 5), "10:30:00"),
        (timedelta(hours=36, seconds=5.4), "36:00:05"),
        (timedelta(minutes=-90), "-01:30:00"),
        (float("inf"), "inf"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (123456789012345680.0, "123456789012345680"),
        (1234567890.12345, "1234567890,12345"),
        (1e-5, "0,00001"),
        (True, "TRUE"),
        (7, "7"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert said(value) == text


@given(st.integers(0, 20_000))
def test_columns_have_letters(place: int) -> None:
    assert place_of(letters(place)) == place
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
