from dataclasses import FrozenInstanceError, dataclass
from datetime import date
from uuid import UUID

import pytest

from tavolo.kernel import actor
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role, actor_of
from tavolo.kernel.plugs import Registry

ANNA, BRUNO, LUCCA, MILANO, AUSER, ZONTA = (UUID(int=n) for n in range(1, 7))
ON = date(2026, 3, 1)


@dataclass
class Source:
    key: str
    held: dict[UUID, set[Role]]

    def roles(self, person: UUID, network: UUID | None, on: date) -> set[Role]:
        assert network is None
        return {
            role
            for role in self.held.get(person, set())
            if role.valid_from is None or role.valid_from <= on
        }


@pytest.fixture
def sources(monkeypatch) -> Registry[Source]:
    registry: Registry[Source] = Registry("role source")
    monkeypatch.setattr(actor, "role_sources", registry)
    return registry


def test_whoever_has_not_signed_in_holds_nothing():
    assert not ANONYMOUS.signed_in
    assert not ANONYMOUS.has("operator")
    assert ANONYMOUS.networks("network_secretary") == set()
    assert Actor() == ANONYMOUS


def test_the_operator_is_nobody_in_particular_and_holds_one_role():
    assert OPERATOR.has("operator")
    assert not OPERATOR.signed_in
    assert not OPERATOR.has("network_secretary", network=LUCCA)


SECRETARY = Role("network_secretary", LUCCA)
MEMBER = Role("organisation_member", LUCCA, ("organisation", AUSER))
EVERYWHERE = Role("operator")


@pytest.mark.parametrize(
    ("role", "key", "network", "scope", "held"),
    [
        (SECRETARY, "network_secretary", None, None, True),
        (SECRETARY, "network_secretary", LUCCA, None, True),
        (SECRETARY, "network_secretary", MILANO, None, False),
        (SECRETARY, "organisation_member", LUCCA, None, False),
        (SECRETARY, "network_secretar", LUCCA, None, False),
        # A role without scope is held for everything in its network …
        (SECRETARY, "network_secretary", LUCCA, ("organisation", AUSER), True),
        (SECRETARY, "network_secretary", MILANO, ("organisation", AUSER), False),
        # … one with a scope for that alone.
        (MEMBER, "organisation_member", LUCCA, ("organisation", AUSER), True),
        (MEMBER, "organisation_member", LUCCA, ("organisation", ZONTA), False),
        (MEMBER, "organisation_member", LUCCA, ("body", AUSER), False),
        (MEMBER, "organisation_member", MILANO, ("organisation", AUSER), False),
        (MEMBER, "organisation_member", None, ("organisation", AUSER), True),
        # A role that names no network gives nothing in one.
        (EVERYWHERE, "operator", None, None, True),
        (EVERYWHERE, "operator", LUCCA, None, False),
    ],
)
def test_a_role_is_held_in_its_network_and_for_its_scope(role, key, network, scope, held):
    assert Actor(ANNA, roles=frozenset({role})).has(key, network=network, scope=scope) is held


def test_two_halves_of_two_roles_make_no_third():
    both = Actor(
        ANNA,
        roles=frozenset({MEMBER, Role("organisation_member", MILANO, ("organisation", ZONTA))}),
    )
    assert not both.has("organisation_member", network=MILANO, scope=("organisation", AUSER))
    assert both.networks("organisation_member") == {LUCCA, MILANO}
    assert both.networks("network_secretary") == set()


def test_an_actor_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ANONYMOUS.person = ANNA  # type: ignore[misc]
    assert len({Actor(ANNA), Actor(ANNA), Actor(BRUNO)}) == 2


def test_an_actor_holds_what_every_source_gives_on_that_day(sources):
    future = Role("observer", LUCCA, valid_from=date(2026, 3, 2))
    sources.add(Source("offices", {ANNA: {SECRETARY, future}}))
    sources.add(Source("affiliations", {ANNA: {MEMBER}, BRUNO: {Role("other")}}))
    found = actor_of(ANNA, on=ON, network=LUCCA)
    assert found == Actor(ANNA, None, LUCCA, frozenset({SECRETARY, MEMBER}))
    assert actor_of(ANNA, on=date(2026, 3, 2)).has("observer")


def test_a_deputy_holds_the_principals_roles_too(sources):
    sources.add(Source("offices", {ANNA: {SECRETARY}, BRUNO: {MEMBER}}))
    found = actor_of(BRUNO, on=ON, acting_for=ANNA)
    assert found == Actor(BRUNO, ANNA, None, frozenset({SECRETARY, MEMBER}))


def test_somebody_of_whom_no_source_knows_holds_nothing(sources):
    assert actor_of(ANNA, on=ON) == Actor(ANNA)
