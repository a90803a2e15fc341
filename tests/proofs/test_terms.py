"""Must-show 1 whole: 10,000 random terms of three years, both clock changes among them."""

from collections.abc import Callable

import pytest

from tests.kernel.terms.oracle import agreeing

pytestmark = pytest.mark.prove

NUMBER = 10_000


def test_ten_thousand_terms_agree_with_another_computation(figure: Callable[..., None]) -> None:
    kinds, changes = agreeing(NUMBER, seed=2026)
    figure("terms that agree", terms=NUMBER, kinds=kinds, end_on_a_clock_change=changes)
    assert (kinds, changes >= NUMBER // 25) == (18, True)
