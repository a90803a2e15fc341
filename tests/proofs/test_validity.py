"""10,000 random meetings, evaluated twice without a difference."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from tavolo.tables.regulation.validity import validity
from tests.tables.regulation.oracle import answer, random_case, told

pytestmark = pytest.mark.prove

NUMBER = 10_000


def test_ten_thousand_meetings_agree_with_another_computation(figure: Callable[..., None]) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(NUMBER):
        regulation, sitting, item = random_case(Random(seed))
        found = validity(regulation, sitting, (item,))[0]
        assert (seed, told(found)) == (seed, answer(regulation, sitting, item))
        outcomes[found.outcome] += 1
    figure("meetings that agree", meetings=NUMBER, **outcomes)
    assert len(outcomes) == 6
