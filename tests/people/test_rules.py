from uuid import UUID, uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.people import rules

HERE, ELSEWHERE, ME, HER = uuid4(), uuid4(), uuid4(), uuid4()
SECRETARY = Actor(person=ME, roles=frozenset({Role("network_secretary", HERE)}))
MEMBER = Actor(
    person=ME, roles=frozenset({Role("organisation_member", HERE, ("organisation", uuid4()))})
)
STRANGER = Actor(person=ME)
PART = Actor(
    person=uuid4(),
    roles=frozenset({Role("network_secretary", HERE, parts=frozenset({"people"}))}),
)
DEPUTY = Actor(person=ME, acting_for=HER, roles=SECRETARY.roles)
EVERYBODY = (ANONYMOUS, STRANGER, MEMBER, SECRETARY, OPERATOR)


def about(person: UUID, *networks: UUID, signs_in: bool = False) -> rules.Knowledge:
    return rules.Knowledge(person, frozenset(networks), signs_in)


def who_may(rule, *args) -> list[Actor]:
    return [actor for actor in EVERYBODY if rule(actor, *args)]


@pytest.mark.parametrize(
    ("rule", "args", "who"),
    [
        (rules.may_invite, (HERE,), [SECRETARY, OPERATOR]),
        (rules.may_invite, (ELSEWHERE,), [OPERATOR]),
        (rules.may_create_account, (), [OPERATOR]),
        (rules.may_change_names, (ME,), [STRANGER, MEMBER, SECRETARY, OPERATOR]),
        (rules.may_change_names, (HER,), [OPERATOR]),
        (rules.may_end_sessions, (ME,), [STRANGER, MEMBER, SECRETARY, OPERATOR]),
        (rules.may_end_sessions, (HER,), [OPERATOR]),
        (rules.may_erase, (about(ME),), [STRANGER, MEMBER, SECRETARY, OPERATOR]),
        (rules.may_erase, (about(HER),), [OPERATOR]),
        (rules.may_erase, (about(HER, HERE),), [SECRETARY, OPERATOR]),
        (rules.may_erase, (about(HER, HERE, signs_in=True),), [OPERATOR]),
        (rules.may_erase, (about(HER, HERE, ELSEWHERE),), [OPERATOR]),
        (rules.may_see_data, (about(ME),), [STRANGER, MEMBER, SECRETARY, OPERATOR]),
        (rules.may_see_data, (about(HER, HERE),), [SECRETARY, OPERATOR]),
        (rules.may_see_data, (about(HER, HERE, ELSEWHERE),), [OPERATOR]),
        (rules.may_answer_requests, (HERE,), [SECRETARY, OPERATOR]),
        (rules.may_answer_requests, (ELSEWHERE,), [OPERATOR]),
        (rules.may_answer_requests, (None,), [OPERATOR]),
    ],
)
def test_who_may(rule, args, who) -> None:
    assert who_may(rule, *args) == who


def test_who_has_a_part_of_the_work_sees_and_does_not_erase() -> None:
    assert rules.may_see_data(PART, about(HER, HERE))
    assert rules.may_answer_requests(PART, HERE)
    assert not rules.may_erase(PART, about(HER, HERE))


def test_who_acts_for_another_is_not_herself_meanwhile() -> None:
    assert not rules.may_see_data(DEPUTY, about(ME))
    assert rules.may_see_data(DEPUTY, about(HER, HERE))
