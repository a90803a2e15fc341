"""Each rule of the procedures that has a time, as a row: who counts by hand finds the same."""

from datetime import UTC, date, datetime, time

import pytest

from tavolo.kernel.terms import ITALY, Count, Ending, Rule, Suspension, Unit, ends, in_time

MILANO = ITALY.and_patron(12, 7, source="Sant’Ambrogio")
WORKING, CLEAR = Count.WORKING, Count.CLEAR
NOON = time(12)


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


# What it is, its numbers, from when, until when by the calendar on the wall.
TERMS = [
    # 2.1 Avviso and manifestation of interest
    ("L. 241/1990, art. 2, c. 2: 30 days to conclude", Rule(30), "2026-11-02", "2026-12-02"),
    (
        "the same, to an office that is closed at Christmas",
        Rule(30, roll_over=True),
        *("2026-11-25", "2026-12-28"),
    ),
    (
        "art. 10-bis: 10 days to reply to the notice of rejection",
        Rule(10, roll_over=True),
        *("2026-11-26", "2026-12-07"),
    ),
    (
        "the same, in 8 December week: the eighth is a holiday",
        Rule(10, roll_over=True),
        *("2026-11-28", "2026-12-09"),
    ),
    (
        "soccorso istruttorio: 5 working days to complete",
        Rule(5, count=WORKING),
        *("2026-12-04", "2026-12-14"),
    ),
    (
        "the same where Saturdays work",
        Rule(5, count=WORKING, saturday=True),
        *("2026-12-04", "2026-12-11"),
    ),
    ("TAR: 60 days, without August", Rule(60, august=True), "2026-07-10", "2026-10-09"),
    ("TAR: 60 days from a day in August", Rule(60, august=True), "2026-08-20", "2026-10-30"),
    ("TAR, ending on a Saturday", Rule(60, august=True, roll_over=True), "2026-02-03", "2026-04-07"),
    (
        "a deadline 20 days after publication at noon",
        Rule(20, hour=NOON),
        *("2026-11-10", "2026-11-30"),
    ),
    ("adhesions all year", Rule(None), "2026-01-01", None),
    ("the list holds for three years", Rule(3, Unit.YEARS), "2024-02-29", "2027-02-28"),
    (
        "three years of existence before the notice",
        Rule(3, Unit.YEARS, backwards=True),
        *("2026-11-22", "2023-11-22"),
    ),
    ("albo pretorio: 15 days", Rule(15), "2026-11-22", "2026-12-07"),
    # 2.2 A body at work
    ("convocation, 5 days before", Rule(5, backwards=True), "2026-12-10", "2026-12-05"),
    (
        "convocation, 5 clear days before",
        Rule(5, count=CLEAR, backwards=True),
        *("2026-12-10", "2026-12-04"),
    ),
    (
        "convocation, 3 days before, which must not be a holiday: earlier, not later",
        Rule(3, backwards=True, roll_over=True),
        *("2026-12-09", "2026-12-04"),
    ),
    ("convocation, 8 days before", Rule(8, backwards=True), "2026-12-10", "2026-12-02"),
    (
        "convocation, 3 working days before",
        Rule(3, count=WORKING, backwards=True),
        *("2026-12-10", "2026-12-04"),
    ),
    ("prorogatio, 45 days", Rule(45), "2027-06-15", "2027-07-30"),
    (
        "one meeting in four months at least",
        Rule(4, Unit.MONTHS),
        *("2026-10-31", "2027-02-28"),
    ),
    ("the yearly report to the council", Rule(1, Unit.YEARS), "2026-05-30", "2027-05-30"),
    ("GDPR, art. 12, c. 3: one month", Rule(1, Unit.MONTHS, roll_over=True), "2026-11-30", "2026-12-30"),
    ("one month from 31 January", Rule(1, Unit.MONTHS), "2026-01-31", "2026-02-28"),
    ("one month from 31 January of a leap year", Rule(1, Unit.MONTHS), "2028-01-31", "2028-02-29"),
    ("one month from 28 February", Rule(1, Unit.MONTHS), "2026-02-28", "2026-03-28"),
    ("two clear months", Rule(2, Unit.MONTHS, count=CLEAR), "2026-01-10", "2026-03-11"),
    ("a judge’s month from July", Rule(1, Unit.MONTHS, august=True), "2026-07-20", "2026-09-20"),
    ("a judge’s month from August", Rule(1, Unit.MONTHS, august=True), "2026-08-10", "2026-09-30"),
    ("a judge’s month, until 2014", Rule(1, Unit.MONTHS, august=True), "2014-07-20", "2014-10-05"),
    (
        "31 July on a Sunday: the court is closed until September",
        Rule(10, august=True, roll_over=True),
        *("2022-07-21", "2022-09-01"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "last"), [row[1:] for row in TERMS], ids=[row[0] for row in TERMS]
)
def test_a_term_ends_when_the_procedures_say(rule: Rule, start: str, last: str | None) -> None:
    ending = ends(rule, day(start), holidays=ITALY)
    assert ending.last_day == (day(last) if last else None)


@pytest.mark.parametrize(
    ("holidays", "last"), [(ITALY, "2026-12-07"), (MILANO, "2026-12-09")], ids=["Roma", "Milano"]
)
def test_the_patron_saint_moves_the_end_where_it_is_given(holidays, last: str) -> None:
    rule = Rule(10, roll_over=True)
    assert ends(rule, day("2026-11-26"), holidays=holidays).last_day == day(last)


# The notice says so, urgent ones in hours: from when, how many, until which instant.
HOURS = [
    ("24 hours’ notice", Rule(24, Unit.HOURS, backwards=True), "2026-12-10T18:00+01:00", "2026-12-09T18:00+01:00"),
    ("48 hours’ notice", Rule(48, Unit.HOURS, backwards=True), "2026-12-10T18:30+01:00", "2026-12-08T18:00+01:00"),
    ("24 hours to answer: the hour that has begun does not count", Rule(24, Unit.HOURS), "2026-12-09T10:20+01:00", "2026-12-10T11:00+01:00"),
    ("24 hours’ notice over the shorter night", Rule(24, Unit.HOURS, backwards=True), "2026-03-29T18:00+02:00", "2026-03-28T17:00+01:00"),
    ("24 hours’ notice over the longer night", Rule(24, Unit.HOURS, backwards=True), "2026-10-25T18:00+01:00", "2026-10-24T19:00+02:00"),
    ("24 working hours over a weekend", Rule(24, Unit.HOURS, count=WORKING), "2026-12-11T17:59+01:00", "2026-12-14T18:00+01:00"),
    ("6 hours that end at midnight", Rule(6, Unit.HOURS), "2026-12-09T17:30+01:00", "2026-12-10T00:00+01:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "end"), [row[1:] for row in HOURS], ids=[row[0] for row in HOURS]
)
def test_hours_are_hours_that_pass(rule: Rule, start: str, end: str) -> None:
    assert ends(rule, moment(start), holidays=ITALY).instant == moment(end)


def test_what_ends_at_midnight_ends_with_the_day_before() -> None:
    ending = ends(Rule(6, Unit.HOURS), moment("2026-12-09T17:30+01:00"), holidays=ITALY)
    assert ending.last_day == day("2026-12-09")


# The clock stops at a request, what is left runs on.
SUSPENDED = [
    ("asked on the 10th day, answered 20 days later", Rule(30), "2026-09-01", [("2026-09-11", "2026-10-01")], "2026-10-21"),
    ("answered on the same day: nothing stops", Rule(30), "2026-09-01", [("2026-09-11", "2026-09-11")], "2026-10-01"),
    ("asked on the last day", Rule(30), "2026-09-01", [("2026-10-01", "2026-10-20")], "2026-10-01"),
    ("asked the day before the last", Rule(30), "2026-09-01", [("2026-09-30", "2026-10-20")], "2026-10-21"),
    ("twice", Rule(30), "2026-09-01", [("2026-09-11", "2026-09-21"), ("2026-09-26", "2026-10-01")], "2026-10-16"),
    ("one within the other counts once", Rule(30), "2026-09-01", [("2026-09-11", "2026-09-21"), ("2026-09-13", "2026-09-16")], "2026-10-11"),
    ("not answered yet", Rule(30), "2026-09-01", [("2026-09-11", None)], None),
    ("asked when it had ended", Rule(30), "2026-09-01", [("2026-10-05", None)], "2026-10-01"),
    ("the rest ends on a Sunday", Rule(30, roll_over=True), "2026-09-01", [("2026-09-11", "2026-10-05")], "2026-10-26"),
    ("months: what was taken is added", Rule(1, Unit.MONTHS), "2026-09-01", [("2026-09-11", "2026-09-21")], "2026-10-11"),
    ("months: from a day on which it stands", Rule(1, Unit.MONTHS), "2026-09-12", [("2026-09-11", "2026-09-21")], "2026-10-21"),
    ("months: not answered yet", Rule(1, Unit.MONTHS), "2026-09-01", [("2026-09-11", None)], None),
    ("months: standing still from the beginning", Rule(1, Unit.MONTHS), "2026-09-11", [("2026-09-11", None)], None),
    ("working days", Rule(5, count=WORKING), "2026-09-01", [("2026-09-02", "2026-09-10")], "2026-09-16"),
    ("clear days, stopped before the last", Rule(5, count=CLEAR), "2026-09-01", [("2026-09-06", "2026-09-08")], "2026-09-09"),
    ("it would roll over into a stop", Rule(5, roll_over=True), "2026-09-01", [("2026-09-06", "2026-09-08")], "2026-09-09"),
    ("it would roll over into a stop that has no end", Rule(5, roll_over=True), "2026-09-01", [("2026-09-06", None)], None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "stops", "last"),
    [row[1:] for row in SUSPENDED],
    ids=[r[0] for r in SUSPENDED],
)
def test_a_stopped_clock_runs_on(rule: Rule, start: str, stops, last: str | None) -> None:
    suspensions = [
        Suspension.asked(day(asked), day(answered) if answered else None)
        for asked, answered in stops
    ]
    found = ends(rule, day(start), holidays=ITALY, suspensions=suspensions).last_day
    assert found == (day(last) if last else None)


def test_hours_stand_still_too() -> None:
    stop = Suspension.asked(day("2026-12-09"), day("2026-12-10"))
    hours, at = Rule(24, Unit.HOURS), moment("2026-12-09T10:20+01:00")
    assert ends(hours, at, holidays=ITALY, suspensions=[stop]).instant == moment(
        "2026-12-11T11:00+01:00"
    )
    stop = Suspension.asked(day("2026-12-09"))
    assert ends(hours, at, holidays=ITALY, suspensions=[stop]) == Ending()


# Until which second: the hour, and the two nights on which the clock changes.
LAST = [
    ("the day until it is over", Rule(10), "2026-11-20", "2026-11-30T23:59:59+01:00"),
    ("until noon", Rule(10, hour=NOON), "2026-11-20", "2026-11-30T12:00:00+01:00"),
    ("until noon in summer", Rule(10, hour=NOON), "2026-06-20", "2026-06-30T12:00:00+02:00"),
    ("2.30 that is skipped", Rule(10, hour=time(2, 30)), "2026-03-19", "2026-03-29T03:30:00+02:00"),
    ("2.30 that comes twice", Rule(10, hour=time(2, 30)), "2026-10-15", "2026-10-25T02:30:00+01:00"),
    ("backwards, 2.30 that is skipped", Rule(1, hour=time(2, 30), backwards=True), "2026-03-30", "2026-03-29T01:30:00+01:00"),
    ("backwards, 2.30 that comes twice", Rule(1, hour=time(2, 30), backwards=True), "2026-10-26", "2026-10-25T02:30:00+02:00"),
    ("the whole of the shorter day", Rule(10), "2026-03-19", "2026-03-29T23:59:59+02:00"),
    ("the whole of the longer day", Rule(10), "2026-10-15", "2026-10-25T23:59:59+01:00"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "instant"), [row[1:] for row in LAST], ids=[row[0] for row in LAST]
)
def test_a_term_ends_to_the_second(rule: Rule, start: str, instant: str) -> None:
    assert ends(rule, day(start), holidays=ITALY).instant == moment(instant)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-30T11:59:59+01:00", True),
        ("2026-11-30T12:00:00+01:00", True),
        ("2026-11-30T12:00:00.999+01:00", True),
        ("2026-11-30T12:00:01+01:00", False),
        ("2026-11-30T11:00:01+00:00", False),
    ],
)
def test_what_comes_late_is_late_by_a_second(at: str, expected: bool) -> None:
    ending = ends(Rule(20, hour=NOON), day("2026-11-10"), holidays=ITALY)
    assert in_time(ending, moment(at)) is expected


def test_nothing_is_late_where_there_is_no_end() -> None:
    assert in_time(Ending(), datetime(2100, 1, 1, tzinfo=UTC))


def test_an_instant_is_read_on_italian_clocks() -> None:
    """What comes at 23.30 UTC came the next day."""
    ending = ends(Rule(1), moment("2026-11-22T23:30+00:00"), holidays=ITALY)
    assert ending.last_day == day("2026-11-24")


@pytest.mark.parametrize(
    "values",
    [
        {"length": 0},
        {"length": -1},
        {"length": 1, "unit": Unit.MONTHS, "count": WORKING},
        {"length": 1, "unit": Unit.HOURS, "roll_over": True},
        {"length": 1, "unit": Unit.HOURS, "hour": NOON},
        {"length": 1, "unit": Unit.HOURS, "count": CLEAR},
        {"length": 1, "hour": time(12, tzinfo=UTC)},
    ],
)
def test_what_has_no_meaning_is_no_term(values) -> None:
    with pytest.raises(ValueError, match="Not a term"):
        Rule(**values)


def test_hours_need_an_instant() -> None:
    with pytest.raises(TypeError, match="counted from an instant"):
        ends(Rule(1, Unit.HOURS), day("2026-11-22"), holidays=ITALY)


@pytest.mark.parametrize("rule", [row[1] for row in TERMS])
def test_a_rule_goes_into_json_and_comes_back(rule: Rule) -> None:
    assert Rule.read(rule.plain()) == rule
