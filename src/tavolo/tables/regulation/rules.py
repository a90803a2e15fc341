"""What a regulation may say: one frozen value, a section for each row of what regulations rule.

There are no defaults: a rule is what an act or a preset says, with its source. None is "the
regulation provides nothing", which is not zero.
"""

from dataclasses import dataclass
from fractions import Fraction

from tavolo.kernel.terms import Rule
from tavolo.tables.regulation.choices import (
    Among,
    Approval,
    Basis,
    Channel,
    Checked,
    Convener,
    Elected,
    ElectionTie,
    Matter,
    Publication,
    Reach,
    ReportTo,
    Signing,
    Tie,
    Voice,
)


@dataclass(frozen=True)
class Part:
    """A part of a number: more than a half, at least a third, a half and one more."""

    reach: Reach
    share: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or (self.share == 1 and self.reach != Reach.AT_LEAST):
            raise ValueError(f"Not a part that can be reached: {self!r}")

    def of(self, number: int) -> int:
        """How many are enough of that number."""
        exact = self.share * number
        if self.reach == Reach.MORE_THAN:
            return int(exact) + 1
        rounded = -int(-exact // 1)
        return rounded + (self.reach == Reach.PLUS_ONE)


@dataclass(frozen=True)
class Convocation:
    """`notice` and `urgent` run back from the meeting. `on_request`: the part of the members who may ask
    for one, which is then held within `held_within`.
    """

    notice: Rule
    urgent: Rule | None
    by: tuple[Convener, ...]
    channels: tuple[Channel, ...]
    with_agenda: bool
    on_request: Fraction | None
    held_within: Rule | None


@dataclass(frozen=True)
class FirstSession:
    """Who calls it, whom it elects, and whether it sets how the body works."""

    by: Convener
    elects: tuple[Elected, ...]
    sets_rules: bool


@dataclass(frozen=True)
class Quorum:
    """`first` or `second` None: with whatever number, once `least` are there; `least` holds for both calls.

    `vacant`: whether a seat that nobody fills on the day counts among those in office.
    """

    basis: Basis
    first: Part | None
    second_call: bool
    second: Part | None
    least: int
    vacant: bool
    checked: Checked

    def __post_init__(self) -> None:
        if self.least < 1 or (self.second is not None and not self.second_call):
            raise ValueError(f"Not a quorum: {self!r}")


@dataclass(frozen=True)
class Majority:
    among: Among
    part: Part


@dataclass(frozen=True)
class Special:
    """The majority that a matter wants, where it is another one."""

    matter: Matter
    majority: Majority


@dataclass(frozen=True)
class Decisions:
    """`abstained`: whether whoever abstains counts among those of whom the majority is a part.

    Blank and void ballots are counted with them. `secret_on`: what is voted in secret; the rest is open.
    """

    ordinary: Majority
    special: tuple[Special, ...]
    abstained: bool
    tie: Tie
    secret_on: tuple[Matter, ...]

    def __post_init__(self) -> None:
        named = [each.matter for each in self.special]
        if len(set(named)) != len(named) or Matter.INFORMATION in {*named, *self.secret_on}:
            raise ValueError(f"Not majorities: {self!r}")

    def majority(self, matter: Matter) -> Majority:
        """Of what is decided on."""
        return next((one.majority for one in self.special if one.matter == matter), self.ordinary)


@dataclass(frozen=True)
class Elections:
    """`first_round`: who has that part is elected; afterwards whoever has the most votes is."""

    first_round: Majority
    tie: ElectionTie


@dataclass(frozen=True)
class Seats:
    """Who speaks and who stands in. `proxies`: how many one person may hold, zero where none may be given."""

    substitutes: bool
    proxies: int
    proxies_written: bool
    proxies_make_quorum: bool
    observers_speak: Voice
    institutions_speak: Voice

    def __post_init__(self) -> None:
        if self.proxies < 0:
            raise ValueError(f"Not a number of proxies: {self.proxies}")


@dataclass(frozen=True)
class Remote:
    """`secret`: whether a secret vote may be given from afar."""

    allowed: bool
    identified: bool
    simultaneous: bool
    secret: bool


@dataclass(frozen=True)
class Lapsing:
    """How a seat is lost. `absences`: after how many; `justified`: whether justified ones count too;
    `in_a_row`: whether one presence begins the count anew.
    """

    absences: int | None
    in_a_row: bool
    justified: bool
    lost_requirement: bool
    resignation: bool

    def __post_init__(self) -> None:
        if self.absences is not None and self.absences < 1:
            raise ValueError(f"Not a number of absences: {self.absences}")


@dataclass(frozen=True)
class Duration:
    """`years` None: no term of its own. `with_administration`: it ends when the administration that
    founded it ends; `prolonged`: and goes on meanwhile for that time.
    """

    years: int | None
    with_administration: bool
    prolonged: Rule | None


@dataclass(frozen=True)
class Balance:
    """`least`: the part beneath which neither women nor men may fall. `gratuitous`: nobody is paid for it."""

    least: Fraction | None
    gratuitous: bool


@dataclass(frozen=True)
class Frequency:
    meetings: int | None
    report_to: ReportTo


@dataclass(frozen=True)
class Minutes:
    """`corrections`: within what time the seats ask for them. `attributed`: whether what is said is
    written with the name of who said it.
    """

    signed_by: Signing
    approved: Approval
    corrections: Rule | None
    attributed: bool
    publication: Publication

    def __post_init__(self) -> None:
        if self.approved == Approval.SILENCE and self.corrections is None:
            raise ValueError("Silence approves after a term, and none is set.")


@dataclass(frozen=True)
class Regulation:
    """The rules of a body on a day."""

    convocation: Convocation
    first_session: FirstSession
    quorum: Quorum
    decisions: Decisions
    elections: Elections
    seats: Seats
    remote: Remote
    lapsing: Lapsing
    duration: Duration
    balance: Balance
    frequency: Frequency
    minutes: Minutes
