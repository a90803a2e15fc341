"""Random histories of bodies, seats and delegates: refused in words or entered, and every day adds up."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from tavolo.tables.models import Delegate, Seat
from tests.factories.minute_book import Spell, days_of
from tests.factories.people import a_network
from tests.factories.sittings import CATEGORIES, ROLES, Sittings

pytestmark = pytest.mark.django_db

BEGAN = date(2015, 1, 1)
DAYS = st.integers(-20, 60).map(lambda number: BEGAN + timedelta(days=number))
PERHAPS = st.none() | DAYS
LOT = st.integers(0, 999)
STALE = st.sampled_from([False, False, False, True])


class Histories(RuleBasedStateMachine):
    """Acts on few days and few holders, so that they meet; each example is rolled back."""

    world: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        laid = type(self).world
        self.told = Sittings(laid.network)
        self.told.organisations, self.told.persons = laid.organisations, laid.persons

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(first=PERHAPS)
    def a_table(self, first: date | None) -> None:
        assert self.told.found("Tavolo", first)
        self.told.found("Gruppo di lavoro", None, "Tavolo")

    @rule(lot=LOT, category=st.sampled_from(CATEGORIES), role=st.sampled_from(ROLES),
          first=PERHAPS, last=PERHAPS, act=st.sampled_from(["delibera", "delibera", " "]))  # fmt: skip
    def seat(self, **told: Any) -> None:
        holders = [*self.told.organisations, *self.told.persons]
        holder, body = _one(holders, told["lot"]), _one(list(self.told.bodies), told["lot"] // 7)
        self.told.seat(
            *(body, holder, told["category"], told["role"], told["first"], told["last"]),
            act=told["act"],
        )

    @rule(day=DAYS)
    def start(self, day: date) -> None:
        self.told.start("Gruppo di lavoro", day)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, day=DAYS, why=st.sampled_from(["resignation", "forfeiture"]), stale=STALE)
    def end(self, lot: int, day: date, why: str, *, stale: bool) -> None:
        self.told.end(self._key(lot), day, why, stale=stale)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, day=DAYS, role=st.sampled_from(ROLES), stale=STALE)
    def change(self, lot: int, day: date, role: str, *, stale: bool) -> None:
        self.told.change(self._key(lot), role, day, stale=stale)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, day=DAYS, stale=STALE)
    def pass_on(self, lot: int, day: date, *, stale: bool) -> None:
        to = _one(list(self.told.organisations), lot // 7)
        self.told.pass_on(self._key(lot), to, day, stale=stale)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, first=PERHAPS, last=PERHAPS, stale=STALE)
    def correct(self, lot: int, first: date | None, last: date | None, *, stale: bool) -> None:
        self.told.correct(self._key(lot), first, last, stale=stale)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, stale=STALE)
    def withdraw(self, lot: int, *, stale: bool) -> None:
        self.told.withdraw(self._key(lot), stale=stale)

    @precondition(lambda self: self.told.book.now.sittings)
    @rule(lot=LOT, kind=st.sampled_from(["effective", "substitute"]),
          first=PERHAPS, last=PERHAPS, stale=STALE)  # fmt: skip
    def send(self, **told: Any) -> None:
        who = _one(list(self.told.persons), told["lot"] // 7)
        self.told.send(
            *(self._key(told["lot"]), who, told["kind"], told["first"], told["last"]),
            stale=told["stale"],
        )

    @precondition(lambda self: self.told.book.now.sendings)
    @rule(lot=LOT, day=DAYS)
    def recall(self, lot: int, day: date) -> None:
        self.told.recall(_one(list(self.told.book.now.sendings), lot), day)

    @rule(lot=LOT, day=DAYS)
    def close(self, lot: int, day: date) -> None:
        self.told.close(_one(list(self.told.bodies), lot), day)

    def _key(self, lot: int) -> object:
        return _one(list(self.told.book.now.sittings), lot)

    @invariant()
    def counts_add_up_on_every_day(self) -> None:
        days = days_of(self.told.book.now)
        assert [found for day in days[::7] for found in self.told.differing(day)] == []

    @invariant()
    def nothing_holds_without_an_act_or_twice(self) -> None:
        assert not Seat.objects.filter(act="").exists()
        assert not Delegate.objects.filter(act="").exists()
        for one, other in _pairs(list(self.told.book.now.sittings.values())):
            if (one.body, one.holder) == (other.body, other.holder):
                assert not _meet(one, other), (one, other)


def _one(some: list[Any], lot: int) -> Any:
    return some[lot % len(some)]


def _pairs(some: list[Any]) -> list[tuple[Any, Any]]:
    return [(one, other) for number, one in enumerate(some) for other in some[:number]]


def _meet(one: Spell, other: Spell) -> bool:
    first = max(one.first or date.min, other.first or date.min)
    return first <= min(one.last or date.max, other.last or date.max)


def histories(examples: int, steps: int) -> None:
    """So many histories, on organisations and persons that are laid once."""
    Histories.world = Sittings(a_network())
    Histories.world.people_this(towns=1, associations=3)
    run(
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories_add_up_and_are_refused_in_words() -> None:
    histories(examples=8, steps=12)
