"""A table and its groups through the years: every act by the room's actions, and noted by hand beside.

What an action refuses is counted and not noted; anything else that it raises comes through.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import time_machine

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.models import Organisation
from tavolo.tables import actions, queries
from tavolo.tables.choices import DelegateKind
from tavolo.tables.models import Body, Delegate, Seat
from tavolo.tables.rules import ADHERENTS
from tests.factories.minute_book import DAY, Line, MinuteBook, Sending, Sitting
from tests.factories.people import a_person
from tests.factories.registry import an_organisation
from tests.factories.territory import a_municipality, a_province

ACT = "verbale"
ROLES = ("member", "coordinator", "observer", "secretary")
CATEGORIES = ("association", "trade_union", "municipality")
BEGAN = date(2015, 1, 1)
Found = dict[str, Any]


@dataclass(frozen=True)
class Scale:
    """How much is simulated."""

    months: int
    towns: int
    associations: int
    groups: int
    acts_a_month: int


SMALL = Scale(months=14, towns=3, associations=6, groups=1, acts_a_month=4)
WHOLE = Scale(months=120, towns=20, associations=54, groups=5, acts_a_month=4)


@dataclass
class Sittings:
    """`rows` keeps the first row that was read of each seat, as a page that somebody left open does."""

    network: Network
    now: datetime = datetime(2015, 1, 1, 8, tzinfo=UTC)
    book: MinuteBook = field(default_factory=MinuteBook)
    bodies: dict[str, Body] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    uids: dict[object, Any] = field(default_factory=dict)
    rows: dict[object, Seat] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    numbers: Any = field(default_factory=lambda: count(1))

    # Who there is

    def people_this(self, towns: int, associations: int) -> None:
        province = a_province()
        for number in range(towns):
            name = f"Comune {number:03}"
            place = a_municipality(name, province=province, people=None, drawn=False)
            self.organisations[name] = an_organisation(
                self.network, name, "municipality", municipality=place
            )
        for number in range(associations):
            name = f"Gruppo {number:03}"
            self.organisations[name] = an_organisation(self.network, name)
        for number in range(associations):
            self.persons[f"Ada {number:03}"] = a_person("Ada", f"{number:03}")

    def town(self, name: str) -> str:
        place = self.organisations[name].municipality if name in self.organisations else None
        return place.istat_code if place else ""

    # Acts: each is done and noted, or refused

    def found(self, name: str, first: date | None, parent: str = "") -> bool:
        def act() -> Body:
            above = self.bodies.get(parent)
            kind = "thematic_group" if above else "standing_table"
            return actions.found_body(
                network=self.network,
                kind=kind,
                name=name,
                established=first,
                parent=above,
                by=OPERATOR,
            )

        return self._does("found", act, lambda row: self.bodies.update({name: row}))

    def start(self, body: str, first: date) -> bool:
        return self._does(
            "start",
            lambda: actions.start_body(body=self._body(body), on=first, by=OPERATOR),
            lambda _row: None,
        )

    def seat(  # noqa: PLR0917  what a row of the book says, in its order
        self,
        body: str,
        holder: str,
        category: str,
        role: str,
        first: date | None,
        last: date | None = None,
        act: str = ACT,
    ) -> bool:
        who: Found = (
            {"organisation": self.organisations[holder]}
            if holder in self.organisations
            else {"person": self.persons[holder]}
        )

        def noted(row: Seat) -> None:
            said = Sitting(body, holder, category, role, self.town(holder), row.valid_from, last)
            self.book.now.sittings[self._key(row)] = said

        return self._does(
            "seat",
            lambda: actions.add_seat(
                body=self._body(body),
                role=role,
                category=category,
                act=act,
                began=first,
                ended=last,
                by=OPERATOR,
                **who,
            ),
            noted,
        )

    def end(self, key: object, last: date, reason: str, *, stale: bool = False) -> bool:
        return self._does(
            reason,
            lambda: actions.end_seat(
                seat=self._row(key, stale=stale), last=last, reason=reason, act=ACT, by=OPERATOR
            ),
            lambda _row: self.book.ends(key, last),
        )

    def change(self, key: object, role: str, first: date, *, stale: bool = False) -> bool:
        return self._does(
            "role",
            lambda: actions.change_role(
                seat=self._row(key, stale=stale), role=role, began=first, act=ACT, by=OPERATOR
            ),
            lambda row: self.book.takes_role(key, self._key(row), role, first),
        )

    def pass_on(self, key: object, to: str, first: date, *, stale: bool = False) -> bool:
        def noted(row: Seat) -> None:
            before = self.book.now.sittings[key]
            self.book.ends(key, first - DAY)
            if row.uid not in self.uids.values():
                said = Sitting(
                    before.body, to, before.category, before.role, self.town(to), first, None
                )
                self.book.now.sittings[self._key(row)] = said

        return self._does(
            "pass_on",
            lambda: actions.pass_seat_on(
                seat=self._row(key, stale=stale),
                to=self.organisations[to],
                began=first,
                act=ACT,
                by=OPERATOR,
            ),
            noted,
        )

    def correct(
        self, key: object, first: date | None, last: date | None, *, stale: bool = False
    ) -> bool:
        def noted(row: Seat) -> None:
            one = self.book.now.sittings[key]
            one.first, one.last = row.valid_from, last

        return self._does(
            "correct",
            lambda: actions.correct_seat(
                seat=self._row(key, stale=stale), began=first, ended=last, by=OPERATOR
            ),
            noted,
        )

    def withdraw(self, key: object, *, stale: bool = False) -> bool:
        return self._does(
            "withdraw",
            lambda: actions.withdraw_seat(
                seat=self._row(key, stale=stale), reason="mai stata", by=OPERATOR
            ),
            lambda _row: self.book.withdraws(key),
        )

    def send(
        self,
        key: object,
        who: str,
        kind: str,
        first: date | None,
        last: date | None = None,
        *,
        stale: bool = False,
    ) -> bool:
        def noted(row: Delegate) -> None:
            said = Sending(key, who, kind, row.valid_from, last)
            self.book.now.sendings[row.uid] = said

        return self._does(
            "send",
            lambda: actions.name_delegate(
                seat=self._row(key, stale=stale),
                person=self.persons[who],
                kind=kind,
                act=ACT,
                began=first,
                ended=last,
                by=OPERATOR,
            ),
            noted,
        )

    def recall(self, name: object, last: date) -> bool:
        def noted(_row: Delegate) -> None:
            self.book.now.sendings[name].last = last

        def act() -> Delegate:
            one = self.book.now.sendings[name]
            rows = Delegate.objects.known().filter(seat=self.uids[one.seat])
            rows = rows.filter(person=self.persons[one.who], valid_from=one.first)
            return actions.end_delegate(delegate=rows.get(), last=last, by=OPERATOR)

        return self._does("recall", act, noted)

    def close(self, body: str, last: date) -> bool:
        return self._does(
            "close",
            lambda: actions.end_body(body=self._body(body), last=last, act=ACT, by=OPERATOR),
            lambda _row: self.book.ends_all(body, last),
        )

    # What the product answers

    def differing(self, day: date, at: datetime | None = None) -> list[tuple[str, date]]:
        """The bodies whose roster of the day is not what stands in the book of that instant."""
        page = self.book.known(at) if at else self.book.now
        bodies = list(self.bodies.values())
        found = queries.rosters(bodies, on=day, known_at=at, actor=OPERATOR)
        return [
            (name, day)
            for name, body in self.bodies.items()
            if not agrees(found[body.pk], page.lines(name, day))
        ]

    def _does(self, name: str, act: Callable[[], Any], noted: Callable[[Any], None]) -> bool:
        self.now += timedelta(minutes=1)
        with time_machine.travel(self.now, tick=False):
            try:
                row = act()
            except Refusal as refusal:
                self.refused[type(refusal).__name__] += 1
                return False
        noted(row)
        self.done[name] += 1
        self.book.close(self.now)
        return True

    def _key(self, row: Seat) -> object:
        key = next(self.numbers)
        self.uids[key], self.rows[key] = row.uid, row
        return key

    def _row(self, key: object, *, stale: bool) -> Seat:
        if stale:
            return self.rows[key]
        rows = Seat.objects.known().select_related("body__network", "organisation", "person")
        return rows.get(uid=self.uids[key])

    def _body(self, name: str) -> Body:
        return Body.objects.select_related("network").get(pk=self.bodies[name].pk)


def agrees(roster: queries.Roster, lines: list[Line]) -> bool:
    """Line by line, by category and by municipality, each reckoned for itself."""
    told = sorted(
        (
            line.category,
            line.holder,
            line.role,
            line.municipality.istat_code if line.municipality else "",
            tuple(sorted((one.name, one.kind) for one in line.sent if one.delegate)),
        )
        for line in roster.lines
    )
    made_up = [line for line in lines if line[2] in ADHERENTS]
    return (
        told == lines
        and dict(roster.by_category) == dict(Counter(line[0] for line in made_up))
        and dict(roster.by_municipality) == dict(Counter(line[3] for line in made_up))
        and len(roster.adherents) == len(made_up)
    )


def simulated(network: Network, scale: Scale, seed: int) -> Sittings:
    """The years by lot: those of the notice first, then what happens month by month."""
    told = Sittings(network)
    lot = Random(seed)
    with time_machine.travel(told.now, tick=False):
        told.people_this(scale.towns, scale.associations)
    told.found("Tavolo", BEGAN)
    for number in range(scale.groups):
        told.found(f"Gruppo di lavoro {number}", BEGAN + DAY, "Tavolo")
    _answer_the_notice(told)
    for month in range(scale.months):
        for _number in range(scale.acts_a_month):
            _something_happens(told, lot)
        turn = BEGAN.replace(year=BEGAN.year + (month + 1) // 12, month=(month + 1) % 12 + 1)
        told.now = max(told.now, datetime.combine(turn, datetime.min.time(), UTC))
    return told


def _answer_the_notice(told: Sittings) -> None:
    """All associations are admitted by the notice, as of 30 June 2015; nobody knows by then how long."""
    told.now = datetime(2015, 6, 30, 8, tzinfo=UTC)
    for name in told.organisations:
        kind = "municipality" if name.startswith("Comune") else "association"
        if kind == "association":
            told.seat("Tavolo", name, kind, "member", date(2015, 6, 30))


def _something_happens(told: Sittings, lot: Random) -> None:
    """One act, mostly entered soon after its day, at times long after or before it."""
    today = told.now.date()
    told.now += timedelta(days=lot.randint(0, 2), hours=lot.randint(0, 8))
    day = today - timedelta(days=lot.choice((0, 0, 0, 1, 3, 40, 200, -30)))
    keys, sent = list(told.book.now.sittings), list(told.book.now.sendings)
    key, who = lot.choice(keys), lot.choice(list(told.persons))
    stale = lot.random() < 0.1
    act = lot.choices(
        ("seat", "send", "end", "role", "pass_on", "correct", "withdraw", "recall", "close"),
        weights=(30, 30, 8, 6, 5, 6, 2, 8, 1),
    )[0]
    if act == "seat":
        _seat_somebody(told, lot, day)
    elif act == "send":
        kind = lot.choice(list(DelegateKind))
        last = day + timedelta(days=lot.randint(30, 900)) if lot.random() < 0.3 else None
        told.send(key, who, kind, day, last, stale=stale)
    elif act == "end":
        told.end(key, day, lot.choice(("resignation", "forfeiture", "mandate")), stale=stale)
    elif act == "role":
        told.change(key, lot.choice(ROLES), day, stale=stale)
    elif act == "pass_on":
        told.pass_on(key, lot.choice(list(told.organisations)), day, stale=stale)
    elif act == "correct":
        one = told.book.now.sittings[key]
        first = (one.first or BEGAN) + timedelta(days=lot.randint(-60, 60))
        told.correct(key, first, one.last, stale=stale)
    elif act == "withdraw":
        told.withdraw(key, stale=stale)
    elif act == "recall" and sent:
        told.recall(lot.choice(sent), day)
    elif act == "close" and lot.random() < 0.2:
        told.close(lot.choice(list(told.bodies)), day)


def _seat_somebody(told: Sittings, lot: Random, day: date) -> None:
    holder = lot.choice([*told.organisations, *list(told.persons)[:5]])
    last = day + timedelta(days=lot.randint(100, 1500)) if lot.random() < 0.2 else None
    told.seat(
        lot.choice(list(told.bodies)),
        holder,
        "person" if holder in told.persons else lot.choice(CATEGORIES),
        lot.choice(ROLES),
        lot.choice((day, day, day, None)),
        last,
    )


def months(scale: Scale) -> list[date]:
    """The last day of each."""
    firsts = [
        date(BEGAN.year + number // 12, number % 12 + 1, 1) for number in range(1, scale.months + 1)
    ]
    return [first - DAY for first in firsts]


def evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
