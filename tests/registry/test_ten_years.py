"""Must-show 2, small: two simulated years, each month as it is known now and as it was known then."""

from random import Random

import pytest

from tavolo.registry.models import Delegation, OfficeHolding, Representation
from tests.factories import speaking
from tests.factories.ten_years import SMALL, Simulation, simulated
from tests.registry.conftest import Valley


@pytest.fixture
def told(valley: Valley) -> Simulation:
    return simulated(valley.network, SMALL, seed=2026)


def test_two_years_are_as_they_were_recorded(told: Simulation) -> None:
    days = speaking.months(told)
    assert len(days) == 24
    assert [speaking.differing(told, told.log.now, day, None) for day in days] == [[]] * len(days)
    pairs = [(day, speaking.evening(day)) for day in days]
    assert speaking.differing_at(told, pairs) == []
    assert speaking.differing_at(told, speaking.pairs(told, Random(1), 30)) == []


def test_the_simulation_does_everything(told: Simulation) -> None:
    """What is never simulated is never proved."""
    assert {"enter", "end", "end_all", "change", "correct", "withdraw", "merge", "succeed"} <= {
        *told.acts
    }
    for model in (OfficeHolding, Delegation, Representation):
        assert model.objects.filter(superseded_at__isnull=False).exists()
