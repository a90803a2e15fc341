"""Whether a meeting could decide, item by item, and what it decided: the rules of the day applied."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tavolo.tables.regulation.choices import Basis, Checked
from tavolo.tables.regulation.counting import Tally, count, level, reckoned_on, tips, voters
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.sitting import Item, Sitting, Totals
from tavolo.tables.regulation.there import (
    SetAside,
    There,
    counted,
    in_office,
    there,
    with_vote,
)


class Outcome(StrEnum):
    """LEVEL: as many for as against, and nothing decides between them, so it is not approved.

    INVALID: more votes than voters.
    """

    APPROVED = "approved"
    REJECTED = "rejected"
    LEVEL = "level"
    NO_QUORUM = "no_quorum"
    NOT_VOTED = "not_voted"
    INVALID = "invalid"


class Remark(StrEnum):
    """What does not change the result, but should be known."""

    SECOND_CALL_NOT_PROVIDED = "second_call_not_provided"
    ASSIGNED_NOT_KNOWN = "assigned_not_known"
    SHOULD_BE_SECRET = "should_be_secret"  # noqa: S105  # not a password
    SECRET_FROM_AFAR = "secret_from_afar"  # noqa: S105  # not a password
    CHAIR_DECIDED = "chair_decided"


@dataclass(frozen=True)
class Attendance:
    """The numbers of a quorum. `in_office` of how many it is a part, `rule` the path of what was applied."""

    in_office: int
    present: int
    required: int
    rule: str

    @property
    def reached(self) -> bool:
        return self.present >= self.required


@dataclass(frozen=True)
class ItemValidity:
    """Of one item: the quorum, the votes that count, how many were needed, the result.

    `voters`: how many might vote. `base`: of how many the majority is a part; None, like `votes` and
    `needed`, where nothing was voted. `rules`: the paths of the rules applied. `aside`: presences and
    votes that do not count, each with its reason.
    """

    key: Hashable
    quorum: Attendance
    voters: int
    votes: Totals | None
    base: int | None
    needed: int | None
    outcome: Outcome
    rules: tuple[str, ...]
    remarks: tuple[Remark, ...]
    aside: tuple[SetAside, ...]


def attendance(regulation: Regulation, sitting: Sitting, at: datetime) -> Attendance:
    """The quorum at an instant. On a second call that the rules do not provide, that of the first."""
    return _attendance(regulation, sitting, there(regulation, sitting, at))


def validity(
    regulation: Regulation, sitting: Sitting, items: tuple[Item, ...]
) -> tuple[ItemValidity, ...]:
    """Each item by the rules: the one answer that can be proved again years later."""
    return tuple(_item(regulation, sitting, item) for item in items)


def _item(regulation: Regulation, sitting: Sitting, item: Item) -> ItemValidity:
    present = there(regulation, sitting, item.at)
    at_item = regulation.quorum.checked == Checked.EACH_ITEM
    quorum = (
        _attendance(regulation, sitting, present)
        if at_item
        else attendance(regulation, sitting, sitting.opened)
    )
    result = _result(regulation, sitting, item, present, reached=quorum.reached)
    return ItemValidity(
        key=item.key,
        quorum=quorum,
        voters=len(voters(sitting, present)),
        votes=result.votes,
        base=result.base,
        needed=result.needed,
        outcome=result.outcome,
        rules=(quorum.rule, *result.rules),
        remarks=_remarks(regulation, sitting, item, present) + result.remarks,
        aside=present.aside + result.aside,
    )


def _attendance(regulation: Regulation, sitting: Sitting, present: There) -> Attendance:
    quorum = regulation.quorum
    second = sitting.call > 1 and quorum.second_call
    part = quorum.second if second else quorum.first
    base = _base(regulation, sitting)
    required = max(quorum.least, part.of(base) if part else 0)
    rule = "quorum.second" if second else "quorum.first"
    return Attendance(base, counted(regulation, sitting, present), required, rule)


def _base(regulation: Regulation, sitting: Sitting) -> int:
    match regulation.quorum.basis:
        case Basis.WITH_VOTE:
            return with_vote(regulation.quorum, sitting)
        case Basis.ASSIGNED if sitting.assigned is not None:
            return sitting.assigned
    return in_office(regulation.quorum, sitting)


@dataclass(frozen=True)
class _Result:
    outcome: Outcome
    votes: Totals | None = None
    base: int | None = None
    needed: int | None = None
    rules: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    aside: tuple[SetAside, ...] = ()


def _result(
    regulation: Regulation, sitting: Sitting, item: Item, present: There, *, reached: bool
) -> _Result:
    found = count(item, sitting, present)
    if found is None:
        return _Result(Outcome.NOT_VOTED)
    tally = Tally(found.totals, len(voters(sitting, present)))
    majority = regulation.decisions.majority(item.matter)
    base = reckoned_on(majority, regulation, sitting, tally)
    needed = max(1, majority.part.of(base))
    by_chair = found.totals.for_ < needed and tips(regulation, sitting, found)
    enough = found.totals.for_ + by_chair >= needed
    outcome = _outcome(tally, reached=reached, enough=enough)
    special = majority != regulation.decisions.ordinary
    tied = ("decisions.tie",) if level(found.totals) else ()
    decided = by_chair and outcome == Outcome.APPROVED
    return _Result(
        outcome,
        found.totals,
        base,
        needed,
        ("decisions.special" if special else "decisions.ordinary", "decisions.abstained", *tied),
        (Remark.CHAIR_DECIDED,) if decided else (),
        found.aside,
    )


def _outcome(tally: Tally, *, reached: bool, enough: bool) -> Outcome:
    if tally.totals.given > tally.voters:
        return Outcome.INVALID
    if not reached:
        return Outcome.NO_QUORUM
    if enough:
        return Outcome.APPROVED
    return Outcome.LEVEL if level(tally.totals) else Outcome.REJECTED


def _remarks(
    regulation: Regulation, sitting: Sitting, item: Item, present: There
) -> tuple[Remark, ...]:
    voted = item.votes is not None or item.totals is not None
    quorum = regulation.quorum
    told = {
        Remark.SECOND_CALL_NOT_PROVIDED: sitting.call > 1 and not quorum.second_call,
        Remark.ASSIGNED_NOT_KNOWN: quorum.basis == Basis.ASSIGNED and sitting.assigned is None,
        Remark.SHOULD_BE_SECRET: voted
        and not item.secret
        and item.matter in regulation.decisions.secret_on,
        Remark.SECRET_FROM_AFAR: voted
        and item.secret
        and present.remote
        and not regulation.remote.secret,
    }
    return tuple(remark for remark, holds in told.items() if holds)
