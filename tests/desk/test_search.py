"""The command box: what each may open, asked in SQL."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_network_with_secretary,
    a_participant,
    acting_for,
    an_organisation,
    many_participants,
)

pytestmark = pytest.mark.django_db
BUDGET = 20


@pytest.fixture
def secretary(client: Client) -> Client:
    """Signed in: she runs the valley, whose Aurora Zenobia acts for; another network has the Boreale."""
    network, account = a_network_with_secretary()
    acting_for(an_organisation(network, "Aurora"), a_person("Zenobia", "Segreta"))
    other, _account = a_network_with_secretary("monte")
    acting_for(an_organisation(other, "Boreale"), a_person("Zenobia", "Lontana"))
    return sign_in(client, with_second_factor(account))


@pytest.fixture
def stranger(new_client: Callable[[], Client], secretary: Client) -> Client:
    return sign_in(new_client(), with_second_factor(an_account()))


def found(client: Client, words: str) -> dict[str, list[tuple[str, str, str]]]:
    answer = client.get("/lavoro/cerca/", {"q": words})
    assert answer.status_code == 200
    return {
        group.searchable.key: [(hit.title, hit.url, hit.note) for hit in group.hits]
        for group in answer.context["groups"]
    }


def test_who_runs_a_network_finds_its_pages_and_whom_she_may_see(secretary: Client) -> None:
    assert found(secretary, "zenobia") == {
        "member": [
            ("Zenobia Segreta", "/lavoro/organizzazioni/aurora/", "delegata, Aurora"),
        ]
    }
    assert found(secretary, "aurora") == {
        "organisation": [("Aurora", "/lavoro/organizzazioni/aurora/", "Associazione")]
    }
    assert found(secretary, "boreale") == {
        "organisation": [("Boreale", "/organizzazioni/boreale/", "Associazione")]
    }
    assert found(secretary, "importa vall") == {
        "page": [("Importa", "/lavoro/reti/valle/importa/", "Rete valle")]
    }
    assert found(secretary, "rete")["network"] == [
        ("Rete monte", "/reti/monte/", ""),
        ("Rete valle", "/lavoro/reti/valle/", ""),
    ]


def test_a_stranger_finds_what_everybody_finds(stranger: Client) -> None:
    assert found(stranger, "zenobia") == {}
    assert found(stranger, "importa") == {}
    assert found(stranger, "oggi") == {"page": [("Oggi", "/lavoro/", "")]}
    assert found(stranger, "aurora") == {
        "organisation": [("Aurora", "/organizzazioni/aurora/", "Associazione")]
    }
    page = stranger.get("/lavoro/cerca/", {"q": "zenobia"}).content.decode()
    assert "Segreta" not in page
    assert "Niente di ciò che puoi aprire comincia così" in page


def test_a_member_finds_who_acts_beside_her(secretary: Client, new_client) -> None:
    network, account = a_network_with_secretary("piano")
    aurora = a_participant(network, "Piana")
    acting_for(aurora, account.person)
    acting_for(aurora, a_person("Zenobia", "Vicina"))
    member = an_account()
    acting_for(aurora, member.person)
    here = sign_in(new_client(), with_second_factor(member))
    assert found(here, "zenobia") == {
        "member": [("Zenobia Vicina", "/organizzazioni/piana/", "delegata, Piana")]
    }


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for path in ("/lavoro/cerca/?q=aurora", "/lavoro/cerca/suggerimenti/?q=aurora"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accesso/")


def test_suggestions_say_what_each_is(secretary: Client) -> None:
    options = json.loads(secretary.get("/lavoro/cerca/suggerimenti/?q=zenobia").content)["options"]
    assert options == [
        {
            "title": "Zenobia Segreta",
            "about": "Persone che agiscono per un’organizzazione, delegata, Aurora",
            "href": "/lavoro/organizzazioni/aurora/",
        }
    ]


@pytest.mark.parametrize("words", ["", "’", "\x00", "%", "_", "a" * 500])
def test_no_word_is_a_fault(secretary: Client, words: str) -> None:
    assert found(secretary, words) == {}


def test_every_page_of_the_work_area_has_the_box(secretary: Client) -> None:
    page = secretary.get("/lavoro/").content.decode()
    assert 'action="/lavoro/cerca/"' in page
    assert "Ctrl K" in page


@pytest.mark.parametrize("path", ["/lavoro/cerca/?q=molte", "/lavoro/cerca/suggerimenti/?q=rete"])
def test_it_asks_as_much_for_two_hundred_as_for_one(secretary: Client, path: str) -> None:
    network, _account = a_network_with_secretary("lago")
    counted = []
    for number in ENOUGH:
        many_participants(network, number)
        counted.append(queries_of(secretary, path))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= BUDGET
