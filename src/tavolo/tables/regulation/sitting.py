"""What a validity is reckoned from: who sits, who was there, what was put and how they voted."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tavolo.tables.regulation.choices import Matter


class Way(StrEnum):
    """How a seat is there."""

    EFFECTIVE = "effective"
    SUBSTITUTE = "substitute"
    PROXY = "proxy"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    BLANK = "blank"
    VOID = "void"


@dataclass(frozen=True)
class Sitter:
    """A seat of the roster on the day. `role` as the room names it; `member`: whether it counts among
    those in office; `vote`: whether it votes; `institution`: police, court, prefecture, with
    presence and word alone; `filled`: whether somebody holds it on the day.
    """

    seat: Hashable
    role: str = "member"
    member: bool = True
    vote: bool = True
    institution: bool = False
    filled: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is one of the members that a quorum is reckoned on."""
        return self.member and not self.institution

    @property
    def votes(self) -> bool:
        return self.vote and self.counts


@dataclass(frozen=True)
class Presence:
    """That a seat was there from `entered` to `left`, half-open; None: from the first, to the last.

    `person` who was there for it. Of a proxy: `bearer` is the seat that bears it, there itself.
    """

    seat: Hashable
    way: Way = Way.EFFECTIVE
    remote: bool = False
    person: Hashable | None = None
    bearer: Hashable | None = None
    written: bool = True
    entered: datetime | None = None
    left: datetime | None = None

    def at(self, instant: datetime) -> bool:
        return (self.entered is None or self.entered <= instant) and (
            self.left is None or instant < self.left
        )


@dataclass(frozen=True)
class Vote:
    """An open vote of a seat, given by `person` where that is known."""

    seat: Hashable
    choice: Choice
    person: Hashable | None = None


@dataclass(frozen=True)
class Totals:
    """Of a secret vote, or of one that paper keeps by its numbers."""

    for_: int = 0
    against: int = 0
    abstained: int = 0
    blank: int = 0
    void: int = 0

    @property
    def given(self) -> int:
        return self.for_ + self.against + self.abstained + self.blank + self.void


@dataclass(frozen=True)
class Item:
    """An item of the agenda. `at`: when it was put to the vote, or taken up where nothing is voted.

    `votes` of an open vote; `totals` of a secret one, or of one on paper; neither: nothing was voted.
    """

    key: Hashable
    matter: Matter
    at: datetime
    votes: tuple[Vote, ...] | None = None
    totals: Totals | None = None
    secret: bool = False


@dataclass(frozen=True)
class Sitting:
    """A meeting. `call` 1 or 2; `chair` the seat that chairs it; `assigned` how many members the
    founding act assigns, where it says so.
    """

    roster: tuple[Sitter, ...]
    presences: tuple[Presence, ...]
    opened: datetime
    call: int = 1
    chair: Hashable | None = None
    assigned: int | None = None
