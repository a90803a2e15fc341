"""Classes of values: whole, ordered, honest about their bounds, equal values together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.territory.shading import MOST, ValueClass, classes_of


def bounds(values, **how) -> list[tuple[float, float, int]]:
    return [(each.low, each.high, each.count) for each in classes_of(values, **how)]


def test_no_values_make_no_classes():
    assert classes_of([]) == ()


def test_few_different_values_have_a_class_each():
    assert bounds([3, 1, 1, 2]) == [(1, 1, 2), (2, 2, 1), (3, 3, 1)]


def test_many_values_make_quantiles_whose_bounds_occur():
    assert bounds(range(1, 11)) == [(1, 2, 2), (3, 4, 2), (5, 6, 2), (7, 8, 2), (9, 10, 2)]


def test_equal_values_are_never_parted():
    ties = [0] * 90 + list(range(1, 11))

    assert bounds(ties) == [(0, 0, 90), (1, 10, 10)]


def test_values_are_classed_as_they_are_shown():
    """34.4 and 34.6 are 34 and 35 in the table, and so in the key."""
    shown = bounds([10, 20, 34.4, 34.6, 40, 50, 60])

    assert all(low == round(low) and high == round(high) for low, high, _count in shown)
    assert bounds([34.41, 34.44, 1, 2, 3, 4, 5], decimals=1)[-1] == (34.4, 34.4, 2)


@pytest.mark.parametrize("most", [1, 2, 5])
@given(
    values=st.lists(
        st.floats(min_value=-1e9, max_value=1e9, allow_nan=False), min_size=1, max_size=200
    )
)
def test_each_value_lies_in_exactly_one_class(most, values):
    classes = classes_of(values, decimals=2, most=most)

    assert 1 <= len(classes) <= most
    assert sum(each.count for each in classes) == len(values)
    assert all(a.high < b.low for a, b in pairwise(classes))
    for value in values:
        assert sum(round(value, 2) in each for each in classes) == 1


def test_no_more_classes_than_an_eye_tells_apart():
    assert len(classes_of(range(1000))) == MOST


def test_a_class_holds_its_bounds():
    assert 3 in ValueClass(3, 5, 2)
    assert 5 in ValueClass(3, 5, 2)
    assert 5.1 not in ValueClass(3, 5, 2)
