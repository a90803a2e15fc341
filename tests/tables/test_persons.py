"""What a person holds in bodies: handing it over, what is told her, what stays after an erasure."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Held, Passing
from tavolo.people.models import Person
from tavolo.tables.actions import name_body
from tavolo.tables.demo import Demonstration
from tavolo.tables.errors import SeatActMissing
from tavolo.tables.holdings import Delegates, InPerson
from tavolo.tables.models import Body, Delegate, Seat
from tavolo.tables.personal import Pages, Seats
from tavolo.tables.search.bodies import Bodies
from tests.factories.people import a_network, a_person
from tests.factories.registry import an_organisation
from tests.factories.tables import a_body, a_delegate, a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Body:
    return a_body(a_network(), "Tavolo permanente", since="2015-06-01")


@pytest.fixture
def ada() -> Person:
    return a_person("Ada", "Rossi")


def passing(body: Body, ada: Person, to: Person | None, act: str = "decreto 5") -> Passing:
    other = to.uid if to else None
    return Passing(ada.uid, other, body.network.uid, clock.today(), act, OPERATOR)


def test_a_delegate_hands_her_seat_over(body: Body, ada: Person) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    row = a_delegate(seat, ada, since="2015-07-01")
    [held] = Delegates().held(ada.uid, body.network.uid, clock.today())
    assert held == Held(row.uid, "Tavolo permanente", "delega effettiva", f"/tavoli/{body.code}/")
    with pytest.raises(SeatActMissing):
        Delegates().hand_over(row.uid, passing(body, ada, a_person("Bice"), act=""))


def test_who_follows_is_sent_from_that_day(body: Body, ada: Person) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    row = a_delegate(seat, ada, since="2015-07-01")
    bice = a_person("Bice")
    Delegates().hand_over(row.uid, passing(body, ada, bice))
    sent = Delegate.objects.on(clock.today()).get(seat=seat.uid)
    assert (sent.person, sent.valid_from, sent.act) == (bice, clock.today(), "decreto 5")
    tomorrow = clock.today() + timedelta(days=1)
    left = Passing(bice.uid, None, body.network.uid, tomorrow, "", OPERATOR)
    Delegates().hand_over(sent.uid, left)
    assert not Delegate.objects.on(tomorrow).exists()


def test_a_seat_in_person_passes_by_an_act_alone(body: Body, ada: Person) -> None:
    seat = a_seat(body, person=ada, since="2015-07-01", basis="election")
    [held] = InPerson().held(ada.uid, body.network.uid, clock.today())
    assert (held.uid, held.note) == (seat.uid, "componente")
    bice = a_person("Bice")
    InPerson().hand_over(seat.uid, passing(body, ada, bice))
    now = Seat.objects.on(clock.today()).get(body=body)
    assert (now.person, now.takes_over, now.basis) == (bice, seat.uid, "succession")


def test_a_seat_in_person_is_left_without_a_successor_but_given_by_an_act(
    body: Body, ada: Person
) -> None:
    seat = a_seat(body, person=ada, since="2015-07-01")
    InPerson().hand_over(seat.uid, passing(body, ada, None, act=""))
    assert not Seat.objects.on(clock.today()).exists()
    other = a_seat(body, person=a_person("Cora"), since="2015-07-01")
    with pytest.raises(SeatActMissing):
        InPerson().hand_over(other.uid, passing(body, ada, a_person("Bice"), act=""))


def test_what_is_told_her_and_what_stays_after_an_erasure(body: Body, ada: Person) -> None:
    assert Seats().erase(ada, by=OPERATOR) == []
    a_seat(body, person=ada, since="2015-07-01")
    other = a_seat(body, an_organisation(body.network))
    a_delegate(other, ada)
    tomorrow = clock.today() + timedelta(days=1)
    a_delegate(a_seat(body, an_organisation(body.network)), ada, since=tomorrow)
    told = [(one.label, one.value, one.since) for one in Seats().held(ada)]
    assert told[0] == (
        "Posto in un organismo",
        "Tavolo permanente, componente",
        "mercoledì 1° luglio 2015",
    )
    assert Seats().known_in(ada) == {body.network.uid}
    [kept] = Seats().erase(ada, by=OPERATOR)
    assert kept.label == "2 posti in organismi"
    assert not Seat.objects.on(tomorrow).filter(person=ada).exists()
    assert not Delegate.objects.on(tomorrow).filter(person=ada).exists()


def test_the_page_of_a_body_is_its_networks(body: Body) -> None:
    owner = Pages()
    assert owner.network_of("tables:body", {"code": body.code}) == body.network
    assert owner.network_of("tables:body", {"code": "nessuno"}) is None
    assert owner.network_of("registry:organisation", {"code": body.code}) is None


def test_a_body_is_found_by_every_name(body: Body) -> None:
    name_body(body=body, name="Tavolo rosa", ended=date(2016, 1, 1), by=OPERATOR)
    plug = Bodies()
    [entry] = plug.entries(None)
    assert (entry.title, entry.names, entry.before) == (
        "Tavolo permanente",
        ["Tavolo permanente"],
        ["Tavolo rosa"],
    )
    assert entry.url == reverse("tables:body", args=[body.code])
    assert [hit.uid for hit in plug.found(OPERATOR, "rosa", limit=5)] == [body.uid]
    assert list(plug.entries({"tables.body": [body.uid]})) == [entry]
    assert list(plug.entries({})) == []
    assert plug.detail_words("commission") == "Commissione"


def test_the_demonstration_names_its_addresses() -> None:
    names = {example.url_name for example in Demonstration().examples()}
    assert {"tables:bodies", "tables:body", "tables:roster_csv", "api:roster"} <= names
