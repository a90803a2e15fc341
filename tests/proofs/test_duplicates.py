"""Must-show 3 whole: 5,000 rows against 5,000 organisations, a fifth of them doubles with typing errors."""

from collections.abc import Callable

import pytest

from tests.registry.likenesses import measured, planted

pytestmark = pytest.mark.prove

SIZE, DOUBLES = 5_000, 1_000


@pytest.mark.parametrize("seed", [1, 2, 2026])
def test_planted_doubles_are_found(seed: int, figure: Callable[..., None]) -> None:
    recall, precision, wrong = measured(planted(seed, size=SIZE, rows=SIZE, doubles=DOUBLES))
    figure(
        "probable duplicates",
        seed=seed,
        rows=SIZE,
        doubles=DOUBLES,
        recall=round(recall, 4),
        precision=round(precision, 4),
        wrong=len(wrong),
    )
    assert min(recall, precision) >= 0.95, (recall, precision, wrong[:10])
