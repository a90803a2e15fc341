"""Votes: which count, how many of each, and whether they are enough."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

from tavolo.tables.regulation.choices import Among, Tie
from tavolo.tables.regulation.rules import Majority, Regulation
from tavolo.tables.regulation.sitting import Choice, Item, Sitter, Sitting, Totals, Vote, Way
from tavolo.tables.regulation.there import SetAside, There, Why, in_office, with_vote


@dataclass(frozen=True)
class Count:
    """What was voted: totals, the seats whose open votes count, and the votes that do not."""

    totals: Totals
    by_seat: dict[Hashable, Choice]
    aside: tuple[SetAside, ...]


def count(item: Item, sitting: Sitting, present: There) -> Count | None:
    """One vote a seat or none: two that differ cancel each other. None where nothing was voted."""
    if item.votes is None:
        return None if item.totals is None else Count(item.totals, {}, ())
    roster = {each.seat: each for each in sitting.roster}
    aside: list[SetAside] = []
    given: dict[Hashable, set[Choice]] = {}
    for vote in item.votes:
        if why := _not_counted(vote, roster.get(vote.seat), present):
            aside.append(SetAside(vote.seat, why))
        else:
            given.setdefault(vote.seat, set()).add(vote.choice)
    by_seat = {seat: next(iter(said)) for seat, said in given.items() if len(said) == 1}
    aside += [SetAside(seat, Why.TWO_VOTES) for seat in given if seat not in by_seat]
    return Count(_totals(by_seat), by_seat, tuple(aside))


def reckoned_on(
    majority: Majority, regulation: Regulation, sitting: Sitting, tally: "Tally"
) -> int:
    """How many there are of whom the majority is a part."""
    given = tally.totals
    undecided = given.abstained + given.blank + given.void
    match majority.among:
        case Among.IN_OFFICE:
            return in_office(regulation.quorum, sitting)
        case Among.WITH_VOTE:
            return with_vote(regulation.quorum, sitting)
        case Among.PRESENT:
            number = tally.voters
        case _:
            number = given.given
    return number if regulation.decisions.abstained else number - undecided


@dataclass(frozen=True)
class Tally:
    """What was voted, and how many might have voted."""

    totals: Totals
    voters: int


def voters(sitting: Sitting, present: There) -> frozenset[Hashable]:
    """The seats that may vote now, by proxy too."""
    return frozenset(each.seat for each in sitting.roster if each.votes and each.seat in present)


def tips(regulation: Regulation, sitting: Sitting, counted: Count) -> bool:
    """Whether, the votes being level, that of whoever chairs decides for the proposal."""
    return (
        regulation.decisions.tie == Tie.CHAIR
        and level(counted.totals)
        and counted.by_seat.get(sitting.chair) == Choice.FOR
    )


def level(totals: Totals) -> bool:
    return totals.for_ == totals.against and totals.for_ > 0


def _not_counted(vote: Vote, sitter: Sitter | None, present: There) -> Why | None:
    if sitter is None:
        return Why.NOT_A_SEAT
    if not sitter.votes:
        return Why.NO_VOTE
    if vote.seat not in present:
        return Why.NOT_THERE
    held = present.selves.get(vote.seat, ())
    stands_in = any(
        each.way == Way.SUBSTITUTE and each.person == vote.person is not None for each in held
    )
    if stands_in and any(each.way == Way.EFFECTIVE for each in held):
        return Why.SUBSTITUTE_BESIDE
    return None


def _totals(by_seat: dict[Hashable, Choice]) -> Totals:
    number = Counter(by_seat.values())
    return Totals(
        number[Choice.FOR],
        number[Choice.AGAINST],
        number[Choice.ABSTAINED],
        number[Choice.BLANK],
        number[Choice.VOID],
    )
