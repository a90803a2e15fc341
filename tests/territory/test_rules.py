from uuid import uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.territory.plugs import area_kinds
from tavolo.territory.rules import (
    may_edit_areas,
    may_edit_districts,
    may_import_territory,
    may_move,
    may_place_network,
)

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


@pytest.mark.parametrize(
    ("actor", "network", "district", "official"),
    [
        (OPERATOR, NETWORK, True, True),
        (OPERATOR, None, True, True),
        (holding("network_secretary"), NETWORK, True, False),
        (holding("network_secretary"), None, False, False),
        (holding("network_secretary"), OTHER, False, False),
        (holding("organisation_member"), NETWORK, False, False),
        (Actor(person=uuid4()), NETWORK, False, False),
        (ANONYMOUS, NETWORK, False, False),
    ],
)
def test_who_may_edit_areas(actor, network, district, official):
    health, province = area_kinds.get("health_social_district"), area_kinds.get("province")
    assert may_edit_districts(actor, network) is district
    assert may_edit_areas(actor, health, network) is district
    assert may_edit_areas(actor, province, network) is official


@pytest.mark.parametrize(
    ("moved", "held", "allowed"),
    [((1,), (1, 2), True), ((), (), True), ((1, 3), (1, 2), False), ((1,), (), False)],
)
def test_a_secretariat_moves_what_lies_in_its_territory(moved, held, allowed):
    health, province = area_kinds.get("health_social_district"), area_kinds.get("province")
    secretary = holding("network_secretary")
    asked = {"moved": moved, "territory": held}
    assert may_move(secretary, health, NETWORK, **asked) is allowed
    assert not may_move(secretary, province, NETWORK, **asked)
    assert not may_move(secretary, health, OTHER, **asked)
    assert may_move(OPERATOR, province, None, **asked)
    assert not may_move(ANONYMOUS, health, NETWORK, **asked)
