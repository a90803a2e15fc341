"""A world whose stories are entered through the actions, each on its instant, and noted beside.

A story tells when the next thing is entered: mostly soon after its day, at times months later.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import time_machine

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.people.actions import add_person
from tavolo.people.models import Person
from tavolo.registry.actions import (
    add_organisation,
    admit_organisation,
    change_fact,
    correct_fact,
    end_all_offices,
    end_fact,
    end_participation,
    enter_fact,
    merge_organisations,
    withdraw_fact,
)
from tavolo.registry.choices import EndReason, SuccessionManner
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationSuccession,
    Participation,
    Representation,
)
from tests.factories.notebook import DAY, Log, Span

MODELS: dict[str, type[Any]] = {
    "office": OfficeHolding,
    "delegation": Delegation,
    "representation": Representation,
}
Story = Iterator[date]


@dataclass(frozen=True)
class Scale:
    """How much is simulated; the first day of it, and the day after the last."""

    years: int
    municipalities: int
    associations: int
    town_mergers: int
    association_mergers: int
    twice: int
    first: date = date(2014, 1, 1)

    @property
    def end(self) -> date:
        return self.first.replace(year=self.first.year + self.years)


@dataclass
class World(ABC):
    """The world by lot: what it did through the actions stands in `log`, too."""

    network: Network
    scale: Scale
    random: Random
    log: Log = field(default_factory=Log)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    uids: dict[object, UUID] = field(default_factory=dict)
    governed: set[str] = field(default_factory=set)
    acts: dict[str, int] = field(default_factory=dict)
    heap: list[tuple[datetime, int, Story]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    now: datetime = datetime(2014, 1, 1, tzinfo=UTC)

    @abstractmethod
    def tell_of_all(self) -> None:
        """Begin the stories (`begin`)."""

    # The clock

    def run(self) -> None:
        """Tell all stories, in the order in which things are entered."""
        self.tell_of_all()
        with time_machine.travel(self.now, tick=False) as clock:
            while self.heap:
                self.now, _number, story = heappop(self.heap)
                clock.move_to(self.now)
                self._go_on(story)

    def _go_on(self, story: Story) -> None:
        day = next(story, None)
        if day is not None and day < self.scale.end:
            entered = datetime.combine(day + self._lag(), time(8), UTC)
            # What is entered late delays what the same desk enters after it.
            at = max(entered, self.now) + timedelta(minutes=1)
            heappush(self.heap, (at, next(self.numbers), story))

    def _lag(self) -> timedelta:
        late = self.random.random() < 0.12
        return timedelta(days=self.random.randint(20, 240) if late else self.random.randint(0, 4))

    def begin(self, story: Story) -> None:
        heappush(
            self.heap,
            (
                datetime.combine(self.scale.first, time(6), UTC)
                + timedelta(seconds=len(self.heap)),
                next(self.numbers),
                story,
            ),
        )

    # What is written, by an action and in the notebook

    def enter(
        self,
        what: str,
        org: str,
        who: str,
        name: str,
        first: PartialDate | None,
        *,
        last: PartialDate | None = None,
        on: object = None,
        network: bool = False,
    ) -> object:
        """Enter something that somebody is; gives the key under which it is noted."""
        key = next(self.numbers)
        values: dict[str, Any] = {
            "office": {"title": name, "form": "feminine"},
            "delegation": {"theme": name, "holding": self.uids.get(on)},
            "representation": {"capacity": name, "network": self.network if network else None},
        }[what]
        fact = MODELS[what](
            organisation=self.organisations[org],
            person=self._person(who),
            began=first,
            ended=last,
            **values,
        )
        self.uids[key] = enter_fact(fact=fact, by=OPERATOR).uid
        days = (first.first_day() if first else None, last.last_day() if last else None)
        span = Span(what, org, who, name, *days, on=on, network=network)
        if on is not None:
            span.first = span.first or self.log.now.spans[on].first
        self._noted("enter", key, span)
        return key

    def finish(self, key: object, last: PartialDate) -> None:
        end_fact(fact=self._row(key), last=last, by=OPERATOR, end_reason=EndReason.RESIGNATION)
        self._noted("end", key, _last_day(last))

    def finish_all(self, org: str, last: date, reason: str = EndReason.ELECTION) -> None:
        held = self.log.now.spans
        if not any(held[key].holds(last) for key in self.open(org, "office")):
            return
        end_all_offices(
            organisation=self.organisations[org],
            last=PartialDate.of(last),
            act=f"Verbale {last}",
            reason=reason,
            by=OPERATOR,
        )
        self._noted("end_all", org, last)

    def change(self, key: object, since: date, **values: str) -> object:
        """Otherwise from a day: another person, or another office; gives the key of the new one."""
        new = next(self.numbers)
        told = {
            {"who": "person", "name": "title"}[name]: self._person(value)
            if name == "who"
            else value
            for name, value in values.items()
        }
        row = change_fact(
            fact=self._row(key), since=PartialDate.of(since), values=told, by=OPERATOR
        )
        self.uids[new] = row.uid
        self._noted("change", key, new, since, **values)
        return new

    def correct(self, key: object, **values: Any) -> None:
        """It was wrong: another person, or another first day."""
        told: dict[str, Any] = {}
        if "who" in values:
            told["person"] = self._person(values["who"])
        if "first" in values:
            told["began"] = PartialDate.of(values["first"])
        correct_fact(fact=self._row(key), values=told, by=OPERATOR)
        self._noted("correct", key, **values)

    def withdraw(self, key: object) -> None:
        withdraw_fact(fact=self._row(key), reason="mai stato", by=OPERATOR)
        self._noted("withdraw", key)

    def merge(self, org: str, into: str) -> None:
        merge_organisations(
            organisation=self.organisations[org],
            into=self.organisations[into],
            reason="la stessa",
            by=OPERATOR,
        )
        self._noted("merge", org, into)

    def succeed(self, org: str, by: str, day: date) -> None:
        """An organisation takes the place of another, which takes part no longer."""
        before = self.organisations[org]
        succession = OrganisationSuccession(
            organisation=before,
            successor=self.organisations[by],
            manner=SuccessionManner.MERGER,
            began=PartialDate.of(day),
        )
        enter_fact(fact=succession, by=OPERATOR)
        taking_part = Participation.objects.get(organisation=before, valid_until=None)
        end_participation(participation=taking_part, last_day=day - DAY, by=OPERATOR)
        self.acts["succeed"] = self.acts.get("succeed", 0) + 1

    def organisation(self, name: str, kind: str, *, takes_part: bool = True) -> str:
        row = add_organisation(steward=self.network, name=name, kind=kind, by=OPERATOR)
        if takes_part:
            since = self.scale.first
            admit_organisation(network=self.network, organisation=row, since=since, by=OPERATOR)
        self.organisations[name] = row
        return name

    def somebody(self) -> str:
        """A new person, by a name that nobody else has."""
        return f"Persona {next(self.numbers):06}"

    def open(self, org: str, what: str, name: str = "") -> list[object]:
        """The keys of what is held there without an end, as it stands in the notebook."""
        return [
            key
            for key, one in self.log.now.spans.items()
            if (one.org, one.what, one.last) == (org, what, None) and name in ("", one.name)
            if key in self.uids
        ]

    def _noted(self, act: str, *told: Any, **values: Any) -> None:
        self.acts[act] = self.acts.get(act, 0) + 1
        self.log.write(self.now, act, *told, **values)

    def _row(self, key: object) -> Any:
        rows = MODELS[self.log.now.spans[key].what].objects.known()
        return rows.select_related("organisation__steward", "person").get(uid=self.uids[key])

    def _person(self, name: str) -> Person:
        if name not in self.persons:
            given, _blank, family = name.partition(" ")
            self.persons[name] = add_person(given_name=given, family_name=family, by=OPERATOR)
        return self.persons[name]


def _last_day(last: PartialDate) -> date:
    day = last.last_day()
    assert day is not None
    return day
