"""The seat follows from the act, and goes with it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from tavolo.journal.models import Entry
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, Refusal, StaleVersion
from tavolo.kernel.models import Network
from tavolo.messages.models import Message
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions.admitting import adopt_admission, withdraw_admission
from tavolo.tables.actions.admitting.adopting import ActSaid
from tavolo.tables.actions.checking import announce_rejection, conclude_check, go_on
from tavolo.tables.checking import errors
from tavolo.tables.errors import AlreadySits
from tavolo.tables.models import (
    AdmissionAct,
    Application,
    ApplicationGroup,
    Check,
    Decision,
    Delegate,
    Notice,
    Seat,
)
from tavolo.tables.queries import roster
from tests.factories.checks import a_check, a_notice, all_met, an_application, concluded, named
from tests.factories.people import a_network
from tests.factories.tables import a_body, a_seat

pytestmark = pytest.mark.django_db

TODAY = datetime.fromisoformat("2026-11-10T10:00:00+00:00")
DAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def notice(network: Network) -> Notice:
    return a_notice(network)


def an_act(**values: Any) -> ActSaid:
    told = {
        "kind": "determination",
        "number": "12",
        "adopted_on": DAY,
        "organ": "Direzione",
        **values,
    }
    return ActSaid(**told)


def adopted(notice: Notice, *checks: Check, by: Actor = OPERATOR, **values: Any) -> AdmissionAct:
    uids = [check.uid for check in checks]
    return adopt_admission(notice=notice, act=an_act(**values), checks=uids, by=by)


def refused(notice: Notice, today: time_machine.Traveller) -> Check:
    row = all_met(a_check(an_application(notice)), but=3)
    row = announce_rejection(check=row, words="?", version=row.version, by=OPERATOR)
    today.move_to("2026-11-24T10:00:00+00:00")
    row = go_on(check=row, version=row.version, by=OPERATOR)
    return conclude_check(
        check=row, outcome="refused", reason="Nessuna sede", version=row.version, by=OPERATOR
    )


def test_seats_and_delegates_follow_from_the_act(
    notice: Notice, today: time_machine.Traveller
) -> None:
    application = an_application(notice)
    named(application)
    named(application, "substitute", "Bice")
    group = a_body(notice.network, "Gruppo 1", kind="thematic_group", parent=notice.body)
    ApplicationGroup.objects.create(application=application, group=group)
    reserve = concluded(an_application(notice), "reserve", reserve="entro un mese lo statuto")
    yes, no = concluded(application), refused(notice, today)
    act = adopted(notice, yes, reserve, no)
    seats = Seat.objects.known().order_by("id")
    assert [(s.body.pk, s.organisation_id, s.basis, s.act, s.valid_from) for s in seats] == [
        (notice.body.pk, reserve.application.organisation_id, "notice", act.words, DAY),
        (notice.body.pk, application.organisation_id, "notice", act.words, DAY),
        (group.pk, application.organisation_id, "notice", act.words, DAY),
    ]
    assert [
        (d.seat, d.kind, d.person.given_name) for d in Delegate.objects.known().order_by("kind")
    ] == [
        (seats[1].uid, "effective", "Ada"),
        (seats[1].uid, "substitute", "Bice"),
    ]
    decisions = Decision.objects.filter(act=act).order_by("check_made_id")
    assert [(d.outcome, d.seat, d.group_seats) for d in decisions] == [
        ("reserve", seats[0].uid, []),
        ("admitted", seats[1].uid, [str(seats[2].uid)]),
        ("refused", None, []),
    ]
    states = Application.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["admitted", "admitted_with_reserve", "rejected"]
    assert len(roster(notice.body, on=DAY, actor=OPERATOR).adherents) == 2
    assert Entry.objects.filter(action="tables.admission_adopted").count() == 1


def test_who_is_told_reads_the_act_and_the_outcome(notice: Notice) -> None:
    rows = [concluded(an_application(notice)), concluded(an_application(notice, email=""))]
    uids = [row.uid for row in rows]
    adopt_admission(notice=notice, act=an_act(), checks=uids, words="Gentili,", by=OPERATOR)
    letter = Message.objects.get(kind="tables.check_step")
    assert letter.recipient == rows[0].application.email
    assert letter.text.startswith("Gentili,\n\n")
    assert "12, 09/11/2026" in letter.text


def test_no_act_without_a_completed_check(notice: Notice) -> None:
    done, open_one = concluded(an_application(notice)), a_check(an_application(notice))
    other = concluded(an_application(a_notice(notice.network)))
    for checks in ([done, open_one], [done, other]):
        with pytest.raises(errors.CheckNotCompleted):
            adopted(notice, *checks)
    with pytest.raises(errors.NothingDecided):
        adopted(notice)
    assert not Seat.objects.exists()
    assert not AdmissionAct.objects.exists()


@pytest.mark.parametrize(
    "values", [{"number": " "}, {"organ": ""}, {"kind": "x"}, {"adopted_on": date(2026, 11, 11)}]
)
def test_an_act_says_what_acts_say(notice: Notice, values: dict[str, Any]) -> None:
    row = concluded(an_application(notice))
    with pytest.raises(errors.AdmissionActIncomplete):
        adopted(notice, row, **values)


def test_the_same_act_is_entered_once(notice: Notice) -> None:
    first, second = concluded(an_application(notice)), concluded(an_application(notice))
    adopted(notice, first)
    with pytest.raises(errors.AdmissionActThere):
        adopted(notice, second)
    with pytest.raises(errors.CheckNotCompleted):
        adopted(notice, first, number="13")
    assert Seat.objects.count() == 1


def test_what_stands_in_the_way_is_named(notice: Notice) -> None:
    unknown = concluded(an_application(notice))
    Application.objects.filter(pk=unknown.application_id).update(organisation=None)
    with pytest.raises(errors.ApplicantNotInRegister):
        adopted(notice, unknown)
    sits = concluded(an_application(notice))
    a_seat(notice.body, sits.application.organisation)
    with pytest.raises(AlreadySits) as refusal:
        adopted(notice, sits)
    assert notice.body.name in str(refusal.value)


def test_no_more_are_admitted_than_there_are_seats(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(seats=1)
    notice.refresh_from_db()
    rows = [concluded(an_application(notice)) for _time in range(2)]
    with pytest.raises(errors.TooManyAdmitted):
        adopted(notice, *rows)
    adopted(notice, rows[0])
    with pytest.raises(errors.TooManyAdmitted):
        adopted(notice, rows[1], number="13")


def test_who_does_not_run_the_bodies_adopts_and_withdraws_nothing(notice: Notice) -> None:
    row = concluded(an_application(notice))
    with pytest.raises(NotAllowed):
        adopted(notice, row, by=Actor())
    act = adopted(notice, row)
    with pytest.raises(NotAllowed):
        withdraw_admission(act=act, reason="errore", version=1, by=Actor())


def test_a_withdrawn_act_takes_its_seats_with_it(notice: Notice) -> None:
    application = an_application(notice)
    named(application)
    row = concluded(application)
    act = adopted(notice, row)
    withdraw_admission(act=act, reason="Atto annullato", version=1, by=OPERATOR)
    assert not Seat.objects.known().exists()
    assert not Delegate.objects.known().exists()
    row.refresh_from_db()
    assert (row.state, row.application.state, row.outcome) == ("concluded", "in_check", "admitted")
    # The same number can be entered again, now that nothing rests on it.
    again = adopted(notice, row)
    assert Decision.objects.filter(withdrawn_at=None).get().act == again


@pytest.mark.parametrize(
    ("reason", "version", "refusal"),
    [(" ", 1, ReasonMissing), ("errore", 2, StaleVersion)],
)
def test_withdrawals_that_are_refused(
    notice: Notice, reason: str, version: int, refusal: type[Refusal]
) -> None:
    act = adopted(notice, concluded(an_application(notice)))
    with pytest.raises(refusal):
        withdraw_admission(act=act, reason=reason, version=version, by=OPERATOR)
    assert Seat.objects.known().count() == 1


def test_an_act_is_withdrawn_once_and_not_under_a_successor(notice: Notice) -> None:
    act = adopted(notice, concluded(an_application(notice)))
    seat = Seat.objects.get()
    taken = a_seat(a_body(notice.network), seat.organisation, takes_over=seat)
    with pytest.raises(errors.SeatPassedOn):
        withdraw_admission(act=act, reason="errore", version=1, by=OPERATOR)
    Seat.objects.filter(pk=taken.pk).update(takes_over=None)
    withdraw_admission(act=act, reason="errore", version=1, by=OPERATOR)
    with pytest.raises(errors.AlreadyWithdrawn):
        withdraw_admission(act=act, reason="errore", version=2, by=OPERATOR)
