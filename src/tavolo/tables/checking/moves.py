"""One table of truth: which move, by whom, in which state of the check."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.registry.rules import acts_in_person
from tavolo.tables.checking.choices import CheckState
from tavolo.tables.rules import may_run_bodies


class Party(StrEnum):
    """As what an actor comes to a check; who is none of these does not know that it is there."""

    SECRETARIAT = "secretariat"
    COMMISSIONER = "commissioner"


class Move(StrEnum):
    SEE = "see"
    BEGIN = "begin"
    ANSWER = "answer"
    ASK_INTEGRATION = "ask_integration"
    TAKE_INTEGRATION = "take_integration"
    ANNOUNCE_REJECTION = "announce_rejection"
    TAKE_OBSERVATIONS = "take_observations"
    GO_ON = "go_on"
    SCORE = "score"
    CONCLUDE = "conclude"
    REOPEN = "reopen"
    DECIDE = "decide"
    WITHDRAW_ACT = "withdraw_act"


@dataclass(frozen=True)
class Allowed:
    """`competitive`: in such procedures alone, in others alone, or with None in all."""

    states: AbstractSet[str]
    parties: AbstractSet[Party] = frozenset({Party.SECRETARIAT})
    competitive: bool | None = None


ALL = frozenset(CheckState.values)
BOTH = frozenset(Party)
IN_CHECK = frozenset({CheckState.IN_CHECK.value})
INTEGRATION = frozenset({CheckState.INTEGRATION.value})
REJECTION = frozenset({CheckState.REJECTION.value})
CONCLUDED = frozenset({CheckState.CONCLUDED.value})

MOVES: Mapping[Move, Allowed] = {
    Move.SEE: Allowed(ALL, BOTH),
    Move.BEGIN: Allowed(frozenset({CheckState.WAITING.value})),
    Move.ANSWER: Allowed(IN_CHECK),
    Move.ASK_INTEGRATION: Allowed(IN_CHECK),
    Move.TAKE_INTEGRATION: Allowed(INTEGRATION),
    # Art. 10-bis does not apply to competitive procedures.
    Move.ANNOUNCE_REJECTION: Allowed(IN_CHECK, competitive=False),
    Move.TAKE_OBSERVATIONS: Allowed(REJECTION),
    Move.GO_ON: Allowed(INTEGRATION | REJECTION),
    Move.SCORE: Allowed(IN_CHECK, frozenset({Party.COMMISSIONER}), competitive=True),
    Move.CONCLUDE: Allowed(IN_CHECK),
    Move.REOPEN: Allowed(CONCLUDED),
    Move.DECIDE: Allowed(CONCLUDED),
    Move.WITHDRAW_ACT: Allowed(frozenset({CheckState.DECIDED.value})),
}


def parties_of(
    actor: Actor, *, network: UUID, commissioners: AbstractSet[UUID]
) -> frozenset[Party]:
    """As what she comes: the secretariat of the network, a commissioner of the notice, both or none.

    Commissioners judge in person: nobody scores in another's place.
    """
    found = set()
    if may_run_bodies(actor, network):
        found.add(Party.SECRETARIAT)
    if actor.person in commissioners and acts_in_person(actor):
        found.add(Party.COMMISSIONER)
    return frozenset(found)


def may(move: Move, parties: AbstractSet[Party]) -> bool:
    """Whether somebody who comes as these ever makes that move."""
    return bool(MOVES[move].parties & parties)


def fits(move: Move, state: str, *, competitive: bool) -> bool:
    """Whether the move is made in that state of the check, and in such a procedure."""
    allowed = MOVES[move]
    return state in allowed.states and allowed.competitive in {None, competitive}


def moves_for(parties: AbstractSet[Party], state: str, *, competitive: bool) -> list[Move]:
    """What an actor can do now, in the order of the table."""
    return [
        move for move in MOVES if may(move, parties) and fits(move, state, competitive=competitive)
    ]
