import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tavolo.kernel.text import folded, minted_code, search_key, sort_key

HOSTILE = ["", "\x00", "\u202eabc", "𝔸𝔲𝔰𝔢𝔯", "a" * 100_000, "́́", "İIıi", "℡ ℋ ﬁ ǅ", "\ud800"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Forlì", "forli"),
        ("FORLI'", "forli'"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Æsop Œuvre Đan Ørsted", "aesop oeuvre dan orsted"),
        ("İstanbul ıssız", "istanbul issiz"),
        ("℡", "tel"),
        ("ﬁne", "fine"),
        ("Ａuser", "auser"),
        ("Ǆ", "dz"),
        ("Асоціація", "асоціація".replace("ї", "і")),
    ],
)
def test_folding_takes_case_and_accents_away(text, plain):
    assert folded(text) == plain


@given(st.text())
@example("ℋ")
@example("ϓ")
@example("ẞ")
@example("㎑")
def test_folding_twice_changes_nothing(text):
    for fold in (folded, search_key, sort_key):
        assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_accents_do_not_matter_to_a_key(text):
    assert search_key(text.lower()) == search_key(text)
    assert search_key(text + "̀") == search_key(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_key_holds_letters_digits_and_single_blanks(text):
    key = search_key(text)
    assert all(sign.isalnum() or sign == " " or not sign.isascii() for sign in key)
    assert "  " not in key
    assert key == key.strip()
    assert "\x00" not in key


def test_apostrophes_and_blanks_part_words():
    assert search_key("  Sant’Agata \t Bolognese ") == "sant agata bolognese"
    assert search_key("Sant'Agata-Bolognese_") == "sant agata bolognese"


def test_names_in_other_scripts_are_found_too():
    assert search_key("Асоціація «Надія»") == "асоціація надія"
    assert search_key("جمعية") == "جمعية"


def test_numbers_are_ordered_as_numbers():
    names = ["Gruppo 10", "Gruppo 2", "gruppo 1", "Gruppo", "Grùppo 02 bis"]
    assert sorted(names, key=sort_key) == [
        "Gruppo",
        "gruppo 1",
        "Gruppo 2",
        "Grùppo 02 bis",
        "Gruppo 10",
    ]


@given(st.integers(0, 99_999_999), st.integers(0, 99_999_999))
def test_any_two_numbers_are_ordered_as_numbers(one, other):
    assert (sort_key(f"Zona {one}") < sort_key(f"Zona {other}")) == (one < other)


def test_a_code_is_minted_from_the_name_and_numbered_where_it_is_taken():
    assert minted_code("Casa delle Donne – Lucca", ()) == "casa-delle-donne-lucca"
    assert minted_code("Àuser", {"auser"}) == "auser-2"
    assert minted_code("Àuser", {"auser", "auser-2", "auser-3"}) == "auser-4"


def test_a_text_without_plain_letters_has_a_code_all_the_same():
    assert minted_code("…", ()) == "x"
    assert minted_code("Надія", {"x"}) == "x-2"


def test_a_code_is_never_longer_than_its_column():
    taken: set[str] = set()
    for _ in range(12):
        code = minted_code("parola " * 40, taken)
        assert code not in taken
        assert len(code) <= 60
        taken.add(code)


@given(st.text(), st.integers(8, 60))
def test_a_code_is_plain_and_fits(text, length):
    taken: set[str] = set()
    for _ in range(3):
        code = minted_code(text, taken, length=length)
        assert 0 < len(code) <= length
        assert all(sign in "abcdefghijklmnopqrstuvwxyz0123456789-" for sign in code)
        assert code == code.strip("-")
        assert "--" not in code
        taken.add(code)
    assert len(taken) == 3
