"""Points of commissioners: means, what is owed, places."""

from decimal import Decimal
from uuid import UUID

import pytest

from tavolo.tables.checking.scoring import Criterion, Point, ranked, total, within_most

ONE, TWO = UUID(int=1), UUID(int=2)
AIM, REPORT = Criterion("aim", "Scopo", Decimal(10)), Criterion("report", "Relazione", Decimal(5))


def test_means_add_up_and_what_is_owed_is_named() -> None:
    given = [
        Point("aim", ONE, Decimal(9)),
        Point("aim", TWO, Decimal(8)),
        Point("report", ONE, Decimal("2.5")),
    ]
    found = total([AIM, REPORT], [ONE, TWO], given)
    assert found.points == Decimal("11.0")
    assert found.by_criterion == {"aim": Decimal("8.5"), "report": Decimal("2.5")}
    assert (found.lacking, found.complete) == ({("report", TWO)}, False)
    assert total([AIM], [ONE, TWO], given).complete


@pytest.mark.parametrize(
    ("points", "fits"),
    [
        ("0", True), ("10", True), ("9.99", True), ("9.995", False), ("10.01", False), ("-1", False),
        ("NaN", False), ("Infinity", False), ("1e40", False), ("1e-40", False),
    ],
)  # fmt: skip
def test_points_from_nothing_to_the_maximum(points: str, fits: bool) -> None:
    assert within_most(AIM, Decimal(points)) is fits


def test_equal_points_share_a_place() -> None:
    three = UUID(int=3)
    points = {ONE: Decimal(5), TWO: Decimal(7), three: Decimal(5)}
    assert ranked(points) == [(1, TWO), (2, ONE), (2, three)]
