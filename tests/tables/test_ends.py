"""What ends a seat, a delegate or a body leaves nothing after its last day."""

from datetime import date

import pytest

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.errors import AlreadyEnded, AlreadySuperseded, EndsBeforeItBegan
from tavolo.tables import actions, errors
from tavolo.tables.choices import LineageManner
from tavolo.tables.models import Body, Delegate, Seat
from tests.factories.in_office import partly
from tests.factories.people import a_network, a_person
from tests.factories.registry import an_organisation
from tests.factories.tables import a_body, a_delegate, a_seat

pytestmark = pytest.mark.django_db
LAST = date(2018, 12, 31)


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo", since="2015-06-01")


def days(model: type[Seat] | type[Delegate]) -> list[tuple[str, str]]:
    rows = model.objects.known().order_by("valid_from", "id")
    return [(str(row.valid_from), str(row.last_day)) for row in rows]


def resign(seat: Seat, last: date = LAST) -> Seat:
    return actions.end_seat(seat=seat, last=last, reason="resignation", act="x", by=OPERATOR)


def test_a_mandate_with_an_end_may_end_early_and_once(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2016-01-01", until="2020-12-31")
    a_delegate(seat, a_person(), since="2016-01-01", ended=partly("2019-12-31"))
    a_delegate(seat, a_person("Eva"), since="2020-01-01", ended=partly("2020-12-31"))
    with pytest.raises(EndsBeforeItBegan):
        resign(seat, date(2015, 7, 1))
    ended = resign(seat)
    assert days(Seat) == [("2016-01-01", "2018-12-31")]
    assert days(Delegate) == [("2016-01-01", "2018-12-31")]
    with pytest.raises(AlreadyEnded):
        resign(ended, date(2017, 1, 1))


def test_another_role_keeps_the_end_of_the_mandate(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2016-01-01", until="2020-12-31")
    a_delegate(seat, a_person(), since="2016-01-01", ended=partly("2019-12-31"))
    actions.change_role(seat=seat, role="coordinator", began=date(2018, 1, 1), act="x", by=OPERATOR)
    assert days(Seat) == [("2016-01-01", "2017-12-31"), ("2018-01-01", "2020-12-31")]
    assert days(Delegate) == [("2016-01-01", "2017-12-31"), ("2018-01-01", "2019-12-31")]


def test_the_end_of_a_body_ends_what_would_go_on(body: Body) -> None:
    for since, until in (("2016", "2017"), ("2016", "2025"), ("2016", None), ("2019", None)):
        a_seat(body, an_organisation(body.network), since=since, until=until)
    actions.end_body(body=body, last=LAST, act="x", by=OPERATOR)
    assert days(Seat) == [("2016-01-01", "2017-12-31")] + [("2016-01-01", "2018-12-31")] * 2


def test_a_seat_is_not_corrected_away_from_under_a_delegate(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2016-01-01")
    a_delegate(seat, a_person(), since="2016-06-01")
    for began, ended in ((date(2017, 1, 1), None), (date(2016, 1, 1), date(2016, 12, 31))):
        with pytest.raises(errors.OutsideSeat):
            actions.correct_seat(seat=seat, began=began, ended=ended, by=OPERATOR)


def test_nobody_is_sent_to_a_seat_that_was_withdrawn(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2016-01-01")
    actions.withdraw_seat(seat=Seat.objects.get(), reason="mai stata", by=OPERATOR)
    with pytest.raises(AlreadySuperseded):
        a_delegate(seat, a_person(), since="2016-06-01")


def test_a_seat_of_a_person_is_not_passed_on(body: Body) -> None:
    seat = a_seat(body, person=a_person(), since="2016-01-01")
    with pytest.raises(errors.HolderMissing):
        actions.pass_seat_on(
            seat=seat, to=an_organisation(body.network), began=LAST, act="x", by=OPERATOR
        )


def test_a_body_leads_on_to_another_and_starts_before_it_ends(network: Network) -> None:
    body = a_body(network, "Commissione")
    with pytest.raises(errors.ParentOfAnother):
        actions.confirm_body(body=body, manner=LineageManner.MERGED, on=LAST, act="x", by=OPERATOR)
    with pytest.raises(errors.ParentOfAnother):
        actions.succeed_body(
            body=body, successor=body, manner=LineageManner.MERGED, on=LAST, act="x", by=OPERATOR
        )
    actions.end_body(body=body, last=LAST, act="x", by=OPERATOR)
    with pytest.raises(EndsBeforeItBegan):
        actions.start_body(body=body, on=date(2019, 1, 1), by=OPERATOR)


def test_whoever_is_erased_leaves_a_mandate_that_had_an_end(body: Body) -> None:
    person = a_person()
    a_seat(body, person=person, since="2016-01-01", until="2099-12-31")
    actions.leave_all_seats(person=person, by=OPERATOR)
    assert not Seat.objects.known().on(date(2098, 1, 1)).exists()
