from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tests.factories.people import a_network


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    """allauth keeps in memory which codes were used, by a key that the next test's account has again."""
    cache.clear()


@pytest.fixture(autouse=True)
def _away_from_the_quarter() -> Iterator[None]:
    """Attempts are counted in stretches of time: no test may begin in one and end in the next."""
    with time_machine.travel(clock.now().replace(hour=10, minute=5, second=0), tick=True):
        yield


@pytest.fixture
def network(db: None) -> Network:
    return a_network()
