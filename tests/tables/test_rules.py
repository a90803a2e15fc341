from uuid import uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.tables import rules
from tavolo.tables.choices import SeatRole
from tavolo.tables.rules import RIGHTS, Word

HERE, THERE, ADA, AURORA = (uuid4() for _number in range(4))
SECRETARY = Actor(uuid4(), None, None, frozenset({Role("network_secretary", HERE)}))
ELSEWHERE = Actor(uuid4(), None, None, frozenset({Role("network_secretary", THERE)}))
MEMBER = Actor(
    uuid4(), None, None, frozenset({Role("organisation_member", HERE, ("organisation", uuid4()))})
)
NEAR = Actor(
    uuid4(), None, None, frozenset({Role("organisation_member", THERE, ("organisation", AURORA))})
)
HERSELF = Actor(ADA, None, None, frozenset())
IN_HER_PLACE = Actor(uuid4(), ADA, None, frozenset())
STRANGER = Actor(uuid4(), None, None, frozenset())


def test_one_table_says_presence_word_vote_quorum_and_signature() -> None:
    told = {
        role: (one.presence, one.word, one.vote, one.counts, one.signs)
        for role, one in RIGHTS.items()
    }
    assert told == {
        SeatRole.CHAIR: (True, Word.ALL, True, True, True),
        SeatRole.COORDINATOR: (True, Word.ALL, True, True, True),
        SeatRole.MEMBER: (True, Word.ALL, True, True, False),
        SeatRole.SECRETARY: (True, Word.ALL, False, False, True),
        SeatRole.PARTNER: (True, Word.SOME, False, False, False),
        SeatRole.CONTRIBUTOR: (True, Word.ALL, False, False, False),
        SeatRole.OBSERVER: (True, Word.ASKED, False, False, False),
        SeatRole.GUEST: (True, Word.ASKED, False, False, False),
    }
    assert set(RIGHTS) == set(SeatRole)


def test_who_votes_is_among_those_from_whom_the_quorum_is_reckoned() -> None:
    assert {role for role, one in RIGHTS.items() if one.vote} == rules.ADHERENTS


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (ELSEWHERE, False),
        (MEMBER, False),
        (STRANGER, False),
        (ANONYMOUS, False),
    ],
    ids=["operator", "secretary", "elsewhere", "member", "stranger", "anonymous"],
)
def test_who_runs_the_bodies_of_a_network(actor: Actor, may: bool) -> None:
    assert rules.may_run_bodies(actor, HERE) is may


def test_whoever_runs_some_network_works_on_bodies() -> None:
    assert [rules.runs_some_bodies(actor) for actor in (ELSEWHERE, MEMBER)] == [True, False]


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (OPERATOR, True),
        (SECRETARY, True),
        (MEMBER, True),
        (NEAR, True),
        (HERSELF, True),
        (IN_HER_PLACE, False),
        (ELSEWHERE, False),
        (STRANGER, False),
        (ANONYMOUS, False),
    ],
    ids=[
        *("operator", "secretary", "member", "near", "herself", "in-her-place"),
        *("elsewhere", "stranger", "anonymous"),
    ],
)
def test_who_sees_whom_an_association_sends(actor: Actor, sees: bool) -> None:
    told = {"network": HERE, "person": ADA, "organisation": AURORA}
    assert rules.may_see_delegate(actor, **told, public=False) is sees
    assert rules.may_see_delegate(actor, **told, public=True)
