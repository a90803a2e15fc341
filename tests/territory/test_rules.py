from uuid import uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.territory.rules import may_import_territory, may_place_network

NETWORK, OTHER = uuid4(), uuid4()


def holding(key: str, network=NETWORK) -> Actor:
    return Actor(person=uuid4(), roles=frozenset({Role(key, network)}))


@pytest.mark.parametrize(
    ("actor", "imports", "places"),
    [
        (OPERATOR, True, True),
        (holding("network_secretary"), False, True),
        (holding("network_secretary", OTHER), False, False),
        (holding("organisation_member"), False, False),
        (Actor(person=uuid4()), False, False),
        (ANONYMOUS, False, False),
    ],
)
def test_who_may_change_the_territory(actor, imports, places):
    assert may_import_territory(actor) is imports
    assert may_place_network(actor, NETWORK) is places
