"""When no letters of a network leave: entered at its desk, from a day on."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.kernel.network import setting_of
from tavolo.messages.rules import Quiet
from tavolo.messages.settings import QUIET_HOURS
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_founded_network, a_network_with_secretary

pytestmark = pytest.mark.django_db

TODAY = clock.today()


@pytest.fixture
def network(client: Client) -> Network:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


def here(network: Network) -> str:
    return reverse("desk:quiet_hours", kwargs={"slug": network.slug})


def told(**changes: str) -> dict[str, str]:
    values = {"held": "on", "begins": "22:00", "ends": "06:00", "since": TODAY.isoformat()}
    return {**values, **changes, "form_key": str(uuid4())}


def held(network: Network, on: date = TODAY) -> Quiet:
    return setting_of(network, QUIET_HOURS, on=on)


def test_they_hold_from_the_day_that_was_written(client: Client, network: Network) -> None:
    assert "Dalle 20:00 alle 07:30 parte solo ciò che è urgente." in client.get(here(network)).text
    tomorrow = TODAY + timedelta(days=1)
    sent = told(since=tomorrow.isoformat())
    for _click in range(2):
        assert client.post(here(network), sent).status_code == 302
    assert held(network) == QUIET_HOURS.default
    assert held(network, tomorrow) == Quiet(time(22), time(6))
    assert Entry.objects.filter(action="registry.setting_changed").count() == 1
    assert "alle 06:00 parte solo ciò che è urgente." in client.get(here(network)).text
    # Another hour from the same day puts that day right.
    client.post(here(network), told(since=tomorrow.isoformat(), begins="21:00"))
    assert held(network, tomorrow) == Quiet(time(21), time(6))


def test_letters_may_leave_at_any_hour(client: Client, network: Network) -> None:
    assert client.post(here(network), told(held="off", begins="", ends="")).status_code == 302
    assert held(network).begins == held(network).ends
    assert "Le lettere partono a qualunque ora." in client.get(here(network)).text


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"since": (TODAY - timedelta(days=1)).isoformat()}, {"since"}),
        ({"begins": "", "ends": ""}, {"begins", "ends"}),
        ({"begins": "sera"}, {"begins"}),
        ({"ends": "22:00"}, {"ends"}),
        ({"held": "forse"}, {"held"}),
    ],
)
def test_what_has_no_meaning_is_said_beside_its_field(
    client: Client, network: Network, changes: dict[str, str], fields: set[str]
) -> None:
    answer = client.post(here(network), told(**changes))
    assert answer.context["form"].form.errors.keys() == fields
    assert NetworkSetting.objects.filter(key=QUIET_HOURS.key).count() == 0


def test_who_does_not_run_the_network_finds_nothing(
    client: Client, new_client: type[Client], network: Network
) -> None:
    other = a_founded_network("altra", "Altra rete")
    stranger = sign_in(new_client(), with_second_factor(an_account("x@y.example")))
    for each, where in ((client, other), (stranger, network)):
        assert each.get(here(where)).status_code == 404
        assert each.post(here(where), told()).status_code == 404
    assert NetworkSetting.objects.filter(key=QUIET_HOURS.key).count() == 0
