"""An address from which letters came back is marked wherever somebody is about to use it again."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.messages.actions import mark_bad
from tavolo.messages.models import BadAddress
from tavolo.people.actions import invite
from tavolo.people.models import Invitation
from tavolo.registry.models import Contact
from tests.factories.counting import queries_of
from tests.factories.facts import a_fact
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant

pytestmark = pytest.mark.django_db

EMAIL = "ada@casa.example"
SAID = (
    "Da questo indirizzo le lettere tornano indietro dal 3 novembre 2026: scrivi a un altro"
    " indirizzo."
)
SHORT = "le lettere tornano indietro dal 3 novembre 2026"


@pytest.fixture
def network(client: Client) -> Network:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


def comes_back(email: str = EMAIL) -> None:
    with time_machine.travel("2026-11-03T10:00:00+01:00"):
        mark_bad(email, "5.1.1")


def an_invitation(network: Network) -> Invitation:
    invitation, _token = invite(email=EMAIL, network=network, by=OPERATOR)
    return invitation


def people(network: Network, name: str = "people", **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"slug": network.slug, **more})


def test_the_invitation_and_the_list_of_those_that_wait_say_so(
    client: Client, network: Network
) -> None:
    pages = {
        people(network): SHORT,
        people(network, "invitation", uid=an_invitation(network).uid): SAID,
    }

    def said() -> list[bool]:
        return [words in client.get(page).text for page, words in pages.items()]

    assert said() == [False, False]
    comes_back()
    assert said() == [True, True]
    BadAddress.objects.update(trusted_at="2026-11-04T00:00:00Z")
    assert said() == [False, False]


def test_who_runs_the_network_is_marked_among_its_people(client: Client, network: Network) -> None:
    before = queries_of(client, people(network))
    comes_back(client.get(people(network)).wsgi_request.user.email)
    assert SHORT in client.get(people(network)).text
    assert queries_of(client, people(network)) == before


@pytest.mark.parametrize("name", ["invite_member", "invite_secretary"])
def test_a_form_takes_such_an_address_once_that_is_confirmed(
    client: Client, network: Network, name: str
) -> None:
    comes_back()
    told = {"given_name": "Ada", "family_name": "Rossi", "email": EMAIL, "act": "Det. 3/2026"}
    told |= {"organisation": a_participant(network, "Casa").code, "form_key": str(uuid4())}
    page = people(network, name)
    asked = client.post(page, told)
    assert (asked.status_code, SAID in asked.text) == (200, True)
    assert 'type="checkbox" name="all_the_same"' in asked.text
    assert not Invitation.objects.filter(email=EMAIL).exists()
    assert client.post(page, {**told, "all_the_same": "on"}).status_code == 302
    assert Invitation.objects.filter(email=EMAIL).count() == 1


def test_a_form_says_nothing_of_an_address_that_works(client: Client, network: Network) -> None:
    comes_back("altra@casa.example")
    page = people(network, "invite_member")
    assert 'name="all_the_same"' in client.get(page).text
    assert 'type="checkbox" name="all_the_same"' not in client.get(page).text
    answer = client.post(page, {"email": EMAIL, "form_key": str(uuid4())})
    assert SAID not in answer.text


def test_the_organisation_s_contact_says_so_to_who_works_on_it_alone(
    client: Client, new_client: type[Client], network: Network
) -> None:
    owner = a_participant(network, "Casa")
    a_fact(Contact, owner, channel="email", value=EMAIL)
    comes_back()
    page = reverse("registry:organisation", kwargs={"code": owner.code})
    stranger = sign_in(new_client(), with_second_factor(an_account("x@y.example")))
    assert [SAID in each.get(page).text for each in (client, stranger, new_client())] == [
        *(True, False, False)
    ]
