"""A body's rules: adopted by an act from a day, corrected beside what was written, known on any day."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.registry.errors import AlreadySuperseded, ReasonMissing
from tavolo.tables.actions import adopt_regulation, correct_regulation
from tavolo.tables.errors import BodyHasEnded, RegulationActMissing, RegulationThere
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.queries.regulations import (
    regulation_by_uid,
    regulation_of,
    regulations_of,
    sitters_of,
)
from tavolo.tables.queries.roster import roster
from tavolo.tables.regulation.sitting import Presence, Sitting
from tavolo.tables.regulation.validity import Attendance, attendance
from tests.factories.people import a_network, a_person, secretary_of
from tests.factories.registry import acting, an_organisation
from tests.factories.regulations import ruled
from tests.factories.tables import a_body, a_seat

pytestmark = pytest.mark.django_db

OLD, NEW = ruled(), ruled(quorum__second=None)


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, since="2015-06-01")


def adopted(body: Body, since: date, regulation: Any = OLD, **more: Any) -> BodyRegulation:
    told = {"act": f"delibera del {since}", "by": OPERATOR, **more}
    return adopt_regulation(body=body, regulation=regulation, since=since, **told)


def periods(body: Body) -> list[tuple[date | None, date | None]]:
    return [(row.valid_from, row.valid_until) for row in regulations_of(body)]


def test_a_regulation_holds_from_its_day_and_is_written_down(body: Body) -> None:
    row = adopted(body, date(2015, 6, 30), sources={"quorum.first": "art. 7"}, preset="milano")
    before, on = (regulation_of(body, on=date(2015, 6, day)) for day in (29, 30))
    assert (before, on) == (None, row)
    assert (row.regulation, row.sources, row.preset) == (OLD, {"quorum.first": "art. 7"}, "milano")
    assert Entry.objects.filter(action="tables.regulation_adopted").count() == 1
    assert AnnouncedFact.objects.filter(key="tables.RegulationAdopted").count() == 1


def test_the_next_one_ends_the_one_before(body: Body) -> None:
    adopted(body, date(2015, 6, 30))
    adopted(body, date(2020, 1, 1), NEW)
    assert periods(body) == [
        (date(2020, 1, 1), None),
        (date(2015, 6, 30), date(2020, 1, 1)),
    ]
    in_force = [regulation_of(body, on=date(2019 + year, 12, 31)) for year in (0, 1)]
    assert [row and row.regulation for row in in_force] == [OLD, NEW]


def test_one_that_is_entered_later_holds_until_the_one_that_follows(body: Body) -> None:
    adopted(body, date(2020, 1, 1), NEW)
    adopted(body, date(2016, 1, 1))
    assert periods(body) == [
        (date(2020, 1, 1), None),
        (date(2016, 1, 1), date(2020, 1, 1)),
    ]


def test_what_was_known_before_stays_known(body: Body) -> None:
    with time_machine.travel("2021-01-01T12:00:00Z", tick=False):
        row = adopted(body, date(2015, 6, 30))
    with time_machine.travel("2022-01-01T12:00:00Z", tick=False):
        correct_regulation(
            adopted=row, regulation=NEW, act=row.act, reason="art. 8 letto male", by=OPERATOR
        )
    then = clock.now().replace(year=2021, month=6, day=1)
    day = date(2016, 1, 1)
    known = [regulation_of(body, on=day, known_at=at) for at in (then, None)]
    assert [one and one.regulation for one in known] == [OLD, NEW]
    assert Entry.objects.filter(action="tables.regulation_corrected").count() == 1
    assert AnnouncedFact.objects.filter(key="tables.RegulationCorrected").count() == 1


def test_a_correction_keeps_the_uid_and_may_say_the_sources_anew(body: Body) -> None:
    row = adopted(body, date(2015, 6, 30), sources={"quorum.first": "art. 7"})
    again = correct_regulation(
        adopted=row, regulation=NEW, act="decreto 2", reason="act", sources={}, by=OPERATOR
    )
    assert (again.uid, again.act, again.sources) == (row.uid, "decreto 2", {})
    assert regulation_by_uid(body, row.uid) == again


def test_two_corrections_at_once_are_one(body: Body) -> None:
    row = adopted(body, date(2015, 6, 30))
    said: dict[str, Any] = {"regulation": NEW, "act": row.act, "reason": "errore", "by": OPERATOR}
    same = BodyRegulation.objects.get(pk=row.pk)
    correct_regulation(adopted=row, **said)
    with pytest.raises(AlreadySuperseded):
        correct_regulation(adopted=same, **said)


def test_each_no_is_named(body: Body, network: Network) -> None:
    row = adopted(body, date(2015, 6, 30))
    with pytest.raises(RegulationThere):
        adopted(body, date(2015, 6, 30))
    with pytest.raises(RegulationActMissing):
        adopted(body, date(2016, 1, 1), act=" ")
    with pytest.raises(BodyHasEnded):
        adopted(body, date(2015, 5, 31))
    said: dict[str, Any] = {"adopted": row, "regulation": NEW, "act": row.act}
    with pytest.raises(ReasonMissing):
        correct_regulation(**said, reason=" ", by=OPERATOR)
    for stranger in (acting(a_person()), secretary_of(a_network("altra"))):
        with pytest.raises(NotAllowed):
            adopted(body, date(2016, 1, 1), by=stranger)
        with pytest.raises(NotAllowed):
            correct_regulation(**said, reason="errore", by=stranger)
    assert periods(body) == [(date(2015, 6, 30), None)]


@pytest.mark.parametrize(
    "wrong", [{"act": ""}, {"valid_from": None}, {"valid_from": date(2015, 6, 30)}]
)
def test_the_database_holds_what_must_always_be_true(body: Body, wrong: dict[str, Any]) -> None:
    row = adopted(body, date(2015, 6, 30))
    told = {"act": "a", "valid_from": date(2016, 1, 1), "valid_until": date(2017, 1, 1), **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyRegulation.objects.create(body=body, rules=row.rules, recorded_at=clock.now(), **told)


def test_a_roster_is_reckoned_with_as_its_roles_say(body: Body, network: Network) -> None:
    roles = ("member", "member", "coordinator", "partner", "observer", "secretary")
    seats = [a_seat(body, an_organisation(network), role=role) for role in roles]
    sitters = sitters_of(roster(body, on=date(2020, 1, 1)))
    assert {(each.role, each.counts, each.votes) for each in sitters} == {
        ("member", True, True),
        ("coordinator", True, True),
        ("partner", False, False),
        ("observer", False, False),
        ("secretary", False, False),
    }
    sitting = Sitting(sitters, tuple(Presence(seat.uid) for seat in seats[1:]), clock.now())
    assert attendance(OLD, sitting, clock.now()) == Attendance(3, 2, 2, "quorum.first")


def test_the_rules_of_a_day_are_one_query(body: Body, django_assert_num_queries: Any) -> None:
    for year in range(2016, 2026):
        adopted(body, date(year, 1, 1))
    with django_assert_num_queries(1):
        regulation_of(body, on=date(2020, 5, 5))
