"""Which organisations may be one and the same: by number, by name and place, by domain; small and seeded."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.registry.likeness import (
    Alike,
    Likeness,
    Reason,
    Traits,
    distance,
    domains_of,
    words_of,
)
from tests.registry.likenesses import measured, planted


def alike(one: str, other: str, *, apart: bool = False, **told) -> bool:
    first = Traits("one", (one,), 1, "Bologna")
    second = Traits("other", (other,), 2 if apart else 1, "Bologna", **told)
    return bool(Likeness([first, second]).like("one"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Casa delle donne", "Casa dele donne"),
        ("Casa delle donne", "CASA DELLE DONNE A.P.S."),
        ("Associazione Artemisia", "Artemisia ODV"),
        ("Artemisia", "Artmeisia"),
        ("Telefono Rosa Bologna", "Telefonorosa Bologna"),
        ("Centro Nilde Iotti", "Nilde Iotti centro"),
        ("Pari Opportunità e lavoro", "Pari opportunita e lavoro"),
        ("San Vitale solidale", "S. Vitale solidale"),
    ],
)
def test_the_same_under_another_spelling(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Istituto comprensivo 1", "Istituto comprensivo 2"),
        ("Istituto comprensivo 3", "Istituto comprensivo 13"),
        ("Scuola Manzoni", "Scuola Mazzini"),
        ("Comune di Bologna", "Provincia di Bologna"),
        ("CGIL Bologna", "CISL Bologna"),
        ("Associazione Aurora", "Associazione Minerva"),
    ],
)
def test_others_with_a_name_that_only_looks_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_the_same_name_in_another_municipality_is_another() -> None:
    assert not alike("Auser volontari insieme", "Auser volontari insieme", apart=True)


def test_a_number_says_it_whatever_the_name() -> None:
    one = Traits("one", ("Comune di Bologna",), 1, "", frozenset({"tax_code:1"}))
    other = Traits("other", ("Polizia Locale",), 2, "", frozenset({"tax_code:1"}))
    assert Likeness([one, other]).like("one") == [Alike("other", Reason.NUMBER, 1.0)]


def test_a_domain_of_its_own_says_it_beside_half_the_name() -> None:
    told = {"domains": frozenset({"artemisia.example"})}
    one = Traits("one", ("Artemisia Firenze",), 1, "", **told)
    other = Traits("other", ("Artemisia centro",), None, "", **told)
    stranger = Traits("third", ("Mondo nuovo",), None, "", **told)
    found = Likeness([one, other, stranger]).like("one")
    assert [(each.key, each.reason) for each in found] == [("other", Reason.DOMAIN)]


def test_a_domain_that_many_share_says_nothing() -> None:
    told = {"domains": frozenset({"rete.example"})}
    all_of_them = [Traits(f"{n}", (f"Rete {w}",), n, "", **told) for n, w in enumerate("abcdef")]
    assert list(Likeness(all_of_them).pairs()) == []


def test_free_mail_and_platforms_are_nobody_s_domain() -> None:
    addresses = (
        *("a@gmail.com", "www.facebook.com/casa", "https://casa.wordpress.com", "b@pec.it"),
        *("info@Casa.example", "http://www.casa.example/chi-siamo", "casa", "http://[", ""),
    )
    assert domains_of(addresses) == {"casa.example"}


def test_pairs_are_named_once() -> None:
    rows = [Traits(key, ("Casa delle donne",), 1, "") for key in "abc"]
    pairs = [(key, one.key) for key, one in Likeness(rows).pairs()]
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]


def test_words_of_law_and_links() -> None:
    assert words_of("Associazione A.P.S. delle Donne di S. Vitale") == (
        "associazione",
        "aps",
        "donne",
        "vitale",
    )
    assert words_of("Il") == ("il",)


@given(st.text("ab", max_size=7), st.text("ab", max_size=7), st.integers(0, 2))
def test_distance_is_that_of_letters_wrong_missing_or_exchanged(
    one: str, other: str, most: int
) -> None:
    assert distance(one, other, most) == min(_edits(one, other), most + 1)


def _edits(one: str, other: str) -> int:
    """By the book: optimal string alignment."""
    rows = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same)
            )
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Callable[[str, object], None]:
    return record_property


def test_doubles_planted_with_typing_errors_are_found(told) -> None:
    """Small; the full count is in `tests/proofs/test_duplicates.py`."""
    recall, precision, wrong = measured(planted(2026, size=600, rows=600, doubles=200))
    told("recall", recall)
    told("precision", precision)
    assert min(recall, precision) >= 0.95, (recall, precision, wrong[:10])
