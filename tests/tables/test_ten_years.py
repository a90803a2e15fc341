"""Simulated years, small: each month's roster as it is known now and as it was known then."""

from datetime import date

import pytest

from tavolo.tables import queries
from tests.factories.people import a_network
from tests.factories.sittings import SMALL, Sittings, evening, months, simulated

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Sittings:
    return simulated(a_network(), SMALL, seed=2026)


def test_every_month_is_as_it_was_recorded(told: Sittings) -> None:
    days = months(SMALL)
    assert len(days) == SMALL.months
    assert [told.differing(day) for day in days] == [[]] * len(days)
    assert [told.differing(day, evening(day)) for day in days] == [[]] * len(days)
    assert told.differing(days[0], evening(days[-1])) == []


def test_who_answered_the_notice_is_an_answer(told: Sittings) -> None:
    day = date(2015, 6, 30)
    table = told.bodies["Tavolo"]
    asked = queries.roster(table, on=day, known_at=evening(day), category="association")
    assert (asked.count, asked.by_category) == (6, {"association": 6})


def test_the_simulation_does_everything(told: Sittings) -> None:
    """What is never simulated is never proved."""
    acts = {"found", "seat", "send", "resignation", "role", "correct", "recall"}
    assert acts - set(told.done) == set()
    assert told.refused
