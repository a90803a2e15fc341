from uuid import uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.people import rules

HERE, ELSEWHERE, ME, HER = uuid4(), uuid4(), uuid4(), uuid4()
SECRETARY = Actor(person=ME, roles=frozenset({Role("network_secretary", HERE)}))
MEMBER = Actor(
    person=ME, roles=frozenset({Role("organisation_member", HERE, ("organisation", uuid4()))})
)
STRANGER = Actor(person=ME)
EVERYBODY = (ANONYMOUS, STRANGER, MEMBER, SECRETARY, OPERATOR)


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
        (rules.may_erase, (), [OPERATOR]),
    ],
)
def test_who_may(rule, args, who) -> None:
    assert who_may(rule, *args) == who
