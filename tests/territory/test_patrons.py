"""Patron saints: who enters them, since when, and which days are holidays there."""

from datetime import date

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network
from tavolo.kernel.terms import ITALY, Rule, ends
from tavolo.territory.actions import place_network, set_patron
from tavolo.territory.errors import (
    EndsBeforeItBegins,
    NoSuchDay,
    NotInTerritory,
    SaintMissing,
    SourceMissing,
)
from tavolo.territory.models import Municipality, PatronSaint
from tavolo.territory.queries import holidays_of, patrons_in
from tests.factories.registry import a_founded_network
from tests.factories.territory import a_municipality

pytestmark = pytest.mark.django_db

AMBROGIO = {"month": 12, "day": 7, "name": "Sant’Ambrogio", "source": "Statuto"}


def entered(town: Municipality, **changes: object) -> PatronSaint:
    return set_patron(municipality=town, by=OPERATOR, **{**AMBROGIO, **changes})  # type: ignore[arg-type]


def secretary_of(network: Network) -> Actor:
    role = Role("network_secretary", network.uid)
    return Actor(network.uid, roles=frozenset({role}))


def test_a_patron_saint_is_a_holiday_of_its_town_alone() -> None:
    town = a_municipality("Mira")
    other = a_municipality("Dolo", province=town.province)
    entered(town)
    day = date(2026, 12, 7)
    assert day in holidays_of(town, [2026])
    assert day not in holidays_of(other, [2026])
    rule = Rule(10, roll_over=True)
    last = [
        ends(rule, date(2026, 11, 27), holidays=each).last_day
        for each in (ITALY, holidays_of(town, [2026]))
    ]
    assert last == [date(2026, 12, 7), date(2026, 12, 9)]


def test_what_was_wrong_is_put_right_and_what_changed_begins() -> None:
    town = a_municipality("Mira")
    entered(town, day=8)
    entered(town)
    entered(town, month=10, day=4, name="San Petronio", since=date(2026, 1, 1))
    rows = PatronSaint.objects.order_by("id").values_list(
        "month", "day", "valid_from", "valid_until"
    )
    assert list(rows) == [(12, 7, None, date(2026, 1, 1)), (10, 4, date(2026, 1, 1), None)]
    days = [date(2025, 12, 7), date(2025, 10, 3), date(2026, 12, 7), date(2027, 10, 4)]
    held = holidays_of(town, range(2025, 2028))
    assert [day in held for day in days] == [True, False, False, True]
    assert date(2027, 12, 7) not in holidays_of(town, [2027])
    assert (
        holidays_of(town, [2024]).days
        == ITALY.and_patron(12, 7, source="Statuto", valid_until=date(2026, 1, 1)).days
    )
    assert holidays_of(town, []) == ITALY


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"month": 2, "day": 30}, NoSuchDay),
        ({"month": 13}, NoSuchDay),
        ({"name": "  "}, SaintMissing),
        ({"source": ""}, SourceMissing),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], refusal: type[Exception]) -> None:
    town = a_municipality("Mira")
    with pytest.raises(refusal):
        entered(town, **changes)
    assert not PatronSaint.objects.exists()


def test_one_does_not_begin_before_the_other() -> None:
    town = a_municipality("Mira")
    entered(town, since=date(2026, 1, 1))
    with pytest.raises(EndsBeforeItBegins):
        entered(town, since=date(2025, 1, 1))


def test_a_secretariat_enters_those_of_its_territory() -> None:
    town, network = a_municipality("Mira"), a_founded_network()
    other = a_municipality("Dolo", province=town.province)
    place_network(network=network, municipality=town, by=OPERATOR)
    by = secretary_of(network)
    set_patron(municipality=town, network=network, by=by, **AMBROGIO)  # type: ignore[arg-type]
    with pytest.raises(NotInTerritory):
        set_patron(municipality=other, network=network, by=by, **AMBROGIO)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        set_patron(municipality=town, by=by, **AMBROGIO)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        set_patron(municipality=town, network=network, by=ANONYMOUS, **AMBROGIO)  # type: ignore[arg-type]
    entered(other)
    assert [row.municipality.name for row in patrons_in(network, on=date(2026, 11, 22))] == ["Mira"]
