"""Quorum and votes: cases of the table of rules, and random meetings against another evaluation."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.tables.regulation.choices import Matter
from tavolo.tables.regulation.sitting import (
    Choice,
    Item,
    Presence,
    Sitter,
    Sitting,
    Totals,
    Vote,
    Way,
)
from tavolo.tables.regulation.there import SetAside, Why
from tavolo.tables.regulation.validity import Attendance, Outcome, Remark, attendance, validity
from tests.factories.regulations import HALF, THIRD, TWO_THIRDS, ruled
from tests.tables.regulation.oracle import NOON, answer, hour, random_case, told

FOR, AGAINST, ABSTAINED = Choice.FOR, Choice.AGAINST, Choice.ABSTAINED
AMONG_VOTERS = {"among": "voters", "part": HALF}


@given(st.randoms(use_true_random=False))
def test_any_meeting_is_evaluated_as_by_the_other_computation(lot: Random) -> None:
    regulation, sitting, item = random_case(lot)
    assert [told(each) for each in validity(regulation, sitting, (item,))] == [
        answer(regulation, sitting, item)
    ]


def members(number: int) -> tuple[Sitter, ...]:
    return tuple(Sitter(each) for each in range(1, number + 1))


def meeting(number: int, present: int, **more: Any) -> Sitting:
    """Of so many members so many are there; the first of them chairs."""
    presences = tuple(Presence(each) for each in range(1, present + 1))
    return Sitting(members(number), presences, NOON, **{"chair": 1, **more})


def vote(*choices: Choice, matter: Matter = Matter.PROPOSAL) -> Item:
    given_votes = tuple(Vote(seat, choice) for seat, choice in enumerate(choices, 1))
    return Item("item", matter, NOON, given_votes)


def outcome(regulation: Any, sitting: Sitting, item: Item) -> Outcome:
    return validity(regulation, sitting, (item,))[0].outcome


QUORUM = [
    ("first call, half and one of 15", {}, 15, 1, 8),
    ("first call, half and one of 14", {}, 14, 1, 8),
    ("half rounded up, plus one, of 15", {"quorum__first": {"reach": "plus_one", "share": "1/2"}}, 15, 1, 9),
    ("second call, a third of 54", {}, 54, 2, 18),
    ("second call, a third of 55", {}, 55, 2, 19),
    ("second call, whatever number", {"quorum__second": None}, 54, 2, 2),
    ("no second call: as on the first", {"quorum__second": None, "quorum__second_call": False}, 54, 2, 28),
    ("whatever number from the first call", {"quorum__first": None, "quorum__least": 1}, 54, 1, 1),
    ("two thirds of 10", {"quorum__first": TWO_THIRDS}, 10, 1, 7),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "number", "call", "required"), [each[1:] for each in QUORUM], ids=[each[0] for each in QUORUM])  # fmt: skip
def test_each_quorum_of_the_table(
    rules: dict[str, Any], number: int, call: int, required: int
) -> None:
    sitting = meeting(number, required, call=call)
    rule = "quorum.second" if call == 2 and "quorum__second_call" not in rules else "quorum.first"
    found = attendance(ruled(**rules), sitting, NOON)
    assert (found, found.reached) == (Attendance(number, required, required, rule), True)
    assert not attendance(ruled(**rules), meeting(number, required - 1, call=call), NOON).reached


DECISIONS = [
    ("majority of those present", {}, [FOR] * 5 + [AGAINST] * 4, "approved"),
    ("who does not vote is present", {}, [FOR] * 5, "approved"),
    ("and may be too many", {}, [FOR] * 4, "rejected"),
    ("abstained not counted", {}, [FOR] * 3 + [AGAINST] * 2 + [ABSTAINED] * 4, "approved"),
    ("abstained counted", {"decisions__abstained": True}, [FOR] * 3 + [AGAINST] * 2 + [ABSTAINED] * 4, "rejected"),
    ("of those who vote", {"decisions__ordinary": AMONG_VOTERS}, [FOR] * 2 + [AGAINST], "approved"),
    ("level, the chair for it", {"decisions__ordinary": AMONG_VOTERS}, [FOR, FOR, AGAINST, AGAINST], "approved"),
    ("level, the chair against it", {"decisions__ordinary": AMONG_VOTERS}, [AGAINST, AGAINST, FOR, FOR], "level"),
    ("level, and it fails", {"decisions__ordinary": AMONG_VOTERS, "decisions__tie": "fails"}, [FOR, AGAINST], "level"),
    ("of all in office", {"decisions__ordinary": {"among": "in_office", "part": HALF}}, [FOR] * 7, "rejected"),
    ("two thirds of all with vote", {"decisions__ordinary": {"among": "with_vote", "part": TWO_THIRDS}}, [FOR] * 9, "rejected"),
    ("nobody is for it", {"decisions__ordinary": {"among": "voters", "part": THIRD}}, [ABSTAINED] * 9, "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "choices", "result"), [each[1:] for each in DECISIONS], ids=[each[0] for each in DECISIONS])  # fmt: skip
def test_each_majority_of_the_table(
    rules: dict[str, Any], choices: list[Choice], result: str
) -> None:
    sitting = meeting(15, 9)
    assert outcome(ruled(**rules), sitting, vote(*choices)) == result


def test_a_matter_may_want_another_majority() -> None:
    special = [{"matter": "regulation", "majority": {"among": "in_office", "part": TWO_THIRDS}}]
    rules, sitting = ruled(decisions__special=special), meeting(9, 5)
    proposal, change = vote(*[FOR] * 5), vote(*[FOR] * 5, matter=Matter.REGULATION)
    found = validity(rules, sitting, (proposal, change))
    assert [(each.outcome, each.needed, each.rules) for each in found] == [
        ("approved", 3, ("quorum.first", "decisions.ordinary", "decisions.abstained")),
        ("rejected", 6, ("quorum.first", "decisions.special", "decisions.abstained")),
    ]


def test_a_quorum_lost_midway_is_lost_for_the_items_that_follow() -> None:
    leaving = Presence(8, left=hour(1))
    sitting = Sitting(members(15), (*(Presence(each) for each in range(1, 8)), leaving), NOON)
    items = tuple(
        Item(number, Matter.PROPOSAL, hour(number), tuple(Vote(seat, FOR) for seat in range(1, 8)))
        for number in (0, 1)
    )
    each, once = ruled(), ruled(quorum__checked="at_opening")
    assert [one.outcome for one in validity(each, sitting, items)] == ["approved", "no_quorum"]
    assert [one.outcome for one in validity(once, sitting, items)] == ["approved", "approved"]


def test_one_vote_a_seat_or_none() -> None:
    """Observer, guest, ended seat, effective and substitute at once, two devices at once."""
    roster = (*members(5), Sitter("observer", "observer", member=False, vote=False))
    presences = (
        Presence(1, person="effective"),
        Presence(1, Way.SUBSTITUTE, person="substitute"),
        *(Presence(each) for each in (2, 3, 4, "observer", "ended")),
    )
    votes = (
        Vote(1, FOR, "effective"),
        Vote(1, AGAINST, "substitute"),
        Vote(2, FOR),
        Vote(2, FOR),
        Vote(3, FOR),
        Vote(3, AGAINST),
        Vote(5, FOR),
        Vote("observer", FOR),
        Vote("ended", FOR),
    )
    found = validity(
        ruled(), Sitting(roster, presences, NOON), (Item("i", Matter.PROPOSAL, NOON, votes),)
    )[0]
    assert (found.quorum.present, found.voters, found.votes) == (4, 4, Totals(for_=2))
    assert set(found.aside) == {
        SetAside("ended", Why.NOT_A_SEAT),
        SetAside(1, Why.SUBSTITUTE_BESIDE),
        SetAside(3, Why.TWO_VOTES),
        SetAside(5, Why.NOT_THERE),
        SetAside("observer", Why.NO_VOTE),
    }


PROXIES = [
    ("none admitted", {"seats__proxies": 0}, True, Why.PROXY_NOT_ADMITTED),
    ("not written", {"seats__proxies": 1}, False, Why.PROXY_NOT_WRITTEN),
    ("one too many", {"seats__proxies": 1}, True, Why.PROXY_ONE_TOO_MANY),
]


@pytest.mark.parametrize(("rules", "written", "why"), [each[1:] for each in PROXIES], ids=[each[0] for each in PROXIES])  # fmt: skip
def test_a_proxy_beyond_the_rules_does_not_count(
    rules: dict[str, Any], written: bool, why: Why
) -> None:
    proxies = tuple(Presence(seat, Way.PROXY, bearer=1, written=written) for seat in (4, 5))
    sitting = Sitting(members(5), (Presence(1), Presence(2), Presence(3), *proxies), NOON)
    found = validity(ruled(**rules), sitting, (vote(FOR),))[0]
    assert SetAside(5, why) in found.aside


def test_a_proxy_votes_and_makes_the_quorum_only_where_the_rules_say_so() -> None:
    sitting = Sitting(
        members(5), (Presence(1), Presence(2), Presence(3, Way.PROXY, bearer=2)), NOON
    )
    counts = ruled(seats__proxies=1, seats__proxies_make_quorum=True)
    found = [
        (one.quorum.present, one.quorum.reached, one.voters)
        for rules in (counts, ruled(seats__proxies=1))
        for one in validity(rules, sitting, (vote(FOR, FOR, FOR),))
    ]
    assert found == [(3, True, 3), (2, False, 3)]


def test_a_proxy_that_is_given_in_twice_counts_once() -> None:
    proxies = (Presence(3, Way.PROXY, bearer=1), Presence(3, Way.PROXY, bearer=2))
    sitting = Sitting(members(4), (Presence(1), Presence(2), *proxies), NOON)
    found = validity(ruled(seats__proxies=1), sitting, (vote(FOR, FOR, FOR),))[0]
    assert (found.voters, found.aside) == (3, ())


@pytest.mark.parametrize("bearer", [3, 4, "stranger"])
def test_a_proxy_needs_somebody_there_who_bears_it(bearer: Any) -> None:
    proxy = Presence(3, Way.PROXY, bearer=bearer)
    sitting = Sitting(members(4), (Presence(1), Presence(2), proxy), NOON)
    found = validity(ruled(seats__proxies=1), sitting, (vote(),))[0]
    assert found.aside == (SetAside(3, Why.BEARER_NOT_THERE),)


def test_what_the_rules_do_not_admit_is_set_aside_with_its_reason() -> None:
    roster = (*members(4), Sitter(5, filled=False), Sitter(6, filled=False))
    presences = (
        Presence(1),
        Presence(2, remote=True),
        Presence(3, Way.SUBSTITUTE),
        Presence(5),
        Presence(6, Way.PROXY, bearer=1),
        Presence("ended", Way.PROXY, bearer=1),
    )
    rules = ruled(remote__allowed=False, seats__substitutes=False, seats__proxies=1)
    found = validity(
        rules, Sitting(roster, presences, NOON), (Item("i", Matter.INFORMATION, NOON),)
    )[0]
    assert (found.outcome, found.voters, found.aside) == (
        Outcome.NOT_VOTED,
        1,
        (
            SetAside(2, Why.REMOTE_NOT_ADMITTED),
            SetAside(3, Why.SUBSTITUTE_NOT_ADMITTED),
            SetAside(5, Why.NOBODY_HOLDS_IT),
            SetAside(6, Why.NOBODY_HOLDS_IT),
            SetAside("ended", Why.NOT_A_SEAT),
        ),
    )


def test_vacant_seats_count_among_those_in_office_where_the_rules_say_so() -> None:
    sitting = Sitting((*members(4), Sitter(5, filled=False)), (), NOON, assigned=9)
    asked = (
        ruled(),
        ruled(quorum__vacant=False),
        ruled(quorum__basis="assigned"),
        ruled(quorum__basis="with_vote"),
    )
    assert [attendance(each, sitting, NOON).in_office for each in asked] == [5, 4, 9, 5]


def test_an_institution_is_there_and_neither_counts_nor_votes() -> None:
    police = Sitter("police", "partner", institution=True)
    sitting = Sitting((*members(3), police), (Presence(1), Presence(2), Presence("police")), NOON)
    found = validity(ruled(), sitting, (vote(FOR, AGAINST),))[0]
    assert (found.quorum.in_office, found.quorum.present, found.voters) == (3, 2, 2)


def test_more_votes_than_voters_are_no_vote() -> None:
    secret = Item("i", Matter.APPOINTMENT, NOON, totals=Totals(for_=4), secret=True)
    assert outcome(ruled(), meeting(5, 3), secret) == Outcome.INVALID


def test_in_a_secret_vote_nobody_s_vote_prevails() -> None:
    level = Totals(for_=2, against=2)
    secret = Item("i", Matter.APPOINTMENT, NOON, totals=level, secret=True)
    assert outcome(ruled(), meeting(5, 4), secret) == Outcome.LEVEL


def test_what_should_be_known_is_remarked() -> None:
    far = Sitting(members(3), (Presence(1, remote=True), Presence(2)), NOON, call=2, chair=1)
    rules = ruled(quorum__basis="assigned", quorum__second_call=False, quorum__second=None)
    opened = vote(FOR, AGAINST, matter=Matter.EXCLUSION)
    secret = Item("s", Matter.EXCLUSION, NOON, totals=Totals(for_=2), secret=True)
    assert [each.remarks for each in validity(rules, far, (opened, secret))] == [
        (
            Remark.SECOND_CALL_NOT_PROVIDED,
            Remark.ASSIGNED_NOT_KNOWN,
            Remark.SHOULD_BE_SECRET,
            Remark.CHAIR_DECIDED,
        ),
        (Remark.SECOND_CALL_NOT_PROVIDED, Remark.ASSIGNED_NOT_KNOWN, Remark.SECRET_FROM_AFAR),
    ]
