from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import modelform_factory
from hypothesis import example, given
from hypothesis import strategies as st

from tavolo.kernel import clock
from tavolo.kernel.dates import LEAP_YEAR, PartialDate, PartialDateField
from tavolo.kernel.models import Network


@st.composite
def known_dates(draw):
    day = draw(st.dates())
    precision = draw(st.sampled_from(["day", "month", "year", "day without year"]))
    if precision == "day without year":
        anchor = day.replace(year=LEAP_YEAR) if (day.month, day.day) != (2, 29) else day
        return PartialDate(None, anchor.month, anchor.day)
    parts = {"day": (day.year, day.month, day.day), "month": (day.year, day.month, None)}
    bound = draw(st.sampled_from(["", "since", "before"]))
    return PartialDate(*parts.get(precision, (day.year, None, None)), bound)


WRITTEN = {
    "2015-06-30": PartialDate(2015, 6, 30),
    "2015-06": PartialDate(2015, 6),
    "2007": PartialDate(2007),
    "XXXX-03-09": PartialDate(None, 3, 9),
    "XXXX-02-29": PartialDate(None, 2, 29),
    "2006/..": PartialDate(2006, bound="since"),
    "2006-05/..": PartialDate(2006, 5, bound="since"),
    "2006-05-01/..": PartialDate(2006, 5, 1, "since"),
    "../2004": PartialDate(2004, bound="before"),
    "../2004-12-31": PartialDate(2004, 12, 31, "before"),
    "0001": PartialDate(1),
}
NOT_DATES = [
    "", " ", "XXXX", "XXXX-03", "0000", "0000-01-01", "2015-00", "2015-13", "2015-00-10", "2015-01-00",
    "2015-02-29", "XXXX-02-30", "XXXX-03-09/..", "../XXXX-03-09", "../2004/..", "/..", "../", "..",
    "2015-6-30", "20150630", "2015--30", "12015", "-2015", "２０１５", "2015\x00", "2015-06-30T10:00",
    "30/06/2015", "nell'anno 2007", "2015\n2016", "\u202e2015", "x" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "known"), WRITTEN.items())
def test_the_written_form_is_read_and_written_again(text, known):
    assert PartialDate.parse(text) == known
    assert PartialDate.parse(f"  {text} ") == known
    assert str(known) == text


@given(known_dates())
def test_what_is_known_comes_back_from_its_written_form(known):
    assert PartialDate.parse(str(known)) == known


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@given(st.text(alphabet="0123456789X-/. ", max_size=16))
def test_any_text_is_read_or_refused(text):
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return
    assert str(known) == text.strip()


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (None, 3),
        (None, None, 9),
        (2015, None, 9),
        (2015, 0),
        (2015, 1, 0),
        (0,),
        (2015, 6, 30, "after"),
        (None, 3, 9, "since"),
    ],
)
def test_parts_that_make_no_date_are_refused(parts):
    with pytest.raises(ValueError, match=r"."):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2015-06-30", "day", date(2015, 6, 30), date(2015, 6, 30)),
        ("2016-02", "month", date(2016, 2, 1), date(2016, 2, 29)),
        ("2007", "year", date(2007, 1, 1), date(2007, 12, 31)),
        ("XXXX-03-09", "day without year", None, None),
        ("2006/..", "year", date(2006, 1, 1), None),
        ("../2004", "year", None, date(2004, 12, 31)),
        ("../2004-02", "month", None, date(2004, 2, 29)),
    ],
)
def test_what_is_known_has_a_precision_and_bounds(text, precision, first, last):
    known = PartialDate.parse(text)
    assert (known.precision, known.first_day(), known.last_day()) == (precision, first, last)


@given(known_dates(), st.dates())
@example(PartialDate.of(date.max), date.max)
def test_it_may_be_any_day_within_its_bounds_and_no_other(known, day):
    first, last = known.first_day(), known.last_day()
    if known.precision == "day without year":
        assert known.may_be(day) == (day.month == known.month and day.day == known.day)
        return
    assert known.may_be(day) == ((first or date.min) <= day <= (last or date.max))
    for edge, beyond in ((first, -1), (last, 1)):
        if edge:
            assert known.may_be(edge)
            if date.min < edge < date.max:
                assert not known.may_be(edge + timedelta(days=beyond))


@given(st.dates())
def test_a_whole_day_may_be_itself_alone(day):
    assert PartialDate.of(day).may_be(day)
    assert PartialDate.of(day).first_day() == PartialDate.of(day).last_day() == day


def test_they_are_ordered_by_the_earliest_day_with_before_first_and_unknown_years_last():
    in_order = [
        "../2001-12-31",
        "../2004",
        "0001",
        "2003/..",
        "2004-05",
        "2004-05-02",
        "9999-12-31",
        "XXXX-01-01",
        "XXXX-03-09",
    ]
    mixed = [PartialDate.parse(text) for text in reversed(in_order)]
    assert [str(known) for known in sorted(mixed, key=PartialDate.order_key)] == in_order


@given(known_dates(), known_dates())
def test_a_known_beginning_orders_before_a_later_one(one, other):
    first, second = one.first_day(), other.first_day()
    if first and second and first < second:
        assert one.order_key() < other.order_key()


def network(**values) -> Network:
    return Network(slug="rete", name="Rete", created_at=clock.now(), **values)


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*WRITTEN, ""])
def test_the_database_keeps_what_is_known_as_known(text):
    known = PartialDate.parse(text) if text else None
    network(active_since=known).save()
    assert Network.objects.get().active_since == known
    with connection.cursor() as cursor:
        cursor.execute("SELECT active_since FROM kernel_network")
        assert cursor.fetchone() == (text,)


@pytest.mark.django_db
def test_rows_are_found_by_value_and_by_written_form():
    network(active_since=PartialDate(2007)).save()
    assert Network.objects.filter(active_since=PartialDate(2007)).exists()
    assert Network.objects.filter(active_since="2007").exists()
    assert not Network.objects.filter(active_since=PartialDate(2007, 1)).exists()


def test_a_form_reads_it_and_says_what_is_wrong():
    form = modelform_factory(Network, fields=["active_since"])
    good = form({"active_since": "2006-05/.."})
    assert good.is_valid(), good.errors
    assert good.instance.active_since == PartialDate(2006, 5, bound="since")
    assert form({"active_since": ""}).is_valid()
    for text in ("nel 2007", "2015-02-29", "2" * 17, "20\x0015"):
        assert "active_since" in form({"active_since": text}).errors


def test_a_form_shows_what_is_kept_as_it_is_written():
    form = modelform_factory(Network, fields=["active_since"])
    shown = form(instance=network(active_since=PartialDate(2006, bound="since")))
    assert 'value="2006/.."' in str(shown["active_since"])


def test_the_field_refuses_what_is_no_date():
    field = PartialDateField()
    assert field.to_python(date(2015, 6, 30)) == PartialDate(2015, 6, 30)
    assert field.to_python(PartialDate(2015)) == PartialDate(2015)
    assert field.to_python("") is field.to_python(None) is None
    for wrong in ("ieri", 0, [], 2015.5, "2015-06-30T10:00"):
        with pytest.raises(ValidationError):
            field.to_python(wrong)
