import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tavolo.search.words import (
    ACRONYMS,
    also,
    distance,
    errors_allowed,
    nearest,
    telling,
    whole,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Azienda USL n°2 di Lucca", ["azienda", "usl", "2", "di", "lucca"]),
        ("U.S.L. N. 12", ["usl", "12"]),
        ("usl12", ["usl", "12"]),
        ("A.S.L.", ["asl"]),
        ("Sant’Agata", ["sant", "agata"]),
        ("Forlì-Cesena", ["forli", "cesena"]),
        ("num. 7", ["7"]),
        ("numero 7", ["numero", "7"]),
        ("San 2000", ["san", "2000"]),
        ("", []),
    ],
)
def test_words_are_folded_and_numbers_stand_alone(text: str, words: list[str]) -> None:
    assert words_of(text) == tuple(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Comune di Lucca", ["comune", "lucca"]),
        ("comune dell'Aquila", ["comune", "aquila"]),
        ("La Spezia", ["spezia"]),
        ("di del", ["di", "del"]),
        ("Ne", ["ne"]),
    ],
)
def test_articles_and_prepositions_do_not_tell_unless_they_are_all(
    text: str, words: list[str]
) -> None:
    assert telling(text) == words


def test_a_name_as_one_has_its_telling_words_in_order() -> None:
    assert whole("Comune  di LUCCA") == whole("comune lucca") == "comune lucca"


def test_acronyms_stand_for_words_and_words_for_acronyms() -> None:
    assert {"asl", "azienda", "sanitaria", "locale"} <= set(also("ASL Lucca"))
    assert "cug" in set(also("Comitato unico di garanzia"))
    assert {"asl", "usl", "ausl"} <= set(also("Azienda USL n°2"))
    assert set(also("Auser")) == {"auser"}
    assert all(telling(words) == words.split() for words in ACRONYMS.values())


def test_what_an_apostrophe_parts_is_also_one_word() -> None:
    assert "santagata" in set(also("Sant'Agata"))


@pytest.mark.parametrize(
    ("word", "errors"),
    [("asl", 0), ("roma", 0), ("lucca", 1), ("rozzano", 1), ("capannori", 2), ("h24000", 0)],
)
def test_longer_words_forgive_more_errors(word: str, errors: int) -> None:
    assert errors_allowed(word) == errors


def test_the_nearest_word_lies_within_the_errors_allowed() -> None:
    assert nearest("rozano", ["romano", "rozzano"]) == "romano"
    assert nearest("rozano", ["rozzano", "romano"]) == "rozzano"
    assert nearest("roma", ["rome"]) == ""
    assert nearest("cappanori", ["capannori", "capanne"]) == "capannori"


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("a", "a", 0),
        ("ab", "ba", 1),
        ("poliza", "polizia", 1),
        ("", "abc", 3),
        ("lucca", "luca", 1),
    ],
)
def test_distance_counts_letters(one: str, other: str, far: int) -> None:
    assert distance(one, other) == distance(other, one) == far


@example("N:D0")
@given(st.text())
def test_any_text_has_words_that_are_folded_once(text: str) -> None:
    words = telling(text)
    assert telling(" ".join(words)) == words
