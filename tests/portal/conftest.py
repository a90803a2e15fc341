from typing import Any

import pytest
from django.core.cache import cache

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.models import Participation
from tavolo.territory.actions import place_network
from tavolo.territory.models import Area
from tests.factories.registry import a_founded_network
from tests.factories.territory import a_municipality, a_province


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@pytest.fixture
def valley(db: None) -> Network:
    return a_founded_network()


@pytest.fixture
def province(db: None) -> Area:
    return a_province(municipalities=3)


@pytest.fixture
def placed(valley: Network, province: Area) -> Network:
    """The valley on a province of three municipalities."""
    place_network(network=valley, area=province, by=OPERATOR)
    return valley


@pytest.fixture
def town(province: Area) -> Network:
    """A network on a single municipality of the same province."""
    network = a_founded_network("paese", "Rete del paese")
    here = a_municipality("Paese", province=province)
    place_network(network=network, municipality=here, by=OPERATOR)
    return network


def text(answer: Any) -> str:
    return answer.content.decode()


def taking_part() -> int:
    return Participation.objects.count()
