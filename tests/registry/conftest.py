from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.models import NetworkOffice, Participation
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, acting, many_participants


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@dataclass(frozen=True)
class Valley:
    """A network and the person who runs it, as actor."""

    network: Network
    person: Person
    secretary: Actor


@pytest.fixture
def valley(db: None) -> Valley:
    network = a_founded_network()
    person = NetworkOffice.objects.get(network=network).person
    return Valley(network, person, acting(person))


@pytest.fixture
def stranger(db: None) -> Actor:
    return acting(a_person("Nora", "Bianchi"))


def text(answer: Any) -> str:
    return answer.content.decode()


def names_in(answer: Any) -> list[str]:
    """The names that the page's table lists, in its order."""
    return [row.cells[0].value for row in answer.context["table"].rows]


def counted(client: Client, network: Network, path: str) -> int:
    """The number of queries of a page, which is the same at 1, 10 and 200 rows."""
    found = []
    for number in ENOUGH:
        many_participants(network, number - Participation.objects.count())
        found.append(queries_of(client, path))
    assert len(set(found)) == 1, found
    return found[0]
