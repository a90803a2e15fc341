"""A meeting by its numbers alone: what the rules would make of it, before an act adopts them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tavolo.tables.regulation.choices import Matter
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.sitting import Choice, Item, Presence, Sitter, Sitting, Totals, Vote
from tavolo.tables.regulation.validity import ItemValidity, validity

# On which day it is held changes nothing: these rules know no dates.
NOON = datetime(2000, 1, 1, 12, tzinfo=UTC)
CHAIR = 0


@dataclass(frozen=True)
class Sample:
    """So many members in office, all with a vote; so many of them there; so many votes of each kind.

    `chair_for`: whoever chairs is one of those for the proposal, where somebody is. ValueError for
    more present than members, or more votes than present.
    """

    members: int = 15
    present: int = 8
    call: int = 1
    matter: Matter = Matter.PROPOSAL
    for_: int = 4
    against: int = 4
    abstained: int = 0
    chair_for: bool = True

    def __post_init__(self) -> None:
        votes = self.for_ + self.against + self.abstained
        numbers = (self.for_, self.against, self.abstained)
        if min(numbers) < 0 or not votes <= self.present <= self.members:
            raise ValueError(f"Not a meeting: {self!r}")


def replay(regulation: Regulation, sample: Sample) -> ItemValidity:
    """What the rules make of it, by the same function that judges real meetings."""
    sitting = Sitting(
        roster=tuple(Sitter(seat) for seat in range(sample.members)),
        presences=tuple(Presence(seat) for seat in range(sample.present)),
        opened=NOON,
        call=sample.call,
        chair=CHAIR,
        assigned=sample.members,
    )
    return validity(regulation, sitting, (_item(regulation, sample),))[0]


def _item(regulation: Regulation, sample: Sample) -> Item:
    if sample.matter == Matter.INFORMATION:
        return Item("sample", sample.matter, NOON)
    if sample.matter in regulation.decisions.secret_on:
        totals = Totals(sample.for_, sample.against, sample.abstained)
        return Item("sample", sample.matter, NOON, totals=totals, secret=True)
    return Item("sample", sample.matter, NOON, votes=_votes(sample))


def _votes(sample: Sample) -> tuple[Vote, ...]:
    """By seats; the first of them chairs, and is for the proposal or is not."""
    choices = [Choice.FOR] * sample.for_
    others = [Choice.AGAINST] * sample.against + [Choice.ABSTAINED] * sample.abstained
    ordered = choices + others if sample.chair_for else others + choices
    return tuple(Vote(seat, choice) for seat, choice in enumerate(ordered))
