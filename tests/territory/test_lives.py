"""Which periods are one municipality: each clause of the rule, and what must hold whatever comes."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tavolo.territory.lives import Bearing, joined, lives_of
from tests.territory.histories import spell

DAY = date(1974, 1, 1)


def told(spells, **more):
    """Each life as its codes, names and years."""
    return [
        [(s.code, s.name, s.begins.year, s.ends and s.ends.year) for s in life.spells]
        for life in lives_of(spells, **more)
    ]


def test_another_name_under_the_same_code_is_the_same_municipality():
    old, new = spell("046001", "MONTE", 1861, 1930), spell("046001", "MONTE TERME", 1930)

    assert told([new, old]) == [
        [("046001", "MONTE", 1861, 1930), ("046001", "MONTE TERME", 1930, None)]
    ]


def test_the_same_name_under_another_code_is_the_same_municipality():
    old, new = spell("045001", "MONTE", 1861, 1923), spell("046001", "MONTE", 1923)

    assert len(lives_of([old, new])) == 1


def test_the_same_name_under_another_code_later_is_not():
    old, new = spell("045001", "MONTE", 1861, 1923), spell("046001", "MONTE", 1947)

    assert len(lives_of([old, new])) == 2


def test_two_of_one_name_on_one_day_are_nobody_else():
    spells = [
        spell("045001", "SAN MARTINO", 1861, 1923),
        spell("045002", "SAN MARTINO", 1861, 1923),
        spell("046001", "SAN MARTINO", 1923),
        spell("046002", "SAN MARTINO", 1923),
    ]

    assert len(lives_of(spells)) == 4


def test_a_code_given_to_another_is_two_municipalities():
    """Sardinia 1974: Assemini went on under 092003, Cagliari came under Assemini's code."""
    spells = [
        spell("092009", "ASSEMINI", 1861, 1974),
        spell("092003", "ASSEMINI", 1974),
        spell("092026", "CAGLIARI", 1861, 1974),
        spell("092009", "CAGLIARI", 1974),
    ]

    assert told(spells) == [
        [("092009", "ASSEMINI", 1861, 1974), ("092003", "ASSEMINI", 1974, None)],
        [("092026", "CAGLIARI", 1861, 1974), ("092009", "CAGLIARI", 1974, None)],
    ]


def test_a_code_that_comes_again_is_its_municipality_founded_anew():
    spells = [spell("046001", "VILLA", 1861, 1928), spell("046001", "VILLA NUOVA", 1947)]

    assert len(lives_of(spells)) == 1


def test_also_where_it_had_gone_on_under_another_code_and_ended_there():
    spells = [
        spell("001015", "BAIRO", 1861, 1927),
        spell("007811", "BAIRO", 1927, 1929),
        spell("001015", "BAIRO", 1955),
    ]

    assert len(lives_of(spells)) == 1


def test_not_where_its_first_bearer_still_lives_or_the_other_came_from_elsewhere():
    lives_on = [
        spell("092104", "SANTADI", 1861, 1974),
        spell("092060", "SANTADI", 1974),
        spell("092104", "VILLAPERUCCIO", 1979),
    ]
    came = [
        spell("092111", "SAN VITO", 1861, 1950),
        spell("091021", "ESCOLCA", 1927, 2006),
        spell("092111", "ESCOLCA", 2006),
    ]

    assert len(lives_of(lives_on)) == len(lives_of(came)) == 2


def test_who_was_suppressed_does_not_go_on_under_the_same_name():
    """Sovizzo 2024: a new municipality of that name, made of the old one and another."""
    spells = [spell("024103", "SOVIZZO", 1866, 2024), spell("024128", "SOVIZZO", 2024)]

    assert len(lives_of(spells)) == 1
    assert len(lives_of(spells, suppressed={("024103", date(2024, 1, 1))})) == 2


def test_a_life_is_of_the_municipality_that_is_known_to_have_borne_its_code():
    spells = [
        spell("092009", "ASSEMINI", 1861, 1974),
        spell("092003", "ASSEMINI", 1974),
        spell("092009", "CAGLIARI", 1974),
    ]
    now = [Bearing(7, "092009", None), Bearing(8, "092003", None)]
    then = [Bearing(9, "092009", DAY)]

    assert [life.owner for life in lives_of(spells, known=now)] == [8, 7]
    assert [life.owner for life in lives_of(spells, known=then)] == [9, None]


def test_what_is_known_to_be_two_stays_two():
    spells = [spell("046001", "MONTE", 1861, 1930), spell("046001", "MONTE TERME", 1930)]
    known = [Bearing(1, "046001", date(1930, 1, 1)), Bearing(2, "046001", None)]

    assert [life.owner for life in lives_of(spells, known=known)] == [1, 2]


def test_neighbours_that_agree_are_one():
    whole = [spell("046001", "MONTE", 1861, 1948), spell("046001", "MONTE", 1948)]
    apart = [spell("046001", "MONTE", 1861, 1927), spell("046001", "MONTE", 1947)]

    assert joined(whole, "code", "name") == [spell("046001", "MONTE", 1861)]
    assert joined(apart, "code", "name") == apart


@st.composite
def histories(draw):
    """Codes each borne by one at a time, under few names, so that everything happens."""
    spells = []
    for code in draw(st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True, min_size=1)):
        years = sorted(draw(st.lists(st.integers(1900, 1912), unique=True, min_size=2, max_size=7)))
        for begins, ends in pairwise(years):
            if draw(st.booleans()):
                spells.append(spell(code, draw(st.sampled_from("ABC")), begins, ends))
    return spells


@given(histories(), st.randoms(use_true_random=False))
def test_lives_hold_each_spell_once_and_never_two_at_a_time(spells, random):
    mixed = list(spells)
    random.shuffle(mixed)

    lives = lives_of(mixed)

    held = sorted(s for life in lives for s in life.spells)
    assert held == sorted(spells)
    assert lives == lives_of(spells)
    for life in lives:
        for old, new in pairwise(life.spells):
            assert old.ends is not None
            assert old.ends <= new.begins


@given(histories())
def test_a_life_told_again_is_the_same_life(spells):
    """What was entered from a history is found again by its codes, each as it was."""
    first = lives_of(spells)
    known = [
        Bearing(number, period.code, period.ends)
        for number, life in enumerate(first)
        for period in joined(life.spells, "code", "name")
    ]

    again = lives_of(spells, known=known)

    assert [(life.spells, life.owner) for life in again] == [
        (life.spells, number) for number, life in enumerate(first)
    ]
