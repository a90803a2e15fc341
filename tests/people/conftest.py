import pytest
from django.core.cache import cache

from tavolo.kernel.models import Network
from tests.factories.people import a_network


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    """allauth keeps in memory which codes were used, by a key that the next test's account has again."""
    cache.clear()


@pytest.fixture
def network(db: None) -> Network:
    return a_network()
