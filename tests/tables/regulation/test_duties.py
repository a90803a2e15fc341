"""Notice, absences, end and balance by the rules."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel.clock import ROME
from tavolo.kernel.terms import Ending
from tavolo.tables.regulation.duties import (
    Attended,
    balanced,
    called_in_time,
    ends_on,
    latest_notice,
    may_ask_for_meeting,
    seat_lapses,
)
from tests.factories.regulations import ruled

MEETING = datetime(2025, 11, 24, 15, tzinfo=ROME)
PRESENT, JUSTIFIED, ABSENT = Attended


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2025, 11, day, hour, minute, second, tzinfo=ROME).astimezone(UTC)


NOTICES = [
    ("five days before, in its last second", False, at(19, 23, 59, 59), True),
    ("a second later", False, at(20, 0), False),
    ("urgent, a day before, in its last second", True, at(23, 15), True),
    ("urgent, a second later", True, at(23, 15, 0, 1), False),
]


@pytest.mark.parametrize(("urgent", "sent", "expected"), [each[1:] for each in NOTICES], ids=[each[0] for each in NOTICES])  # fmt: skip
def test_a_notice_is_in_time_to_the_second(urgent: bool, sent: datetime, expected: bool) -> None:
    rules = ruled().convocation
    assert called_in_time(rules, sent=sent, meeting=MEETING, urgent=urgent) is expected


def test_without_an_urgent_term_no_urgent_notice_is_in_time() -> None:
    rules = ruled(convocation__urgent=None).convocation
    assert latest_notice(rules, MEETING, urgent=True) == Ending()
    assert not called_in_time(rules, sent=at(1, 0), meeting=MEETING, urgent=True)


@pytest.mark.parametrize(
    ("share", "asking", "members", "expected"),
    [("1/3", 5, 15, True), ("1/3", 4, 15, False), ("1/5", 11, 54, True), ("1/5", 0, 0, False), (None, 9, 9, False)],
)  # fmt: skip
def test_members_ask_for_a_meeting(
    share: str | None, asking: int, members: int, expected: bool
) -> None:
    rules = ruled(convocation__on_request=share).convocation
    assert may_ask_for_meeting(rules, asking=asking, members=members) is expected


ABSENCES = [
    ("three in a row", {}, [ABSENT] * 3, True),
    ("a presence between", {}, [ABSENT, ABSENT, PRESENT, ABSENT], False),
    ("justified ones do not count", {}, [ABSENT, JUSTIFIED, ABSENT], False),
    ("nor begin the count anew", {}, [ABSENT, JUSTIFIED, ABSENT, ABSENT], True),
    ("where they count", {"lapsing__justified": True}, [ABSENT, JUSTIFIED, ABSENT], True),
    ("not in a row", {"lapsing__in_a_row": False}, [ABSENT, PRESENT, ABSENT, PRESENT, ABSENT], True),
    ("without consequence", {"lapsing__absences": None}, [ABSENT] * 30, False),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "attended", "expected"), [each[1:] for each in ABSENCES], ids=[each[0] for each in ABSENCES])  # fmt: skip
def test_a_seat_lapses_by_absences(
    rules: dict[str, Any], attended: list[Attended], expected: bool
) -> None:
    assert seat_lapses(ruled(**rules).lapsing, attended) is expected


@given(st.lists(st.sampled_from(list(Attended)), max_size=12), st.booleans(), st.booleans())
def test_absences_are_counted_as_by_reading_them(
    attended: list[Attended], in_a_row: bool, justified: bool
) -> None:
    rules = ruled(lapsing__in_a_row=in_a_row, lapsing__justified=justified).lapsing
    letters = "".join(
        {PRESENT: "|" if in_a_row else "", JUSTIFIED: "x" if justified else "", ABSENT: "x"}[each]
        for each in attended
    )
    assert seat_lapses(rules, attended) is ("xxx" in letters)


BEGAN, ENDED = date(2020, 2, 29), date(2024, 6, 9)
ENDS = [
    ("never", {}, ENDED, None),
    ("with the administration", {"duration__with_administration": True}, ENDED, ENDED),
    ("which has not ended", {"duration__with_administration": True}, None, None),
    ("after three years", {"duration__years": 3}, None, date(2023, 2, 28)),
    ("what comes first", {"duration__years": 3, "duration__with_administration": True}, ENDED, date(2023, 2, 28)),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "ended", "expected"), [each[1:] for each in ENDS], ids=[each[0] for each in ENDS])  # fmt: skip
def test_when_a_body_ends(rules: dict[str, Any], ended: date | None, expected: date | None) -> None:
    assert ends_on(ruled(**rules).duration, began=BEGAN, administration_ended=ended) == expected


def test_a_commission_goes_on_for_forty_five_days() -> None:
    rules = ruled("commission").duration
    assert ends_on(rules, began=BEGAN, administration_ended=ENDED) == date(2024, 7, 24)


@pytest.mark.parametrize(
    ("least", "women", "men", "expected"),
    [("1/3", 2, 1, True), ("1/3", 9, 4, False), ("2/5", 6, 4, True), ("2/5", 7, 4, False), ("1/3", 0, 0, None), (None, 1, 0, None)],
)  # fmt: skip
def test_the_balance(least: str | None, women: int, men: int, expected: bool | None) -> None:
    assert balanced(ruled(balance__least=least).balance, women=women, men=men) is expected


@given(st.fractions(Fraction(1, 10), Fraction(1, 2)), st.integers(0, 20), st.integers(1, 20))
def test_the_balance_is_that_of_women_and_of_men(least: Fraction, women: int, men: int) -> None:
    rules = ruled(balance__least=str(least)).balance
    assert balanced(rules, women=women, men=men) is balanced(rules, women=men, men=women)
