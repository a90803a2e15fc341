from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel import actor
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Grant, Role, actor_of
from tavolo.kernel.plugs import Registry

ANNA, BRUNO, LUCCA, MILANO, AUSER, ZONTA, CARLA = (UUID(int=n) for n in range(1, 8))
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


@dataclass
class Grants:
    key: str
    given: dict[tuple[UUID, UUID], set[Grant]]

    def grants(self, deputy: UUID, principal: UUID, on: date) -> set[Grant]:
        return {
            grant
            for grant in self.given.get((deputy, principal), set())
            if grant.valid_until is None or on < grant.valid_until
        }


@pytest.fixture
def grants(monkeypatch) -> Registry[Grants]:
    registry: Registry[Grants] = Registry("source of grants")
    monkeypatch.setattr(actor, "grant_sources", registry)
    return registry


def test_a_deputy_has_what_the_principal_granted_and_nothing_of_her_own(sources, grants):
    sources.add(Source("offices", {ANNA: {SECRETARY}, BRUNO: {MEMBER}}))
    grants.add(Grants("deputies", {(BRUNO, ANNA): {Grant(LUCCA)}}))
    found = actor_of(BRUNO, on=ON, acting_for=ANNA)
    assert found == Actor(BRUNO, ANNA, None, frozenset({SECRETARY}))
    assert actor_of(BRUNO, on=ON) == Actor(BRUNO, roles=frozenset({MEMBER}))


def test_without_a_grant_whoever_acts_for_another_holds_nothing(sources, grants):
    sources.add(Source("offices", {ANNA: {SECRETARY}, BRUNO: {MEMBER}}))
    grants.add(Grants("deputies", {(ANNA, BRUNO): {Grant(LUCCA)}}))
    assert actor_of(BRUNO, on=ON, acting_for=ANNA) == Actor(BRUNO, ANNA)


def test_a_grant_that_ended_gives_nothing(sources, grants):
    sources.add(Source("offices", {ANNA: {SECRETARY}}))
    grants.add(Grants("deputies", {(BRUNO, ANNA): {Grant(LUCCA, valid_until=ON)}}))
    assert actor_of(BRUNO, on=date(2026, 2, 28), acting_for=ANNA).has("network_secretary")
    assert actor_of(BRUNO, on=ON, acting_for=ANNA) == Actor(BRUNO, ANNA)


def test_a_grant_gives_nothing_that_the_principal_does_not_hold_any_more(sources, grants):
    sources.add(Source("offices", {ANNA: set()}))
    grants.add(Grants("deputies", {(BRUNO, ANNA): {Grant(LUCCA)}}))
    assert actor_of(BRUNO, on=ON, acting_for=ANNA) == Actor(BRUNO, ANNA)


def test_a_grant_is_not_passed_on(sources, grants):
    sources.add(Source("offices", {ANNA: {SECRETARY}}))
    grants.add(Grants("deputies", {(BRUNO, ANNA): {Grant(LUCCA)}, (CARLA, BRUNO): {Grant(LUCCA)}}))
    assert actor_of(CARLA, on=ON, acting_for=BRUNO) == Actor(CARLA, BRUNO)


@pytest.mark.parametrize(
    ("grant", "given"),
    [
        (Grant(LUCCA), {SECRETARY}),
        (Grant(MILANO), set()),
        (Grant(LUCCA, ("organisation", AUSER)), {MEMBER}),
        (Grant(LUCCA, ("organisation", ZONTA)), set()),
        (Grant(MILANO, ("organisation", AUSER)), set()),
        (
            Grant(LUCCA, parts=frozenset({"imports"})),
            {replace(SECRETARY, parts=frozenset({"imports"}))},
        ),
        (
            Grant(LUCCA, None, None, date(2026, 1, 1), date(2026, 4, 1)),
            {replace(SECRETARY, valid_from=date(2026, 1, 1), valid_until=date(2026, 4, 1))},
        ),
    ],
)
def test_a_grant_is_of_one_network_and_one_scope(sources, grants, grant, given):
    sources.add(Source("offices", {ANNA: {SECRETARY, MEMBER}}))
    grants.add(Grants("deputies", {(BRUNO, ANNA): {grant}}))
    assert actor_of(BRUNO, on=ON, acting_for=ANNA).roles == given


@pytest.mark.parametrize(
    ("held", "part", "has"),
    [
        (None, "", True),
        (None, "imports", True),
        (frozenset({"imports"}), "imports", True),
        (frozenset({"imports"}), "people", False),
        # What names no part of the work is for those who hold it whole.
        (frozenset({"imports"}), "", False),
        (frozenset(), "imports", False),
    ],
)
def test_a_part_of_a_role_opens_that_part_alone(held, part, has):
    somebody = Actor(ANNA, roles=frozenset({replace(SECRETARY, parts=held)}))
    assert somebody.has("network_secretary", network=LUCCA, part=part) is has
    assert (somebody.networks("network_secretary", part=part) == {LUCCA}) is has


NAMES = st.sets(st.sampled_from(["imports", "people", "territory"])).map(frozenset)
PARTS = st.none() | NAMES
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
WHERE = st.sampled_from([LUCCA, MILANO])
SCOPES = st.sampled_from([None, ("organisation", AUSER), ("organisation", ZONTA)])
HELD_ROLES = st.builds(
    Role, st.sampled_from(["network_secretary", "organisation_member"]), WHERE, SCOPES, DAYS, DAYS,
    PARTS,
)  # fmt: skip


@given(role=HELD_ROLES, grant=st.builds(Grant, WHERE, SCOPES, PARTS, DAYS, DAYS))
def test_no_grant_gives_more_than_the_principal_holds(role: Role, grant: Grant) -> None:
    given = grant.of(role)
    if given is None:
        assert (grant.network, grant.scope) != (role.network, role.scope)
        return
    assert (given.key, given.network, given.scope) == (role.key, role.network, role.scope)
    for part in ("", "imports", "people", "territory", "unknown"):
        granted = replace(role, parts=grant.parts).covers(part)
        assert given.covers(part) is (role.covers(part) and granted)
    for first in filter(None, (role.valid_from, grant.valid_from)):
        assert given.valid_from is not None
        assert given.valid_from >= first
    for end in filter(None, (role.valid_until, grant.valid_until)):
        assert given.valid_until is not None
        assert given.valid_until <= end


def test_somebody_of_whom_no_source_knows_holds_nothing(sources):
    assert actor_of(ANNA, on=ON) == Actor(ANNA)
