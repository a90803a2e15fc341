"""The check of an application from its beginning to its outcome."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, Refusal, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.messages.errors import NoAddressKnown
from tavolo.messages.models import Message
from tavolo.registry.errors import ReasonMissing
from tavolo.tables.actions import checking
from tavolo.tables.actions.checking.looking import Said
from tavolo.tables.checking import errors
from tavolo.tables.models import Check, CheckAnswer, ChecklistItem, CheckStep, Notice
from tests.factories.checks import a_check, a_notice, all_met, an_application, concluded
from tests.factories.people import a_network, a_person
from tests.factories.registry import acting

pytestmark = pytest.mark.django_db

TODAY = datetime.fromisoformat("2026-11-10T10:00:00+00:00")


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


@pytest.fixture
def check(notice: Notice) -> Check:
    return a_check(an_application(notice))


def steps(check: Check) -> list[tuple[str, date, date | None]]:
    rows = CheckStep.objects.filter(check_made=check).order_by("number")
    return [(row.kind, row.on, row.until) for row in rows]


def state(check: Check) -> tuple[str, str, date | None, date | None]:
    check.refresh_from_db()
    return check.state, check.application.state, check.due_on, check.waits_until


def test_the_checklist_is_what_the_notice_asks(check: Check, notice: Notice) -> None:
    items = ChecklistItem.objects.filter(notice=notice).order_by("number")
    assert [item.words for item in items] == [
        "È arrivata nei termini, per una delle vie che l’avviso ammette",
        "È firmata da chi ha la rappresentanza legale",
        "Sede nel territorio",
        "Scopo statutario pertinente",
    ]
    assert state(check) == ("in_check", "in_check", date(2026, 11, 30), None)
    assert Entry.objects.filter(action="tables.check_begun").count() == 1
    assert AnnouncedFact.objects.filter(key="tables.CheckMoved").count() == 1


def test_it_begins_once_and_by_the_secretariat(check: Check) -> None:
    with pytest.raises(errors.NotNow):
        checking.begin_check(application=check.application, by=OPERATOR)
    for actor in (Actor(), acting(a_person())):
        with pytest.raises(NotAllowed):
            checking.begin_check(application=check.application, by=actor)


def test_one_that_came_late_runs_from_its_own_day(notice: Notice) -> None:
    late = an_application(
        notice, timing="late", at=datetime.fromisoformat("2026-11-05T10:00:00+00:00")
    )
    assert a_check(late).starts_on == date(2026, 11, 5)


def test_answers_keep_who_and_when(check: Check) -> None:
    said = {1: Said("met"), 2: Said("not_met", " manca la firma ")}
    once = checking.answer_items(check=check, answers=said, version=2, by=OPERATOR)
    again = {**said, 1: Said("not_applicable", "per posta")}
    checking.answer_items(check=check, answers=again, version=once.version, by=OPERATOR)
    rows = CheckAnswer.objects.filter(check_made=check).order_by("item__number")
    assert [(row.answer, row.why) for row in rows] == [
        ("not_applicable", "per posta"),
        ("not_met", "manca la firma"),
    ]


@pytest.mark.parametrize(
    ("said", "version", "refusal"),
    [
        ({9: Said("met")}, 2, errors.UnknownItem),
        ({1: Said("perhaps")}, 2, errors.UnknownItem),
        ({1: Said("not_met", " ")}, 2, ReasonMissing),
        ({1: Said("met")}, 1, StaleVersion),
    ],
)
def test_answers_that_are_refused(
    check: Check, said: dict[int, Said], version: int, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        checking.answer_items(check=check, answers=said, version=version, by=OPERATOR)
    assert not CheckAnswer.objects.filter(check_made=check).exists()


def test_an_integration_is_asked_by_letter_and_stops_the_term(check: Check) -> None:
    row = checking.ask_integration(check=check, words="Manca lo statuto.", version=2, by=OPERATOR)
    assert state(row) == ("integration", "integration", date(2026, 12, 9), date(2026, 11, 20))
    letter = Message.objects.get(kind="tables.check_step")
    assert (letter.recipient, letter.about) == (check.application.email, check.uid)
    assert "Manca lo statuto." in letter.text
    assert "20 novembre 2026" in letter.text
    assert CheckStep.objects.get(kind="integration_asked").letter == letter.uid


def test_what_came_lets_the_term_run_on(check: Check, today: time_machine.Traveller) -> None:
    row = checking.ask_integration(check=check, words="Manca lo statuto.", version=2, by=OPERATOR)
    today.move_to("2026-11-16T10:00:00+00:00")
    row = checking.take_integration(
        check=row, words="Statuto", paper="prot. 12", on=date(2026, 11, 14), version=3, by=OPERATOR
    )
    assert state(row) == ("in_check", "in_check", date(2026, 12, 3), None)
    assert steps(row) == [
        ("begun", date(2026, 11, 10), None),
        ("integration_asked", date(2026, 11, 10), date(2026, 11, 20)),
        ("integration_came", date(2026, 11, 14), None),
    ]


def test_nobody_goes_on_before_the_term_has_passed(
    check: Check, today: time_machine.Traveller
) -> None:
    row = checking.ask_integration(check=check, words="?", letter=False, version=2, by=OPERATOR)
    today.move_to("2026-11-20T22:30:00+00:00")
    with pytest.raises(errors.TermNotPassed):
        checking.go_on(check=row, version=3, by=OPERATOR)
    today.move_to("2026-11-20T23:30:00+00:00")
    checking.go_on(check=row, version=3, by=OPERATOR)
    assert steps(row)[-1][0] == "integration_lapsed"


@pytest.mark.parametrize("until", [date(2026, 11, 10), date(2026, 12, 11)])
def test_a_term_lies_within_what_the_law_allows(check: Check, until: date) -> None:
    with pytest.raises(errors.TermNotPossible):
        checking.ask_integration(check=check, words="?", until=until, version=2, by=OPERATOR)
    assert state(check)[0] == "in_check"


def test_a_refusal_is_announced_and_heard(check: Check, today: time_machine.Traveller) -> None:
    row = all_met(check, but=3)
    with pytest.raises(errors.RejectionNotAnnounced):
        _conclude(row, "refused", reason="Nessuna sede")
    row = checking.announce_rejection(check=row, words="Nessuna sede", version=3, by=OPERATOR)
    assert state(row)[:2] == ("rejection", "rejection_notice")
    today.move_to("2026-11-18T10:00:00+00:00")
    row = checking.take_observations(check=row, words="La sede c’è", version=4, by=OPERATOR)
    assert state(row) == ("in_check", "in_check", date(2026, 12, 17), None)
    row = _conclude(row, "refused", reason="La sede è altrove")
    assert state(row)[:2] == ("concluded", "in_check")


def test_a_competitive_procedure_announces_nothing(network: Network) -> None:
    notice = a_notice(network, competitive=True)
    application = an_application(notice)
    with pytest.raises(errors.CriteriaMissing):
        a_check(application)
    checking.set_criteria(notice=notice, criteria=[("Scopo", Decimal(10))], by=OPERATOR)
    row = all_met(a_check(application), but=4)
    with pytest.raises(errors.NotNow):
        checking.announce_rejection(check=row, words="?", version=3, by=OPERATOR)
    assert _conclude(row, "refused", reason="Scopo diverso").outcome == "refused"


@pytest.mark.parametrize(
    ("outcome", "values", "but", "refusal"),
    [
        ("admitted", {}, 1, errors.RequirementsNotMet),
        ("admitted_maybe", {}, 0, errors.UnknownItem),
        ("reserve", {}, 1, errors.ReserveMissing),
        ("refused", {}, 1, ReasonMissing),
    ],
)
def test_outcomes_that_are_refused(
    check: Check, outcome: str, values: dict[str, str], but: int, refusal: type[Refusal]
) -> None:
    row = all_met(check, but=but)
    with pytest.raises(refusal):
        _conclude(row, outcome, **values)
    assert state(check)[0] == "in_check"


def test_nothing_is_concluded_before_all_is_answered(check: Check) -> None:
    with pytest.raises(errors.ItemsOpen):
        _conclude(check, "admitted")


def test_a_completed_check_is_opened_again_with_a_reason(notice: Notice) -> None:
    row = concluded(an_application(notice), "reserve", reserve="entro un mese lo statuto")
    with pytest.raises(ReasonMissing):
        checking.reopen_check(check=row, reason="", version=row.version, by=OPERATOR)
    checking.reopen_check(check=row, reason="errore", version=row.version, by=OPERATOR)
    row.refresh_from_db()
    assert (row.state, row.outcome, row.reserve) == ("in_check", "", "")


def _withdraw(check: Check) -> None:
    application = check.application
    application.state, application.withdrawn_at = "withdrawn", clock.now()
    application.save()


MOVES: list[Callable[[Check], object]] = [
    all_met,
    lambda check: checking.ask_integration(check=check, words="?", version=2, by=OPERATOR),
    lambda check: _conclude(check, "admitted"),
]


@pytest.mark.parametrize("number", range(len(MOVES)))
def test_what_was_withdrawn_is_checked_no_further(check: Check, number: int) -> None:
    _withdraw(check)
    with pytest.raises(errors.ApplicationWithdrawn):
        MOVES[number](check)


@pytest.mark.parametrize("on", [date(2026, 11, 9), date(2026, 11, 11)])
def test_a_step_lies_between_the_last_and_today(check: Check, on: date) -> None:
    with pytest.raises(errors.StepDayWrong):
        checking.announce_rejection(check=check, words="?", on=on, version=2, by=OPERATOR)


def test_without_an_address_a_letter_is_refused_and_paper_is_named(notice: Notice) -> None:
    row = a_check(an_application(notice, email=""))
    with pytest.raises(NoAddressKnown):
        checking.ask_integration(check=row, words="?", version=2, by=OPERATOR)
    checking.ask_integration(
        check=row, words="?", letter=False, paper="raccomandata 12", version=2, by=OPERATOR
    )
    assert CheckStep.objects.get(kind="integration_asked").paper == "raccomandata 12"


def _conclude(check: Check, outcome: str, **values: str) -> Check:
    return checking.conclude_check(
        check=check, outcome=outcome, version=check.version, by=OPERATOR, **values
    )
