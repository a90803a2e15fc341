"""Whatever is entered of a time changes that time, and no other day."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel.dated import Period
from tavolo.territory.stays import (
    Stay,
    Told,
    clashes,
    clipped,
    common_period,
    joined,
    next_change,
    on,
    with_members,
    without,
)

START = date(2014, 1, 1)
SPAN = 60
A, B = Told("a"), Told("b")

days = st.integers(0, SPAN).map(lambda n: START + timedelta(days=n))
edges = st.one_of(st.none(), days)
EVERY = [START + timedelta(days=n) for n in range(-2, SPAN + 3)]


def said(stays: list[Stay]) -> dict[date, dict[tuple[int, int | None], Told]]:
    """Who is in the area on each day, with the source."""
    return {day: {who: stay.told for who, stay in on(stays, day).items()} for day in EVERY}


@st.composite
def histories(draw: st.DrawFn) -> list[Stay]:
    """Memberships of one area; of each municipality none lies over another."""
    stays: list[Stay] = []
    for town in range(4):
        cuts = sorted(draw(st.sets(days, max_size=6)))
        bounds = [None, *cuts, None]
        for begins, ends in itertools.pairwise(bounds):
            if draw(st.booleans()):
                stays.append(Stay(1, town, None, begins, ends, draw(st.sampled_from([A, B]))))
    return stays


@given(histories(), st.sets(st.integers(0, 3)), st.one_of(st.none(), days))
def test_a_change_holds_from_its_day_to_the_next_change_and_leaves_every_other_day(
    stays: list[Stay], towns: set[int], day: date | None
) -> None:
    before = said(stays)
    window = Period(day, next_change(stays, day))
    wanted = {(town, None): A for town in towns}

    after = with_members(stays, 1, wanted, window)

    for each, members in said(after).items():
        if each in window:
            assert members.keys() == wanted.keys()
            kept = before[each].keys() & wanted.keys()
            assert {who: members[who] for who in kept} == {who: before[each][who] for who in kept}
        else:
            assert members == before[each]
    assert list(clashes(after)) == []
    assert len({stay.key for stay in after}) == len(after)
    assert joined(after) == after


@given(histories(), st.sets(st.integers(0, 3)), edges, edges)
def test_who_is_taken_out_is_out_for_that_time_alone(
    stays: list[Stay], towns: set[int], begins: date | None, ends: date | None
) -> None:
    window = Period(begins, ends)
    after = said(without(stays, [(town, None) for town in towns], window))
    for day, members in said(stays).items():
        gone = {(town, None) for town in towns} if day in window else set()
        assert after[day] == {who: told for who, told in members.items() if who not in gone}


@given(histories())
def test_joining_changes_no_day(stays: list[Stay]) -> None:
    assert said(joined(stays)) == said(stays)


@given(st.builds(Stay, st.just(1), st.just(1), st.none(), edges, edges), edges, edges)
def test_a_stay_is_clipped_to_a_life(stay: Stay, begins: date | None, ends: date | None) -> None:
    life = Period(begins, ends)
    if not life.overlaps(life) or not stay.period.overlaps(stay.period):
        return
    kept = clipped(stay, life)
    for day in EVERY:
        assert (kept is not None and day in kept.period) == (day in stay.period and day in life)


def test_who_leaves_ends_and_who_comes_begins() -> None:
    stays = [Stay(1, 1), Stay(1, 2, None, date(2015, 1, 1))]
    day = date(2020, 1, 1)
    after = with_members(stays, 1, {(1, None): B, (3, None): B}, Period(day, None))
    assert after == [
        Stay(1, 1),
        Stay(1, 2, None, date(2015, 1, 1), day),
        Stay(1, 3, None, day, None, B),
    ]


def test_who_comes_back_without_a_day_between_never_left() -> None:
    day = date(2020, 1, 1)
    out = with_members([Stay(1, 1)], 1, {}, Period(day, None))
    back = with_members(out, 1, {(1, None): Told()}, Period(day, None))
    assert out == [Stay(1, 1, None, None, day)]
    assert back == [Stay(1, 1)]


def test_parts_clash_with_the_whole_and_with_themselves() -> None:
    whole, part, other = Stay(1, 1), Stay(2, 1, 7), Stay(3, 1, 8)
    later = Stay(4, 1, 7, date(2020, 1, 1))
    assert list(clashes([whole, part, other, later])) == [
        (whole, part),
        (whole, other),
        (whole, later),
        (part, later),
    ]
    assert list(clashes([part, other, Stay(2, 2)])) == []


def test_what_two_periods_have_in_common() -> None:
    early, late = date(2015, 1, 1), date(2016, 1, 1)
    assert common_period(Period(early, None), Period(late, None)) == Period(late, None)
    assert common_period(Period(None, None), Period(None, early)) == Period(None, early)
    assert common_period(Period(None, early), Period(early, None)) is None
