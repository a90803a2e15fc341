"""Elections: who is elected in a round, and who is level for what is left."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from tavolo.tables.regulation.choices import ElectionTie
from tavolo.tables.regulation.rules import Elections


@dataclass(frozen=True)
class Round:
    """Votes by candidate, and how many there are of whom the first round's majority is a part.

    `born` matters where the eldest is elected; who is missing from it leaves the tie open.
    """

    votes: Mapping[Hashable, int]
    base: int
    posts: int = 1
    number: int = 1
    born: Mapping[Hashable, date] | None = None


@dataclass(frozen=True)
class Elected:
    """`level`: those among whom `posts` are still to be given, by what the rules say of a tie.

    `again`: whether another round is to be held, as the majority of the first was not reached.
    """

    elected: tuple[Hashable, ...]
    level: tuple[Hashable, ...]
    posts: int
    needed: int
    again: bool


def elect(rules: Elections, held: Round) -> Elected:
    """By the rules: the majority in the first round, most votes in each that follows."""
    first = held.number == 1
    needed = max(1, rules.first_round.part.of(held.base)) if first else 1
    reached = {name: votes for name, votes in held.votes.items() if votes >= needed}
    sure, level = _ranked(reached, held.posts)
    left = held.posts - len(sure)
    if level and rules.tie == ElectionTie.ELDEST:
        chosen = _eldest(level, left, held.born or {})
        sure, level, left = (*sure, *chosen), () if chosen else level, left - len(chosen)
    return Elected(
        sure, level, left, needed, again=left > 0 and _goes_on(rules, level, first=first)
    )


def _goes_on(rules: Elections, level: tuple[Hashable, ...], *, first: bool) -> bool:
    return rules.tie == ElectionTie.AGAIN if level else first


def _ranked(
    votes: Mapping[Hashable, int], posts: int
) -> tuple[tuple[Hashable, ...], tuple[Hashable, ...]]:
    """Who is surely in, and who is level for the rest, both in the order of the ballot."""
    sure: tuple[Hashable, ...] = ()
    for number in sorted(set(votes.values()), reverse=True):
        same = tuple(name for name, got in votes.items() if got == number)
        if len(sure) + len(same) > posts:
            return sure, same if len(sure) < posts else ()
        sure += same
    return sure, ()


def _eldest(
    level: tuple[Hashable, ...], posts: int, born: Mapping[Hashable, date]
) -> tuple[Hashable, ...]:
    """The eldest of them; nobody where a day of birth is unknown, or two were born on one day."""
    if any(name not in born for name in level):
        return ()
    ordered = sorted(level, key=lambda name: born[name])
    if born[ordered[posts - 1]] == born[ordered[posts]]:
        return ()
    return tuple(ordered[:posts])
