from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tavolo.journal.actions import record, seal
from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home of its own for each test: heads of another one would be foreign."""
    settings.TAVOLO_HOME = tmp_path
    return tmp_path


@dataclass
class Journal:
    """A journal with three chains: five entries, four, and three of the installation."""

    milano: Network
    lucca: Network

    def record(self, network: Network | None, count: int) -> list[Entry]:
        """Take the count further, each entry in its own transaction."""
        return [self.one(network, number) for number in range(count)]

    def one(self, network: Network | None, number: int = 0, action: str = "tests.tried") -> Entry:
        with transaction.atomic():
            return record(
                action=action,
                actor=OPERATOR,
                subject=network,
                network=network,
                values={"name": "Anna", "number": number},
            )

    def entries(self, network: Network | None) -> list[Entry]:
        return list(Entry.objects.filter(network=network).order_by("id"))


def new_network(slug: str) -> Network:
    return Network.objects.create(slug=slug, name=slug.title(), created_at=clock.now())


@pytest.fixture
def journal(transactional_db: None) -> Journal:
    installation()
    made = Journal(new_network("milano"), new_network("lucca"))
    for network, count in ((made.milano, 5), (made.lucca, 4), (None, 3)):
        made.record(network, count)
    assert seal() == 12
    return made
