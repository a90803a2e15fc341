"""Parts of the work × rules: a deputy for some parts passes where one of them is asked for, and nowhere else."""

from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.documents import rules as documents
from tavolo.imports.rules import IMPORTS
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role, parts_of_work
from tavolo.messages.pec import rules as pec
from tavolo.people import rules as people
from tavolo.registry import rules
from tavolo.territory import rules as territory
from tavolo.territory.plugs import area_kinds

HERE, THERE, PRINCIPAL, DEPUTY, ORGANISATION = (UUID(int=n) for n in range(1, 6))
SCOPE = ("organisation", ORGANISATION)
DISTRICT = next(kind for kind in area_kinds if not kind.official)

# Each rule of a network's secretariat, with the part that it asks for; "" is the office whole.
ASKED = {
    "runs_network": (rules.runs_network, ""),
    "may_edit_network": (rules.may_edit_network, rules.SETTINGS),
    "may_add_organisation": (rules.may_add_organisation, rules.ORGANISATIONS),
    "may_edit_organisation": (rules.may_edit_organisation, rules.ORGANISATIONS),
    "may_admit": (rules.may_admit, rules.ORGANISATIONS),
    "may_affiliate": (rules.may_affiliate, rules.PEOPLE),
    "may_keep_commitments": (rules.may_keep_commitments, rules.COMMITMENTS),
    "works_on_papers": (documents.works_on_papers, documents.DOCUMENTS),
    "may_keep_pec": (pec.may_keep_pec, pec.PEC),
    "may_invite": (people.may_invite, people.PEOPLE),
    "may_place_network": (territory.may_place_network, territory.TERRITORY),
    "may_edit_districts": (territory.may_edit_districts, territory.TERRITORY),
    "may_edit_areas": (
        lambda actor, network: territory.may_edit_areas(actor, DISTRICT, network),
        territory.TERRITORY,
    ),
}
# What is done in person alone, by whoever holds the office whole.
IN_PERSON = {
    "may_appoint": rules.may_appoint,
    "may_hand_over": rules.may_hand_over,
    "may_open_deputies": rules.may_open_deputies,
    "may_appoint_deputy": lambda actor, network: rules.may_appoint_deputy(actor, uuid4(), network),
    "may_revoke_deputy": lambda actor, network: rules.may_revoke_deputy(
        actor, principal=uuid4(), deputy=uuid4(), network=network
    ),
}
KEYS = sorted(part.key for part in parts_of_work)


def deputy(*parts: str, network: UUID = HERE) -> Actor:
    role = Role("network_secretary", network, parts=frozenset(parts))
    return Actor(DEPUTY, PRINCIPAL, roles=frozenset({role}))


WHOLE_DEPUTY = Actor(DEPUTY, PRINCIPAL, roles=frozenset({Role("network_secretary", HERE)}))
SECRETARY = Actor(PRINCIPAL, roles=frozenset({Role("network_secretary", HERE)}))


def test_the_parts_of_the_work_are_these() -> None:
    assert [
        *("commitments", "documents", "imports", "organisations", "pec", "people", "settings"),
        "territory",
    ] == KEYS
    assert {part for _rule, part in ASKED.values()} | {IMPORTS} == {"", *KEYS}


@pytest.mark.parametrize(("name", "part"), list(product(ASKED, KEYS)))
def test_one_part_opens_what_asks_for_it_and_nothing_else(name: str, part: str) -> None:
    rule, asked = ASKED[name]
    assert rule(deputy(part), HERE) is (asked == part)
    assert rule(deputy(part, network=THERE), HERE) is False


@pytest.mark.parametrize("name", ASKED)
def test_a_deputy_for_everything_does_what_has_a_part_and_what_has_none(name: str) -> None:
    rule, _asked = ASKED[name]
    assert [rule(actor, HERE) for actor in (OPERATOR, SECRETARY, WHOLE_DEPUTY)] == [True] * 3
    assert [rule(actor, HERE) for actor in (ANONYMOUS, deputy())] == [False] * 2


@pytest.mark.parametrize("name", IN_PERSON)
def test_appointing_and_handing_over_is_done_in_person(name: str) -> None:
    rule = IN_PERSON[name]
    told = {
        "secretary": rule(SECRETARY, HERE),
        "operator": rule(OPERATOR, HERE),
        "deputy for everything": rule(WHOLE_DEPUTY, HERE),
        "deputy for each part": rule(deputy(*KEYS), HERE),
        "elsewhere": rule(SECRETARY, THERE),
        "anonymous": rule(ANONYMOUS, HERE),
    }
    assert told == {
        "secretary": True,
        "operator": True,
        "deputy for everything": False,
        "deputy for each part": False,
        "elsewhere": False,
        "anonymous": False,
    }


def test_only_whoever_acts_for_herself_acts_in_person() -> None:
    assert [rules.acts_in_person(actor) for actor in (SECRETARY, OPERATOR, Actor(DEPUTY))] == [
        True,
        True,
        True,
    ]
    assert not rules.acts_in_person(WHOLE_DEPUTY)


@pytest.mark.parametrize(
    ("actor", "appoints", "revokes"),
    [
        (Actor(PRINCIPAL), True, True),
        (Actor(DEPUTY), False, True),
        (SECRETARY, True, True),
        (Actor(uuid4()), False, False),
        (Actor(DEPUTY, PRINCIPAL), False, False),
        (Actor(PRINCIPAL, DEPUTY), False, False),
        (ANONYMOUS, False, False),
    ],
)
def test_a_deputy_is_named_by_the_principal_and_gives_it_back_herself(
    actor: Actor, appoints: bool, revokes: bool
) -> None:
    assert rules.may_appoint_deputy(actor, PRINCIPAL, HERE) is appoints
    told = rules.may_revoke_deputy(actor, principal=PRINCIPAL, deputy=DEPUTY, network=HERE)
    assert told is revokes


MEMBER_ROLE = Role("organisation_member", HERE, SCOPE)


@pytest.mark.parametrize(
    ("actor", "hidden"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (deputy(rules.COMMITMENTS), True),
        (deputy(rules.PEOPLE), False),
        (Actor(uuid4(), roles=frozenset({MEMBER_ROLE})), True),
        (Actor(uuid4(), roles=frozenset({Role("organisation_member", THERE, SCOPE)})), False),
        (Actor(uuid4()), False),
        (ANONYMOUS, False),
    ],
)
def test_what_is_not_public_of_a_commitment_is_for_the_network(actor: Actor, hidden: bool) -> None:
    assert rules.may_see_commitment(actor, network=HERE, public=False) is hidden
    assert rules.may_see_commitment(actor, network=HERE, public=True)


ACTORS = st.builds(
    lambda for_whom, roles: Actor(DEPUTY, for_whom, roles=frozenset(roles)),
    st.sampled_from([None, PRINCIPAL]),
    st.sets(
        st.builds(
            Role,
            st.sampled_from(["network_secretary", "organisation_member", "another"]),
            st.sampled_from([HERE, THERE]),
            st.none(),
            st.none(),
            st.none(),
            st.none() | st.sets(st.sampled_from(KEYS)).map(frozenset),
        ),
        max_size=4,
    ),
)


@given(actor=ACTORS)
def test_whatever_somebody_holds_a_rule_asks_for_its_part_in_that_network(actor: Actor) -> None:
    held = [r for r in actor.roles if r.key == "network_secretary" and r.network == HERE]
    for rule, part in ASKED.values():
        expected = any(r.parts is None or part in r.parts for r in held)
        assert rule(actor, HERE) is expected
    whole = any(role.parts is None for role in held)
    assert rules.may_appoint(actor, HERE) is (whole and actor.acting_for is None)
    assert rules.works_at(actor, HERE) is bool(held)
