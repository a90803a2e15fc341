from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tavolo.kernel import clock
from tavolo.kernel.dated import Period, closing, latest_first, valid_on
from tavolo.kernel.models import DatedValue, Network, NetworkSetting

DAY = timedelta(days=1)
SOME = st.dates(date(2020, 1, 1), date(2020, 1, 12))
MONTH = [date(2019, 12, 28) + n * DAY for n in range(24)]


@st.composite
def periods(draw, *, empty=False):
    start, end = draw(st.none() | SOME), draw(st.none() | SOME)
    if start and end and not empty:
        start, end = min(start, end), max(start, end) + DAY
    return Period(start, end)


def test_the_first_day_belongs_and_the_end_does_not():
    period = Period(date(2020, 1, 2), date(2020, 1, 4))
    assert [day for day in MONTH if day in period] == [date(2020, 1, 2), date(2020, 1, 3)]
    assert period.last_day == date(2020, 1, 3)


def test_an_open_side_holds_for_ever():
    assert date.min in Period()
    assert date.max in Period()
    assert Period().last_day is None
    assert date.max in Period(valid_from=date(2020, 1, 1))
    assert date.min in Period(valid_until=date(2020, 1, 1))
    assert date(2020, 1, 1) not in Period(valid_until=date(2020, 1, 1))


@given(periods(empty=True), periods(empty=True))
def test_two_periods_overlap_where_some_day_lies_in_both(one, other):
    expected = any(day in one and day in other for day in MONTH)
    assert one.overlaps(other) == other.overlaps(one) == expected


def test_one_that_ends_as_the_other_begins_does_not_overlap():
    day = date(2020, 1, 5)
    assert not Period(None, day).overlaps(Period(day, None))
    assert Period(None, day + DAY).overlaps(Period(day, None))


class HoldingOnADay(TestCase):
    @settings(max_examples=50)
    @given(st.lists(periods(), max_size=6), st.sampled_from(MONTH))
    def test_the_database_finds_what_the_period_holds(self, spans, day):
        rows = [
            DatedValue(
                key=str(n), value=n, source="s", valid_from=p.valid_from, valid_until=p.valid_until
            )
            for n, p in enumerate(spans)
        ]
        DatedValue.objects.bulk_create(rows)
        expected = [row.key for row in rows if day in row.period]
        assert [row.key for row in DatedValue.objects.on(day).order_by("id")] == expected
        others = DatedValue.objects.exclude(valid_on(day)).count()
        assert others == len(rows) - len(expected)


@pytest.mark.django_db
def test_a_relation_leads_to_what_holds():
    network = Network.objects.create(slug="rete", name="Rete", created_at=clock.now())
    NetworkSetting.objects.create(
        network=network, key="k", value=1, valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 4)
    )
    found = [day for day in MONTH if Network.objects.filter(valid_on(day, "settings__")).exists()]
    assert found == [date(2020, 1, 2), date(2020, 1, 3)]


def value(start: date | None, end: date | None, key: str = "k") -> DatedValue:
    return DatedValue.objects.create(
        key=key, value=str(start), source="s", valid_from=start, valid_until=end
    )


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, -1, -400])
def test_an_end_that_is_not_after_the_start_is_refused(days):
    start = date(2020, 1, 2)
    with pytest.raises(IntegrityError, match="dated_value_ends_after_start"), transaction.atomic():
        value(start, start + days * DAY)
    row = value(start, start + DAY)
    assert row.last_day == start


@pytest.mark.django_db
def test_two_cannot_begin_on_one_day_nor_both_have_always_held():
    value(date(2020, 1, 1), date(2020, 2, 1))
    value(None, date(2019, 1, 1))
    for start in (date(2020, 1, 1), None):
        with pytest.raises(IntegrityError), transaction.atomic():
            value(start, None)
    value(None, None, key="another")


@pytest.mark.django_db
def test_the_latest_comes_first_and_what_always_held_last():
    for start in (None, date(2020, 1, 1), date(2021, 1, 1)):
        value(start, None)
    found = DatedValue.objects.order_by(latest_first()).values_list("valid_from", flat=True)
    assert list(found) == [date(2021, 1, 1), date(2020, 1, 1), None]


@pytest.mark.django_db
def test_closing_makes_a_day_the_last():
    value(date(2020, 1, 1), None)
    DatedValue.objects.update(**closing(date(2020, 1, 31)))
    row = DatedValue.objects.get()
    assert row.last_day == date(2020, 1, 31)
    assert date(2020, 1, 31) in row.period
    assert date(2020, 2, 1) not in row.period


def test_the_last_day_of_the_calendar_means_until_further_notice():
    assert closing(date.max) == {"valid_until": None}
