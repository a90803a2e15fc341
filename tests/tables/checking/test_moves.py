"""Role by state by move: one table, and who comes as what."""

from itertools import product
from uuid import UUID

import pytest

from tavolo.kernel.actor import OPERATOR, Actor, Role
from tavolo.tables.checking.choices import CheckState
from tavolo.tables.checking.moves import MOVES, Move, Party, fits, may, moves_for, parties_of

NETWORK, OTHER, PERSON, ANOTHER = (UUID(int=n) for n in range(1, 5))
SECRETARY = Actor(person=ANOTHER, roles=frozenset({Role("network_secretary", network=NETWORK)}))
COMMISSIONERS = frozenset({PERSON})


@pytest.mark.parametrize(
    ("actor", "network", "found"),
    [
        (SECRETARY, NETWORK, {Party.SECRETARIAT}),
        (SECRETARY, OTHER, set()),
        (OPERATOR, OTHER, {Party.SECRETARIAT}),
        (Actor(person=PERSON), NETWORK, {Party.COMMISSIONER}),
        (Actor(person=ANOTHER, acting_for=PERSON), NETWORK, set()),
        (Actor(person=PERSON, acting_for=ANOTHER), NETWORK, set()),
        (Actor(person=ANOTHER), NETWORK, set()),
        (Actor(), NETWORK, set()),
    ],
)
def test_as_what_somebody_comes(actor: Actor, network: UUID, found: set[Party]) -> None:
    assert parties_of(actor, network=network, commissioners=COMMISSIONERS) == found


def now(party: Party, state: CheckState, *, competitive: bool) -> list[Move]:
    return [move for move in moves_for({party}, state, competitive=competitive) if move != Move.SEE]


@pytest.mark.parametrize(
    ("state", "plain", "competitive"),
    [
        (CheckState.WAITING, [Move.BEGIN], [Move.BEGIN]),
        (
            CheckState.IN_CHECK,
            [Move.ANSWER, Move.ASK_INTEGRATION, Move.ANNOUNCE_REJECTION, Move.CONCLUDE],
            [Move.ANSWER, Move.ASK_INTEGRATION, Move.CONCLUDE],
        ),
        (CheckState.INTEGRATION, [Move.TAKE_INTEGRATION, Move.GO_ON], [Move.TAKE_INTEGRATION, Move.GO_ON]),
        (CheckState.REJECTION, [Move.TAKE_OBSERVATIONS, Move.GO_ON], [Move.TAKE_OBSERVATIONS, Move.GO_ON]),
        (CheckState.CONCLUDED, [Move.REOPEN, Move.DECIDE], [Move.REOPEN, Move.DECIDE]),
        (CheckState.DECIDED, [Move.WITHDRAW_ACT], [Move.WITHDRAW_ACT]),
    ],
)  # fmt: skip
def test_what_the_secretariat_can_do(
    state: CheckState, plain: list[Move], competitive: list[Move]
) -> None:
    assert now(Party.SECRETARIAT, state, competitive=False) == plain
    assert now(Party.SECRETARIAT, state, competitive=True) == competitive


def test_a_commissioner_sees_and_scores_and_nothing_else() -> None:
    made = {
        (state, move)
        for state, competitive in product(CheckState, (False, True))
        for move in now(Party.COMMISSIONER, state, competitive=competitive)
    }
    assert made == {(CheckState.IN_CHECK, Move.SCORE)}
    assert not any(may(move, set()) for move in MOVES)


def test_each_state_but_the_last_has_a_way_on() -> None:
    for state, competitive in product(CheckState, (False, True)):
        assert any(fits(move, state, competitive=competitive) for move in MOVES if move != Move.SEE)
