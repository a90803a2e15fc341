"""Must-show 2 whole: ten simulated years, every month, as it is known now and as it was known then."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import connection

from tavolo.registry.models import Delegation, OfficeHolding, Representation
from tests.factories import speaking
from tests.factories.registry import a_founded_network
from tests.factories.ten_years import WHOLE, Simulation, simulated

pytestmark = pytest.mark.prove

SEED, PAIRS = 2026, 200


@pytest.fixture
def told(db: None) -> Simulation:
    return simulated(a_founded_network(), WHOLE, seed=SEED)


def test_who_spoke_for_whom_in_ten_years(told: Simulation, figure: Callable[..., None]) -> None:
    days = speaking.months(told)
    now = [name for day in days for name in speaking.differing(told, told.log.now, day, None)]
    pairs = [(day, speaking.evening(day)) for day in days]
    then = speaking.differing_at(told, pairs)
    at_random = speaking.pairs(told, Random(SEED), PAIRS)
    other = speaking.differing_at(told, at_random)
    rows = sum(model.objects.count() for model in (OfficeHolding, Delegation, Representation))
    figure(
        "who spoke for whom",
        database=connection.vendor,
        years=WHOLE.years,
        organisations=len(told.organisations),
        persons=len(told.persons),
        acts=told.acts,
        rows=rows,
        months=len(days),
        days_and_instants=len(pairs) + len(at_random),
        compared=len(told.organisations) * (len(days) + len(pairs) + len(at_random)),
        differing=len(now) + len(then) + len(other),
    )
    assert (now, then, other) == ([], [], [])
    assert len(days) == 12 * WHOLE.years
