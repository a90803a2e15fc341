"""Must-show 3 whole: ten simulated years of a table and its groups, every month, as known now and then."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from tavolo.tables import queries
from tavolo.tables.models import Delegate, Seat
from tests.factories.people import a_network
from tests.factories.sittings import WHOLE, Sittings, evening, months, simulated

pytestmark = pytest.mark.prove

SEED = 2026


@pytest.fixture
def told(db: None) -> Sittings:
    return simulated(a_network(), WHOLE, seed=SEED)


def test_who_sat_where_in_ten_years(told: Sittings, figure: Callable[..., None]) -> None:
    days = months(WHOLE)
    now = [one for day in days for one in told.differing(day)]
    then = [one for day in days for one in told.differing(day, evening(day))]
    notice = date(2015, 6, 30)
    asked = queries.roster(
        told.bodies["Tavolo"], on=notice, known_at=evening(notice), category="association"
    )
    figure(
        "who sat where",
        database=connection.vendor,
        months=len(days),
        bodies=len(told.bodies),
        done=dict(told.done),
        refused=dict(told.refused),
        rows=Seat.objects.count() + Delegate.objects.count(),
        compared=2 * len(days) * len(told.bodies),
        differing=len(now) + len(then),
    )
    assert (now, then, asked.count) == ([], [], WHOLE.associations)
    assert len(days) == WHOLE.months
