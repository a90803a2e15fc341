"""My tables: what a member finds there, and what falls due of it."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, actor_of
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import add_commitment, affiliate
from tavolo.tables.actions import name_delegate
from tavolo.tables.due import Mandates
from tavolo.tables.models import Seat
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_network, a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant
from tests.factories.tables import ACT, a_body, a_delegate, a_seat

pytestmark = pytest.mark.django_db

MINE = "/lavoro/i-miei-tavoli/"


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def account(client: Client) -> Account:
    account = an_account("ada@example.org")
    sign_in(client, with_second_factor(account))
    return account


def acts_for(account: Account, seat: Seat) -> None:
    assert seat.organisation is not None
    affiliate(person=account.person, organisation=seat.organisation, by=OPERATOR)


def ending(seat: Seat, days: int, **values: object) -> None:
    last = clock.today() + timedelta(days=days)
    person = a_person("Livia", f"Neri{days}")
    name_delegate(
        seat=seat, person=person, act=ACT, ended=PartialDate.of(last), by=OPERATOR, **values
    )  # type: ignore[arg-type]


def shown(client: Client) -> list[tuple[str, str]]:
    """Body and holder of each line."""
    table = client.get(MINE).context["seats"]
    return [(str(row.cells[0].value), str(row.cells[1].value)) for row in table.rows]


def test_whoever_sits_nowhere_is_told_how_one_comes_to_it(client: Client, account: Account) -> None:
    page = client.get(MINE)
    assert (page.status_code, page.context["seats"], page.context["renew"]) == (200, None, [])
    assert "Ancora nessun tavolo" in page.content.decode()


def test_without_account_one_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(MINE).status_code == 302


def test_she_finds_the_seats_of_hers_her_own_and_where_she_is_sent(
    client: Client, network: Network, account: Account
) -> None:
    rows = [a_participant(network, name) for name in ("Prima", "Seconda", "Terza")]
    first, second, third = (a_seat(a_body(network, f"Tavolo {row.name}"), row) for row in rows)
    acts_for(account, first)
    a_delegate(second, account.person)
    a_seat(a_body(network, "Commissione"), person=account.person)
    assert shown(client) == [
        ("Commissione", account.person.name),
        ("Tavolo Prima", "Prima"),
        ("Tavolo Seconda", "Seconda"),
    ]
    assert third.organisation is not None


def test_mandates_that_end_within_ninety_days_are_told_unless_somebody_follows(
    client: Client, network: Network, account: Account
) -> None:
    seat = a_seat(a_body(network, "Tavolo"), a_participant(network, "Prima"))
    acts_for(account, seat)
    ending(seat, 60)
    ending(seat, 91, kind="substitute")
    told = client.get(MINE).context["renew"]
    assert len(told) == 1
    assert told[0].startswith("Tavolo: Livia Neri60")
    assert seat.organisation is not None
    actor = actor_of(account.person.uid, on=clock.today())
    owed = Mandates().owed([seat.organisation.uid], actor=actor, on=clock.today())
    assert [(due.owner, due.action[1]) for due in owed] == [(seat.organisation.uid, MINE)]


def test_the_secretariat_is_told_what_ends_and_others_are_not(network: Network) -> None:
    other, account = a_network_with_secretary("altra")
    for one in (network, other):
        ending(a_seat(a_body(one, "Tavolo"), a_participant(one)), 10)
    today = clock.today()
    until = today + timedelta(days=30)
    actor = actor_of(account.person.uid, on=today)
    found = Mandates().due(actor, on=today, until=until)
    assert [(due.network, due.last_day) for due in found] == [
        (other.uid, today + timedelta(days=10))
    ]
    assert Mandates().due(actor, on=today, until=today) == []
    stranger = actor_of(a_person().uid, on=today)
    assert Mandates().due(stranger, on=today, until=until) == []


def test_a_seat_that_ends_is_told_once_with_its_delegates(
    client: Client, network: Network, account: Account
) -> None:
    last = PartialDate.of(clock.today() + timedelta(days=5))
    seat = a_seat(a_body(network, "Tavolo"), a_participant(network), until=str(last))
    acts_for(account, seat)
    ending(seat, 5)
    told = client.get(MINE).context["renew"]
    assert len(told) == 1
    assert "il posto dura fino al" in told[0]


def test_promises_stand_apart_from_what_is_asked(
    client: Client, network: Network, account: Account
) -> None:
    seat = a_seat(a_body(network), a_participant(network))
    acts_for(account, seat)
    due = date(2027, 1, 31)
    add_commitment(
        network=network, name="Aprire lo sportello", owner=seat.organisation, due=due, by=OPERATOR
    )
    page = client.get(MINE)
    rows = page.context["promises"].rows
    assert [str(row.cells[0].value) for row in rows] == ["Aprire lo sportello"]
    assert page.context["asked"] is None


def test_the_page_asks_the_same_of_one_seat_and_of_many(
    client: Client, network: Network, account: Account
) -> None:
    organisation = a_participant(network)
    counts, made = set(), 0
    for number in ENOUGH:
        while made < number:
            seat = a_seat(a_body(network), organisation)
            made += 1
        if made == 1:
            acts_for(account, seat)
        counts.add(queries_of(client, MINE))
    assert len(counts) == 1
    assert counts.pop() <= 20
