import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.registry.identifiers import cleaned_tax_code, is_tax_code

GOOD = ("00488410010", "01199250158", "RSSMRA85T10A562S")


@pytest.mark.parametrize("code", GOOD)
def test_a_right_code_is_taken(code: str) -> None:
    assert is_tax_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "00488410011",
        "RSSMRA85T10A562T",
        "",
        "123",
        "RSSMRA85T10A562",
        "ABCDEFGHILMNOPQR",
        "0048841001A",
    ],
)
def test_a_wrong_code_is_told(code: str) -> None:
    assert not is_tax_code(code)


def test_letters_in_place_of_digits_are_taken() -> None:
    """Where two persons would have had one code, the last digits are written as letters."""
    base = "RSSMRA85T10A56N"
    assert sum(is_tax_code(base + letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (" it 0048.8410 010 ", "00488410010"),
        ("rssmra85t10a562s", "RSSMRA85T10A562S"),
        ("IT123", "IT123"),
        ("", ""),
    ],
)
def test_what_is_typed_is_cleaned(typed: str, code: str) -> None:
    assert cleaned_tax_code(typed) == code


@given(ten=st.text("0123456789", min_size=10, max_size=10))
def test_of_ten_last_digits_one_fits(ten: str) -> None:
    assert sum(is_tax_code(f"{ten}{last}") for last in range(10)) == 1


@given(ten=st.text("0123456789", min_size=10, max_size=10), data=st.data())
def test_a_single_wrong_digit_is_found(ten: str, data: st.DataObject) -> None:
    code = next(f"{ten}{last}" for last in range(10) if is_tax_code(f"{ten}{last}"))
    place = data.draw(st.integers(0, 10))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != code[place]]))
    assert not is_tax_code(code[:place] + other + code[place + 1 :])
