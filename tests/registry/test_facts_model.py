"""Facts under any sequence of acts: what stands in the database equals a plain model of it.

The model keeps, for each fact, what was said of it and when; it knows nothing of tables, uids of
rows or queries. Asked for every day and every instant at which something was said, both answer alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions import change_fact, correct_fact, end_fact, enter_fact, withdraw_fact
from tavolo.registry.models import Contact, Organisation
from tests.factories.registry import an_organisation
from tests.registry.conftest import Valley

FIRST_DAY = date(2020, 1, 1)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(12)]
START = datetime(2026, 1, 1, tzinfo=UTC)

Said = tuple[str, date | None, date | None]


@dataclass
class Remembered:
    """One fact: what was said of it from which instant on; None once it was withdrawn."""

    told: list[tuple[datetime, Said | None]] = field(default_factory=list)

    def at(self, instant: datetime) -> Said | None:
        said = [what for when, what in self.told if when <= instant]
        return said[-1] if said else None

    @property
    def now(self) -> Said | None:
        return self.told[-1][1]


@dataclass
class Plain:
    """The model: facts in the order in which they were entered."""

    facts: list[Remembered] = field(default_factory=list)

    def enter(self, at: datetime, said: Said) -> None:
        self.facts.append(Remembered([(at, said)]))

    def say(self, number: int, at: datetime, said: Said | None) -> None:
        self.facts[number].told.append((at, said))

    def change(self, number: int, at: datetime, day: date, value: str) -> None:
        old = self.facts[number].now
        assert old is not None
        self.say(number, at, (old[0], old[1], day))
        self.enter(at, (value, day, old[2]))

    def on(self, day: date, instant: datetime) -> list[str]:
        found = [fact.at(instant) for fact in self.facts]
        return sorted(said[0] for said in found if said and _holds(said, day))


def _holds(said: Said, day: date) -> bool:
    _value, first, end = said
    return (first is None or first <= day) and (end is None or day < end)


@contextmanager
def ticking(number: int) -> Iterator[datetime]:
    at = START + timedelta(minutes=number)
    with patch.object(clock, "now", return_value=at):
        yield at


@dataclass
class Both:
    """The organisation in the database and the model beside it; one act is done to both."""

    organisation: Organisation
    plain: Plain = field(default_factory=Plain)
    rows: list[Contact] = field(default_factory=list)
    acts: int = 0

    def enter(self, first: date | None, last: date | None) -> None:
        if first and last and last < first:
            return
        self.acts += 1
        value = f"0583 {self.acts}"
        with ticking(self.acts) as at:
            fact = Contact(
                organisation=self.organisation,
                channel="phone",
                value=value,
                began=_partial(first),
                ended=_partial(last),
            )
            self.rows.append(enter_fact(fact=fact, by=OPERATOR))
            self.plain.enter(at, (value, first, last and last + timedelta(days=1)))

    def change(self, number: int, day: date) -> None:
        _value, first, end = self._said(number)
        if (first and day <= first) or (end and end <= day):
            return
        value = f"0583 {self.acts}"
        with ticking(self.acts) as at:
            old = self.rows[number]
            new = change_fact(
                fact=old, since=PartialDate.of(day), values={"value": value}, by=OPERATOR
            )
            self.rows[number] = Contact.objects.known().get(uid=old.uid)
            self.rows.append(new)
            self.plain.change(number, at, day, value)

    def correct(self, number: int, first: date | None) -> None:
        _value, _first, end = self._said(number)
        if first and end and end <= first:
            return
        value = f"0583 {self.acts}"
        with ticking(self.acts) as at:
            self.rows[number] = correct_fact(
                fact=self.rows[number],
                values={"value": value, "began": _partial(first)},
                by=OPERATOR,
            )
            self.plain.say(number, at, (value, first, end))

    def end(self, number: int, last: date) -> None:
        value, first, end = self._said(number)
        if end or (first and last < first):
            return
        with ticking(self.acts) as at:
            self.rows[number] = end_fact(
                fact=self.rows[number], last=PartialDate.of(last), by=OPERATOR
            )
            self.plain.say(number, at, (value, first, last + timedelta(days=1)))

    def withdraw(self, number: int) -> None:
        with ticking(self.acts) as at:
            withdraw_fact(fact=self.rows[number], reason="mai", by=OPERATOR)
            self.plain.say(number, at, None)

    def living(self) -> list[int]:
        return [number for number, fact in enumerate(self.plain.facts) if fact.now is not None]

    def _said(self, number: int) -> Said:
        self.acts += 1
        said = self.plain.facts[number].now
        assert said is not None
        return said


def _partial(day: date | None) -> PartialDate | None:
    return PartialDate.of(day) if day else None


def read(organisation: Organisation, day: date, instant: datetime) -> list[str]:
    rows = Contact.objects.on(day, known_at=instant).filter(organisation=organisation)
    return sorted(rows.values_list("value", flat=True))


perhaps = st.one_of(st.none(), st.sampled_from(DAYS))


@settings(
    # Each example is a handful of acts, read on every day and instant.
    max_examples=12 if settings().max_examples == 100 else settings().max_examples // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_tables_answer_as_a_plain_model_does_for_every_day_and_instant(
    valley: Valley, data: Any
) -> None:
    both = Both(an_organisation(valley.network))
    for _step in range(data.draw(st.integers(1, 9), label="acts")):
        living = both.living()
        kinds = ["enter", "change", "correct", "end", "withdraw"] if living else ["enter"]
        kind = data.draw(st.sampled_from(kinds), label="act")
        if kind == "enter":
            both.enter(data.draw(perhaps), data.draw(perhaps))
            continue
        number = data.draw(st.sampled_from(living), label="fact")
        if kind == "withdraw":
            both.acts += 1
            both.withdraw(number)
        elif kind == "correct":
            both.correct(number, data.draw(perhaps))
        elif kind == "end":
            both.end(number, data.draw(st.sampled_from(DAYS)))
        else:
            both.change(number, data.draw(st.sampled_from(DAYS)))
    instants = [START + timedelta(minutes=number) for number in range(both.acts + 2)]
    for day in DAYS:
        for instant in instants:
            assert read(both.organisation, day, instant) == both.plain.on(day, instant)


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_at_the_instant_of_a_correction_the_new_is_known(valley: Valley, offset: int) -> None:
    both = Both(an_organisation(valley.network))
    both.enter(None, None)
    both.correct(0, None)
    instant = START + timedelta(minutes=2, microseconds=offset)
    assert read(both.organisation, FIRST_DAY, instant) == ["0583 1" if offset < 0 else "0583 2"]
