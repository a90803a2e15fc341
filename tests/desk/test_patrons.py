"""The page of patron saints: what is known in the territory, and a form for one more."""

import re

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.territory.actions import place_network
from tavolo.territory.models import Municipality, PatronSaint
from tests.desk.conftest import Valley
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.territory import a_municipality

HERE = "/lavoro/reti/valle/territorio/patroni/"


@pytest.fixture
def town(valley: Valley) -> Municipality:
    found = a_municipality("Mira")
    place_network(network=valley.network, municipality=found, by=OPERATOR)
    return found


def sent(client: Client, **changes: str):
    page = client.get(HERE).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    told = {
        "form_key": key[1] if key else "",
        "municipality": "Mira",
        "name": "San Nicolò",
        "day": "6",
        "month": "12",
        "source": "Statuto, art. 2",
        "since": "",
    }
    return client.post(HERE, {**told, **changes})


def test_a_secretary_enters_one_and_finds_it(as_secretary: Client, town: Municipality) -> None:
    assert sent(as_secretary)["Location"] == HERE
    page = as_secretary.get(HERE).content.decode()
    assert "San Nicolò" in page
    assert "6 dicembre" in page
    assert sent(as_secretary, day="7", since="2026-01-01").status_code == 302
    assert PatronSaint.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"municipality": "Nessuno"}, "Nessun Comune ha questo nome."),
        ({"day": "31", "month": "2"}, "Questo giorno non esiste in nessun anno."),
        ({"day": "0"}, "maggiore o uguale a 1"),
        ({"month": "13"}, "Scegli un&#x27;opzione valida"),
        ({"source": " "}, "Questo campo è obbligatorio"),
        ({"municipality": "Dolo"}, "Dolo"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    as_secretary: Client, town: Municipality, changes: dict[str, str], said: str
) -> None:
    a_municipality("Dolo", province=town.province)
    answer = sent(as_secretary, **changes)
    assert answer.status_code == 200
    assert said.lower()[:12] in answer.content.decode().lower()
    assert "San Nicolò" in answer.content.decode()
    assert not PatronSaint.objects.exists()


def test_for_others_it_is_not_there(
    as_member: Client, as_stranger: Client, town: Municipality
) -> None:
    assert [client.get(HERE).status_code for client in (as_member, as_stranger)] == [404, 404]


def test_it_asks_the_same_for_one_as_for_two_hundred(
    as_secretary: Client, valley: Valley, town: Municipality
) -> None:
    counted = []
    for number in ENOUGH:
        for each in range(number - PatronSaint.objects.count()):
            there = a_municipality(f"Comune {number} {each}", province=town.province, drawn=False)
            place_network(network=valley.network, municipality=there, by=OPERATOR)
            PatronSaint.objects.create(
                municipality=there, month=1, day=2, name="San Basilio", source="Statuto"
            )
        counted.append(queries_of(as_secretary, HERE))
    assert len(set(counted)) == 1
    assert counted[0] <= 20
