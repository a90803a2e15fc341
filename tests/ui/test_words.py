"""Dates as people say them, in two languages and as far as they are known."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tavolo.kernel.dates import PartialDate
from tavolo.ui import words
from tavolo.ui.words import Missing


@pytest.mark.parametrize(
    ("written", "italian", "english"),
    [
        ("2015-06-30", "martedì 30 giugno 2015", "Tuesday 30 June 2015"),
        ("2015-01-01", "giovedì 1° gennaio 2015", "Thursday 1 January 2015"),
        ("2015-06", "giugno 2015", "June 2015"),
        ("2007", "2007", "2007"),
        ("XXXX-03-09", "un 9 marzo, anno non noto", "a 9 March, year not known"),
        ("2006/..", "dal 2006", "since 2006"),
        ("2006-05/..", "da maggio 2006", "since May 2006"),
        ("2006-05-02/..", "dal 2 maggio 2006", "since 2 May 2006"),
        ("2006-05-08/..", "dall’8 maggio 2006", "since 8 May 2006"),
        ("2006-05-11/..", "dall’11 maggio 2006", "since 11 May 2006"),
        ("2006-05-01/..", "dal 1° maggio 2006", "since 1 May 2006"),
        ("../2004", "prima del 2004", "before 2004"),
        ("../2004-05", "prima di maggio 2004", "before May 2004"),
        ("../2004-05-02", "prima del 2 maggio 2004", "before 2 May 2004"),
        ("../2004-05-08", "prima dell’8 maggio 2004", "before 8 May 2004"),
    ],
)
def test_a_date_known_in_part(written: str, italian: str, english: str) -> None:
    when = PartialDate.parse(written)
    assert words.partial_words(when) == italian
    with override("en"):
        assert words.partial_words(when) == english


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_whole_day_is_said_alike_whatever_it_is_kept_in(day: date) -> None:
    assert words.date_words(day) == words.date_words(PartialDate.of(day))
    assert str(day.year) in words.date_words(day)


@pytest.mark.parametrize(
    ("when", "machine"),
    [
        (PartialDate.parse("2015-06"), "2015-06"),
        (PartialDate.parse("XXXX-03-09"), "03-09"),
        (PartialDate.parse("2006/.."), ""),
        (date(2015, 6, 30), "2015-06-30"),
        (datetime(2016, 2, 23, 17, 30, tzinfo=UTC), "2016-02-23T18:30+01:00"),
    ],
)
def test_machines_are_told_what_is_known(when: words.Dated, machine: str) -> None:
    assert words.machine_words(when) == machine


def test_a_date_with_a_bound_has_no_machine_time() -> None:
    assert words.say_date(PartialDate.parse("2006/..")) == "dal 2006"
    assert words.say_date(None) == '<span class="tv-unknown">non determinabile</span>'


def test_hours_with_and_without_minutes() -> None:
    whole, half = (datetime(2026, 7, 1, 7, minute, tzinfo=UTC) for minute in (0, 30))
    assert [words.hour_words(whole), words.hour_words(half)] == ["ore 9", "ore 9.30"]
    with override("en"):
        assert [words.hour_words(whole), words.hour_words(half)] == ["9:00", "9:30"]


@pytest.mark.parametrize(
    ("valid_until", "said"),
    [
        (date(2015, 1, 1), "fino al 31 dicembre 2014"),
        (date(2019, 3, 9), "fino all’8 marzo 2019"),
        (date(2019, 7, 12), "fino all’11 luglio 2019"),
        (date(2019, 7, 2), "fino al 1° luglio 2019"),
    ],
)
def test_an_end_is_spoken_inclusively(valid_until: date, said: str) -> None:
    assert words.until_words(valid_until) == said


def test_numbers_follow_the_language() -> None:
    assert [words.number(6025), words.number(1240.56, 1), words.percent(1)] == [
        "6.025",
        "1.240,6",
        "100\N{NO-BREAK SPACE}%",
    ]
    with override("en"):
        assert [words.number(6025), words.number(1240.56, 1), words.percent(1)] == [
            "6,025",
            "1,240.6",
            "100%",
        ]


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0, "0 m"),
        (999, "999 m"),
        (1000, "1,0 km"),
        (9949, "9,9 km"),
        (10_000, "10 km"),
        (42_195, "42 km"),
    ],
)
def test_distances(metres: int, said: str) -> None:
    assert words.kilometres(metres).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_is_missing_is_said_in_words_of_its_own() -> None:
    said = [words.say_missing(why) for why in Missing]
    assert len(set(said)) == 3
    assert all("0" not in each for each in said)
