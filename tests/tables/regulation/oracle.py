"""A second evaluation of meetings, written otherwise: it tries numbers one by one instead of dividing,
walks through a meeting seat by seat, and keeps nothing but plain values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tavolo.tables.regulation.choices import Matter
from tavolo.tables.regulation.plain import plain
from tavolo.tables.regulation.rules import Regulation
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
from tests.factories.regulations import HALF, THIRD, TWO_THIRDS, ruled

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
PARTS = [
    HALF,
    THIRD,
    TWO_THIRDS,
    {"reach": "plus_one", "share": "1/2"},
    {"reach": "at_least", "share": "2/5"},
]
CHOICES = list(Choice)


def hour(number: int) -> datetime:
    return NOON + timedelta(hours=number)


def random_case(lot: Random) -> tuple[Regulation, Sitting, Item]:
    """Any rules, any roster with observers and institutions, comings and goings, faults among them.

    Two meetings of three are kept well: nearly all are there, and each votes once.
    """
    seats = [f"s{number}" for number in range(lot.randint(1, 9))]
    kept = lot.random() < 2 / 3
    sitting = _sitting(lot, seats)
    if kept:
        here = tuple(Presence(seat) for seat in seats if lot.random() < 0.9)
        sitting = replace(sitting, presences=here + sitting.presences[:2])
    return _rules(lot), sitting, _item(lot, seats, kept=kept)


def _rules(lot: Random) -> Regulation:
    second = lot.random() < 0.6
    some = lot.choice
    return ruled(
        quorum__basis=some(["in_office", "with_vote", "assigned"]),
        quorum__first=some([*PARTS, None]),
        quorum__second_call=second,
        quorum__second=some([*PARTS, None]) if second else None,
        quorum__least=some([1, 2, 3]),
        quorum__vacant=some([True, False]),
        quorum__checked=some(["at_opening", "each_item"]),
        decisions__ordinary=_majority(lot),
        decisions__special=[{"matter": "regulation", "majority": _majority(lot)}],
        decisions__abstained=some([True, False]),
        decisions__tie=some(["fails", "chair"]),
        seats__substitutes=some([True, False]),
        seats__proxies=some([0, 1, 2]),
        seats__proxies_written=some([True, False]),
        seats__proxies_make_quorum=some([True, False]),
        remote__allowed=some([True, False]),
    )


def _majority(lot: Random) -> dict[str, Any]:
    among = lot.choice(["voters", "present", "with_vote", "in_office"])
    return {"among": among, "part": lot.choice(PARTS)}


def _sitting(lot: Random, seats: list[str]) -> Sitting:
    roster = tuple(
        Sitter(
            seat,
            member=lot.random() < 0.85,
            vote=lot.random() < 0.85,
            institution=lot.random() < 0.1,
            filled=lot.random() < 0.9,
        )
        for seat in seats
    )
    presences = tuple(_presence(lot, seats) for _each in range(lot.randint(0, 12)))
    return Sitting(
        roster,
        presences,
        opened=hour(0),
        call=lot.choice([1, 2]),
        chair=lot.choice(seats),
        assigned=lot.choice([None, 3, 10]),
    )


def _presence(lot: Random, seats: list[str]) -> Presence:
    return Presence(
        lot.choice([*seats, "stranger"]),
        lot.choice([Way.EFFECTIVE, Way.EFFECTIVE, Way.SUBSTITUTE, Way.PROXY]),
        remote=lot.random() < 0.3,
        person=lot.choice([None, "p1", "p2"]),
        bearer=lot.choice(seats),
        written=lot.random() < 0.7,
        entered=lot.choice([None, hour(0), hour(1)]),
        left=lot.choice([None, None, hour(1), hour(2)]),
    )


def _item(lot: Random, seats: list[str], *, kept: bool) -> Item:
    votes, totals = None, None
    way = lot.choice(["open", "open", "open", "secret", "none"])
    if way == "open":
        likely = lot.choice([CHOICES, [Choice.FOR, Choice.AGAINST], [Choice.FOR]])
        voting = seats if kept else [lot.choice([*seats, "stranger"]) for _each in range(9)]
        votes = tuple(
            Vote(seat, lot.choice(likely), lot.choice([None, "p1", "p2"])) for seat in voting
        )
    if way == "secret":
        totals = Totals(*(lot.randint(0, 2 if kept else 3) for _each in range(5)))
    matter = lot.choice([Matter.PROPOSAL, Matter.REGULATION])
    return Item("i", matter, hour(lot.choice([0, 1, 2])), votes, totals, secret=way == "secret")


def answer(regulation: Regulation, sitting: Sitting, item: Item) -> dict[str, Any]:
    """The same question, answered once more."""
    rules = plain(regulation)
    now = _who(rules, sitting, item.at)
    at = now if rules["quorum"]["checked"] == "each_item" else _who(rules, sitting, sitting.opened)
    base, present, required = _quorum(rules, sitting, at)
    entitled = {one.seat for one in sitting.roster if _votes(one)} & (now[0].keys() | now[1])
    votes = _votes_given(item, entitled, now[0])
    told: dict[str, Any] = {
        "in_office": base, "present": present, "required": required,
        "reached": present >= required, "voters": len(entitled),
        "votes": votes and votes[0], "needed": None, "outcome": "not_voted",
    }  # fmt: skip
    if votes is not None:
        told |= _decided(rules, sitting, item, votes, len(entitled), reached=told["reached"])
    return told


def _who(rules: Any, sitting: Sitting, at: datetime) -> tuple[dict[Any, list[Presence]], set[Any]]:
    """Who is there herself, each with her presences, and for whom a proxy is borne."""
    known = {one.seat: one for one in sitting.roster if one.filled}
    herself: dict[Any, list[Presence]] = {}
    for seat in known:
        for one in sitting.presences:
            inside = (one.entered or at) <= at and not (one.left and one.left <= at)
            refused = (one.remote and not rules["remote"]["allowed"]) or (
                one.way == "substitute" and not rules["seats"]["substitutes"]
            )
            if one.seat == seat and one.way != "proxy" and inside and not refused:
                herself.setdefault(seat, []).append(one)
    borne: set[Any] = set()
    left = {seat: rules["seats"]["proxies"] for seat in herself if _votes(known[seat])}
    for one in sitting.presences:
        inside = (one.entered or at) <= at and not (one.left and one.left <= at)
        if one.way != "proxy" or not inside or one.seat not in known or one.seat in herself:
            continue
        if rules["seats"]["proxies_written"] and not one.written:
            continue
        if one.seat not in borne and left.get(one.bearer, 0) > 0:
            left[one.bearer] -= 1
            borne.add(one.seat)
    return herself, borne


def _is_member(one: Sitter) -> bool:
    return one.member and not one.institution


def _votes(one: Sitter) -> bool:
    return _is_member(one) and one.vote


def _reaches(part: Any, some: int, number: int) -> bool:
    above, below = (int(each) for each in f"{part['share']}/1".split("/")[:2])
    if part["reach"] == "more_than":
        return some * below > number * above
    return (some - (part["reach"] == "plus_one")) * below >= number * above


def _least(part: Any, number: int) -> int:
    some = 0
    while not _reaches(part, some, number):
        some += 1
    return some


def _in_office(rules: Any, sitting: Sitting, *, voting: bool = False) -> int:
    mine = _votes if voting else _is_member
    return len(
        [1 for one in sitting.roster if mine(one) and (one.filled or rules["quorum"]["vacant"])]
    )


def _quorum(rules: Any, sitting: Sitting, now: Any) -> tuple[int, int, int]:
    quorum = rules["quorum"]
    voting = quorum["basis"] == "with_vote"
    base = _in_office(rules, sitting, voting=voting)
    if quorum["basis"] == "assigned" and sitting.assigned:
        base = sitting.assigned
    part = quorum["second"] if sitting.call == 2 and quorum["second_call"] else quorum["first"]
    required = _least(part, base) if part else 0
    present = 0
    for one in sitting.roster:
        here = one.seat in now[0] or (one.seat in now[1] and rules["seats"]["proxies_make_quorum"])
        present += here and (_votes(one) if voting else _is_member(one))
    return base, present, max(required, quorum["least"])


def _votes_given(
    item: Item, entitled: set[Any], herself: Any
) -> tuple[dict[str, int], dict[Any, str]] | None:
    if item.totals is not None:
        told = item.totals
        return dict(
            zip(
                CHOICES,
                (told.for_, told.against, told.abstained, told.blank, told.void),
                strict=True,
            )
        ), {}
    if item.votes is None:
        return None
    by_seat = {}
    for seat in entitled:
        here = herself.get(seat, [])
        ways = {one.way for one in here}
        said = {
            vote.choice
            for vote in item.votes
            if vote.seat == seat
            and not (
                "effective" in ways
                and vote.person is not None
                and any(one.way == "substitute" and one.person == vote.person for one in here)
            )
        }
        if len(said) == 1:
            by_seat[seat] = said.pop()
    return {each: list(by_seat.values()).count(each) for each in CHOICES}, by_seat


def _decided(
    rules: Any, sitting: Sitting, item: Item, votes: Any, entitled: int, *, reached: bool
) -> dict[str, Any]:
    number, by_seat = votes
    decisions = rules["decisions"]
    majority = (
        decisions["special"][0]["majority"]
        if item.matter == "regulation"
        else decisions["ordinary"]
    )
    open_minds = (
        0
        if decisions["abstained"]
        else sum(number[each] for each in ("abstained", "blank", "void"))
    )
    base = {
        "voters": sum(number.values()) - open_minds,
        "present": entitled - open_minds,
        "with_vote": _in_office(rules, sitting, voting=True),
        "in_office": _in_office(rules, sitting),
    }[majority["among"]]
    yes, no = number["for"], number["against"]
    needed = max(_least(majority["part"], base), 1)
    level = yes == no != 0
    chair = level and decisions["tie"] == "chair" and by_seat.get(sitting.chair) == "for"
    outcome = "approved" if yes >= needed or (chair and yes + 1 >= needed) else "rejected"
    if outcome == "rejected" and level:
        outcome = "level"
    if not reached:
        outcome = "no_quorum"
    if sum(number.values()) > entitled:
        outcome = "invalid"
    return {"needed": needed, "outcome": outcome}


def told(found: Any) -> dict[str, Any]:
    """What the package answers, as this one tells it."""
    votes = found.votes
    return {
        "in_office": found.quorum.in_office,
        "present": found.quorum.present,
        "required": found.quorum.required,
        "reached": found.quorum.reached,
        "voters": found.voters,
        "votes": votes
        and dict(zip(CHOICES, (votes.for_, votes.against, votes.abstained, votes.blank, votes.void), strict=True)),
        "needed": found.needed,
        "outcome": found.outcome,
    }  # fmt: skip
