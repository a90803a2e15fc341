"""What cells say, and what is said where they say nothing of the kind."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.imports import values
from tavolo.imports.plugs import CellFault
from tavolo.kernel.dates import PartialDate

READERS = {
    "text": values.text(20),
    "whole_number": values.whole_number(),
    "number": values.number,
    "day": values.day,
    "day_known_in_part": values.day_known_in_part,
    "yes_no": values.yes_no,
    "one_of": values.one_of({"comune": "municipality", "Unione": "union"}),
    "istat_code": values.istat_code,
}


def fault_of(read: Any, said: str) -> str:
    with pytest.raises(CellFault) as fault:
        read(said)
    return fault.value.message % fault.value.values


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("0", 0),
        ("1234", 1234),
        ("1.234", 1234),
        ("1.234.567", 1234567),
        ("1 234", 1234),
        ("1\xa0234", 1234),
        ("1'234", 1234),
        ("+5", 5),
        ("007", 7),
    ],
)
def test_whole_numbers(said: str, value: int) -> None:
    assert values.whole_number()(said) == value


@pytest.mark.parametrize(
    "said",
    ["1,5", "1,234", "1.23", "12.3456", "abc", "1e3", "٣", "1 2", "--1", "-", "9" * 16, "1.234,0"],
)
def test_what_is_no_whole_number(said: str) -> None:
    assert fault_of(values.whole_number(), said) == (
        f"“{said}” is no whole number: write it like 1234."
    )


def test_whole_numbers_have_bounds() -> None:
    assert fault_of(values.whole_number(), "-1") == "-1 is too small: it can be 0 or more."
    assert fault_of(values.whole_number(1, 12), "13") == "13 is too large: it can be 12 or less."
    assert values.whole_number(-5)("−5") == -5
    assert values.whole_number(1, 12)("12") == 12


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1234", 1234.0),
        ("1234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567,89", 1234567.89),
        ("1.234.567", 1234567.0),
        ("1234.5", 1234.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567.0),
        ("140,857", 140.857),
        ("0.125", 0.125),
        ("-0,5", -0.5),
        ("1 234,5", 1234.5),
        ("1e+300", None),
        ("1,5e3", 1500.0),
        (",5", 0.5),
    ],
)
def test_numbers(said: str, value: float | None) -> None:
    if value is None:
        assert fault_of(values.number, said) == f"“{said}” is no number: write it like 1234,5."
    else:
        assert values.number(said) == value


def test_a_number_is_never_guessed() -> None:
    assert fault_of(values.number, "44.494") == (
        "“44.494” can be read in two ways: write 44494 or 44,494."
    )


@pytest.mark.parametrize(
    "said",
    ["abc", "1,2,3", "1.2.3", "5,", "12%", "€ 5", "nan", "inf", "e5", ".", "1" * 41, "1,23.4"],
)
def test_what_is_no_number(said: str) -> None:
    assert fault_of(values.number, said).endswith("is no number: write it like 1234,5.")


@pytest.mark.parametrize(
    "said",
    [
        "2024-02-28",
        "2024-02-28T00:00:00",
        "2024-02-28 00:00",
        "2024/2/28",
        "20240228",
        "28/02/2024",
        "28-2-2024",
        "28.02.2024",
        "28/02/2024 00:00:00",
        "28 febbraio 2024",
        "28 Feb. 2024",
        "mercoledì 28 febbraio 2024",
        "28 February 2024",
        "45350",
        " 28/02/2024 ",
    ],
)
def test_days(said: str) -> None:
    assert values.day(said) == "2024-02-28"


@pytest.mark.parametrize("said", ["1° gennaio 2026", "1º gennaio 2026", "1 gen 2026"])
def test_the_first_of_the_month(said: str) -> None:
    assert values.day(said) == "2026-01-01"


@pytest.mark.parametrize(
    "said",
    [
        "31/02/2024",
        "28/02/24",
        "02/28/2024",
        "2024",
        "02/2024",
        "2024-02-28T10:30:00",
        "45350,4375",
        "0",
        "9999",
        "100000",
        "ieri",
        "28 fe 2024",
        "28 brumaio 2024",
        "0000-01-01",
        "29 febbraio 2023",
    ],
)
def test_what_is_no_day(said: str) -> None:
    assert fault_of(values.day, said) == (
        f"“{said}” is no day: write it like 2024-02-28 or 28/02/2024."
    )


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("2007", "2007"),
        ("2015-06", "2015-06"),
        ("06/2015", "2015-06"),
        ("giugno 2015", "2015-06"),
        ("30/06/2015", "2015-06-30"),
        ("2015-06-30T00:00:00", "2015-06-30"),
        ("42185", "2015-06-30"),
        ("9 marzo", "XXXX-03-09"),
        ("xxxx-03-09", "XXXX-03-09"),
        ("dal 2006", "2006/.."),
        ("dall’8 marzo 2006", "2006-03-08/.."),
        ("2006/..", "2006/.."),
        ("prima del 2004", "../2004"),
        ("since june 2015", "2015-06/.."),
    ],
)
def test_days_known_in_part(said: str, known: str) -> None:
    assert values.day_known_in_part(said) == known


@pytest.mark.parametrize(
    "said", ["mai", "13/2015", "dal 9 marzo", "31 febbraio", "dal mai", "0", "dal", "12 giu no"]
)
def test_what_is_no_date_at_all(said: str) -> None:
    assert fault_of(values.day_known_in_part, said) == (
        f"“{said}” is no date: write a day like 28/02/2024, a month like 02/2024, or a year."
    )


def test_a_date_that_is_known_whole_goes_out_as_a_day() -> None:
    written = values.day_known_in_part.written
    assert written("2015-06-30") == date(2015, 6, 30)
    assert [written(known) for known in ("2007", "2006/..", "XXXX-03-09", "2015-06-30/..")] == [
        "2007",
        "2006/..",
        "XXXX-03-09",
        "2015-06-30/..",
    ]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        *[(word, True) for word in ("sì", "Si", "SI'", "s", "vero", "TRUE", "x", "1", "yes")],
        *[(word, False) for word in ("no", "N", "falso", "FALSE", "0")],
    ],
)
def test_yes_and_no(said: str, value: bool) -> None:
    assert values.yes_no(said) is value


@pytest.mark.parametrize("said", ["forse", "-", "2", "sino"])
def test_neither_yes_nor_no(said: str) -> None:
    assert fault_of(values.yes_no, said) == (f"“{said}” is neither yes nor no: write “sì” or “no”.")


def test_one_of_several_words() -> None:
    read = values.one_of({"comune": 1, "Unione di comuni": 2, "unione": 2})
    assert [read("COMUNE"), read("unione  di Comuni"), read("Unione")] == [1, 2, 2]
    assert fault_of(read, "regione") == (
        "“regione” is none of the words that can stand here: comune, Unione di comuni."
    )
    assert read.written(2) == "Unione di comuni"
    assert read.written(3) == "3"


def test_signs_alone_are_told_apart() -> None:
    read = values.one_of({"+": "more", "-": "less"})
    assert [read("+"), read("-")] == ["more", "less"]
    assert fault_of(read, "*").startswith("“*” is none of the words")


def test_a_long_list_of_words_is_cut() -> None:
    read = values.one_of({f"parola {n}": n for n in range(20)})
    assert fault_of(read, "x").endswith("parola 10, parola 11, ….")


@pytest.mark.parametrize(
    ("said", "code"),
    [("037006", "037006"), ("37006", "037006"), ("1001", "001001"), ("37.006", "037006")],
)
def test_istat_codes_get_their_zeros_back(said: str, code: str) -> None:
    assert values.istat_code(said) == code


@pytest.mark.parametrize("said", ["A944", "0370066", "123", "37,006", "٣٧٠٠٦", "037 006"])
def test_what_is_no_istat_code(said: str) -> None:
    assert fault_of(values.istat_code, said) == (
        f"“{said}” is no ISTAT code: it has six digits, as in 037006."
    )


def test_texts_are_kept_as_they_stand() -> None:
    assert values.text()("San Nicolò  a\nTrebbia") == "San Nicolò  a\nTrebbia"
    assert fault_of(values.text(5), "Bologna") == "This text has 7 characters; at most 5 fit."


@pytest.mark.parametrize("said", ["a\x07b", "a\u202eb", "a�b", "a\x85b", "a\u2066b"])
def test_signs_that_nobody_sees_are_refused(said: str) -> None:
    assert fault_of(values.text(), said) == (
        "“a�b” holds signs that cannot be seen or that got lost (�)."
    )


def test_sentences_repeat_no_more_than_a_line() -> None:
    assert values.quoted("x" * 100) == "x" * 59 + "…"
    assert values.quoted("a\n b\u202ec") == "a b�c"


def test_nothing_is_written_for_nothing() -> None:
    assert [values.written(read, None) for read in READERS.values()] == [""] * len(READERS)


def test_a_plain_function_is_a_reader_too() -> None:
    assert values.written(str.upper, "a") == "a"
    assert values.shape_of(str.upper) == "text"
    assert values.shape_of(values.day) == "day"


@pytest.mark.parametrize("name", READERS)
@given(said=st.text(max_size=25) | st.from_regex(r"[-+]?[0-9 .,/eE-]{1,12}", fullmatch=True))
def test_any_text_is_a_value_or_a_sentence(name: str, said: str) -> None:
    assert json.loads(json.dumps(value_or_sentence(READERS[name], said), allow_nan=False))


def value_or_sentence(read: Any, said: str) -> list[Any]:
    try:
        return ["value", read(said)]
    except CellFault as fault:
        return ["sentence", fault.message % fault.values]


@given(st.integers(0, 10**14))
def test_whole_numbers_come_back(value: int) -> None:
    read = values.whole_number()
    assert read(str(read.written(value))) == value
    assert read(f"{value:,}".replace(",", ".")) == value


@given(st.floats(min_value=-1e15, max_value=1e15).map(lambda value: round(value, 4)))
def test_numbers_come_back(value: float) -> None:
    assert values.number(f"{values.number.written(value):f}".replace(".", ",")) == pytest.approx(
        value, abs=1e-5
    )


@given(st.dates(min_value=date(1000, 1, 1)))
def test_days_come_back(day: date) -> None:
    assert values.day.written(values.day(day.isoformat())) == day
    assert values.day(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@given(
    st.builds(
        lambda day, parts, bound: PartialDate(
            day.year, day.month if parts else None, day.day if parts > 1 else None, bound
        ),
        st.dates(min_value=date(1000, 1, 1)),
        st.integers(0, 2),
        st.sampled_from(["", "since", "before"]),
    )
)
def test_days_known_in_part_come_back(known: PartialDate) -> None:
    read = values.day_known_in_part
    assert read(str(read.written(str(known)))) == str(known)


@given(st.booleans())
def test_yes_and_no_come_back(value: bool) -> None:
    assert values.yes_no(str(values.yes_no.written(value))) is value
