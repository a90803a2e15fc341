import json
from base64 import urlsafe_b64encode
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest
from tavolo.kernel.models import FormKey, Network, NetworkSetting
from tavolo.kernel.paging import Page, cursor_of, page_of


def fill(names: list[str]) -> list[Network]:
    rows = [Network(slug=uuid4().hex, name=name, created_at=clock.now()) for name in names]
    for row in rows:
        row.fold()
    Network.objects.bulk_create(rows)
    return in_order()


def in_order() -> list[Network]:
    return sorted(Network.objects.all(), key=lambda row: (row.sort_key, row.pk))


def page(**where) -> Page[Network]:
    return page_of(Network.objects.all(), **where)


def forwards(size: int) -> list[Network]:
    pages = [page(size=size)]
    while pages[-1].after:
        pages.append(page(size=size, after=pages[-1].after))
    return [row for one in pages for row in one.items]


def backwards(size: int) -> list[Network]:
    last = in_order()[-1:]
    if not last:
        return []
    pages = [page(size=size, before=cursor_of(last[0], ("sort_key", "id")))]
    while pages[0].before:
        pages.insert(0, page(size=size, before=pages[0].before))
    return [row for one in pages for row in one.items] + last


class WalkingThePages(TestCase):
    # Few names, so that many rows share a sort key.
    @settings(max_examples=30)
    @given(
        st.lists(st.sampled_from(["Auser", "àuser", "Zonta", ""]), max_size=12), st.integers(1, 5)
    )
    def test_forwards_and_backwards_give_the_whole_list_once(self, names, size):
        whole = fill(names)
        assert forwards(size) == whole
        assert backwards(size) == whole


@pytest.mark.django_db
def test_each_page_says_how_many_and_where_it_goes_on():
    a, b, c, d, e = fill(["a", "b", "c", "d", "e"])
    first = page(size=2)
    assert (first.items, first.total, bool(first.after), first.before) == ([a, b], 5, True, "")
    second = page(size=2, after=first.after)
    assert (second.items, second.total) == ([c, d], 5)
    last = page(size=2, after=second.after)
    assert (last.items, last.after) == ([e], "")
    assert page(size=2, before=last.before) == second
    assert page(size=2, before=second.before) == first
    assert page(size=5).after == ""


@pytest.mark.django_db
def test_an_empty_list_is_one_empty_page():
    assert page() == Page(items=[], total=0)


@pytest.mark.django_db
def test_after_is_asked_where_both_cursors_are_told():
    a, b, c = fill(["a", "b", "c"])
    order = ("sort_key", "id")
    assert page(after=cursor_of(a, order), before=cursor_of(c, order)).items == [b, c]


@pytest.mark.django_db
def test_rows_that_come_and_go_while_somebody_reads_shift_nothing():
    rows = fill([f"n{number:02}" for number in range(9)])
    first = page(size=3)
    rows[2].delete()
    fill(["n00 bis", "n04 bis", "n99"])
    second = page(size=3, after=first.after)
    assert [row.name for row in second.items] == ["n03", "n04", "n04 bis"]
    third = page(size=30, after=second.after)
    assert [row.name for row in third.items] == ["n05", "n06", "n07", "n08", "n99"]
    assert [row.name for row in page(size=3, before=third.before).items] == [
        "n03",
        "n04",
        "n04 bis",
    ]


@pytest.mark.django_db
def test_beyond_the_last_row_there_is_an_empty_page():
    rows = fill(["a", "b"])
    edge = cursor_of(rows[0], ("sort_key", "id"))
    rows[1].delete()
    assert page(after=edge).items == []
    assert page(before=edge).items == []


@pytest.mark.django_db
def test_other_orders_hold_too():
    rows = fill(["b", "a"])
    order = ("created_at", "uid")
    one, other = sorted(rows, key=lambda row: (row.created_at, row.uid.hex))
    first = page_of(Network.objects.all(), order=order, size=1)
    assert first.items == [one]
    assert page_of(Network.objects.all(), order=order, size=1, after=first.after).items == [other]


@pytest.mark.django_db
def test_a_list_may_be_ordered_by_what_was_reckoned():
    fill(["ccc", "b", "aa"])
    rows = Network.objects.annotate(length=Length("name"))
    first = page_of(rows, order=("length", "id"), size=1)
    assert [row.name for row in first.items] == ["b"]
    rest = page_of(rows, order=("length", "id"), after=first.after)
    assert [row.name for row in rest.items] == ["aa", "ccc"]
    with pytest.raises(BadRequest):
        page_of(rows, order=("length", "id"), after=written(["lungo", 1]))


def written(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


HOSTILE = {
    "no base64": "%%%",
    "one sign": "a",
    "other letters": "è" * 8,
    "a NUL": "\x00",
    "right to left": "\u202e",
    "no JSON": urlsafe_b64encode(b"ciao").decode(),
    "no UTF-8": urlsafe_b64encode(b"\xff\xfe").decode(),
    "an object": written({"a": 1}),
    "a bare word": written("a"),
    "null": written(None),
    "too few": written(["a"]),
    "too many": written(["a", 1, 2]),
    "nulls": written([None, None]),
    "a list within": written([["a"], 1]),
    "something else with a list": written([{"a": 1}, 1]),
    "a float": written(["a", 1.5]),
    "not a number": urlsafe_b64encode(b'["a", NaN]').decode(),
    "words for a number": written(["a", "uno"]),
    "SQL for a number": written(["a", "1; DROP TABLE kernel_network"]),
    "a NUL in the key": written(["a\x00b", 1]),
    "half of a pair": written(["\ud800", 1]),
    "a deep nest": urlsafe_b64encode(b"[" * 2900).decode(),
    "a deeper nest": urlsafe_b64encode(b"[" * 200_000).decode(),
    "megabytes": "a" * 3_000_000,
}


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["after", "before"])
@pytest.mark.parametrize("cursor", HOSTILE.values(), ids=HOSTILE)
def test_a_cursor_that_we_did_not_write_is_refused(cursor, side):
    fill(["a"])
    with pytest.raises(BadRequest):
        page(**{side: cursor})


@pytest.mark.django_db
@pytest.mark.parametrize("number", [-1, 0, True, "7", 2**63, -(2**63) - 1, 10**400])
def test_a_number_out_of_range_is_simply_beyond_or_before(number):
    rows = fill(["a"])
    found = page(after=written(["a", number])).items
    assert found in ([], rows)


class AnyCursor(TestCase):
    @settings(max_examples=40)
    @given(
        st.one_of(
            st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(written)
        )
    )
    def test_is_read_or_refused(self, cursor):
        with suppress(BadRequest):
            page(after=cursor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (NetworkSetting, ("valid_from", "id")),
        (FormKey, ("person", "key")),
        (Network, ("settings", "id")),
    ],
)
def test_a_list_is_not_ordered_by_what_may_be_missing(rows, order):
    with pytest.raises(ValueError, match="cannot be ordered"):
        page_of(rows.objects.all(), order=order)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 10, 200])
def test_a_page_takes_two_queries_whatever_the_length(count):
    rows = fill([f"n{number}" for number in range(count)])
    for where in ({}, {"after": cursor_of(rows[0], ("sort_key", "id"))}):
        with CaptureQueriesContext(connection) as queries:
            page(**where)
        assert len(queries) == 2


@pytest.mark.django_db
def test_a_cursor_stands_in_an_address_as_it_is():
    row = Network(id=7, uid=UUID(int=7), sort_key="perché no? 💜", created_at=clock.now())
    cursor = cursor_of(row, ("sort_key", "id", "uid", "created_at"))
    assert cursor.isascii()
    assert not set(cursor) & set("+/=&?#% ")
