"""Values are equal after a way through a line of JSON, whichever database they come from and go to."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models
from django.db.models import Value
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from tavolo.config.archive.columns import KIND_OF, KINDS, portable
from tavolo.config.archive.loading import load_table, reset_sequences
from tavolo.config.archive.snapshot import snapshot
from tavolo.config.archive.tables import table_of
from tavolo.config.archive.writing import line_of
from tavolo.config.databases import as_owner
from tavolo.kernel.models import Network, Schedule

ROME = timezone(timedelta(hours=1))
ROWS: list[dict[str, Any]] = [
    {
        "truth": True,
        "real": 0.1,
        "uuid": UUID("00000000-0000-4000-8000-00000000000a"),
        "instant": datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=ROME),
        "day": date(2016, 3, 1),
        "time": time(23, 59, 59, 999999),
        "duration": timedelta(days=-1, microseconds=7),
        "decimal": Decimal("1234567.50"),
        "bytes": b"\x00\xff\x80",
        "json": {"b": [1, 2.5, 1e22, -1e17, None, "è"], "a": {"z": True, "y": 1e-7}},
        "text": "perché «così» — 100 %\n",
        "whole": 2**62,
    },
    {
        "truth": False,
        "real": -1e300,
        "uuid": UUID(int=0),
        "instant": datetime(1, 1, 1, tzinfo=UTC),
        "day": date(1, 1, 1),
        "time": time(0),
        "duration": timedelta(0),
        "decimal": Decimal("-0.01"),
        "bytes": b"",
        "json": Value(None, models.JSONField()),
        "text": "",
        "whole": -(2**62),
    },
    {},
]


@isolate_apps("tavolo.kernel")
def everything() -> type[models.Model]:
    """A table with a column of every kind, each of them nullable."""

    class Everything(models.Model):
        truth = models.BooleanField(null=True)
        real = models.FloatField(null=True)
        uuid = models.UUIDField(null=True)
        instant = models.DateTimeField(null=True)
        day = models.DateField(null=True)
        time = models.TimeField(null=True)
        duration = models.DurationField(null=True)
        decimal = models.DecimalField(null=True, max_digits=12, decimal_places=2)
        bytes = models.BinaryField(null=True)
        json = models.JSONField(null=True)
        text = models.TextField(null=True)  # noqa: DJ001
        whole = models.BigIntegerField(null=True)
        network = models.ForeignKey(Network, models.SET_NULL, null=True, related_name="+")
        doubled = models.GeneratedField(
            expression=models.F("real") * 2, output_field=models.FloatField(), db_persist=True
        )

        class Meta:
            app_label = "kernel"

    return Everything


@pytest.fixture
def table(transactional_db: None) -> Any:
    model = everything()
    with as_owner():
        with connection.schema_editor() as editor:
            editor.create_model(model)
        yield model
        with connection.schema_editor() as editor:
            editor.delete_model(model)


def lines(model: type[models.Model]) -> bytes:
    with snapshot("default") as shot:
        return b"".join(line_of(row) for row in shot.rows(model))


def test_a_table_of_every_kind_comes_back_equal(table: Any) -> None:
    for row in ROWS:
        table.objects.create(**row)
    saved, told = lines(table), list(table.objects.order_by("id").values())
    table.objects.all().delete()
    loaded = list(load_table(table_of(table), BytesIO(saved)))
    assert loaded == [len(ROWS)]
    assert list(table.objects.order_by("id").values()) == told
    assert lines(table) == saved
    reset_sequences([table_of(table)])
    assert table.objects.create().id == len(ROWS) + 1


# What both databases write for ROWS: SQLite and PostgreSQL are each held to it.
WRITTEN = [
    [
        1,
        True,
        0.1,
        "00000000-0000-4000-8000-00000000000a",
        "2026-03-29T00:30:00.123456+00:00",
        "2016-03-01",
        "23:59:59.999999",
        -86399999993,
        "1234567.50",
        "AP+A",
        [{"a": {"y": 1e-07, "z": True}, "b": [1, 2.5, 10**22, -(10**17), None, "è"]}],
        "perché «così» — 100 %\n",
        2**62,
        None,
    ],
    [
        2,
        False,
        -1e300,
        "00000000-0000-0000-0000-000000000000",
        "0001-01-01T00:00:00.000000+00:00",
        "0001-01-01",
        "00:00:00",
        0,
        "-0.01",
        "",
        [None],
        "",
        -(2**62),
        None,
    ],
    [3, *[None] * 13],
]


def test_both_databases_write_the_same_lines(table: Any) -> None:
    for row in ROWS:
        table.objects.create(**row)
    assert [json.loads(line) for line in lines(table).splitlines()] == WRITTEN


def test_nothing_and_the_null_of_json_stay_two_things(table: Any) -> None:
    table.objects.create(json=Value(None, models.JSONField()))
    table.objects.create(json=None)
    saved = lines(table)
    table.objects.all().delete()
    list(load_table(table_of(table), BytesIO(saved)))
    assert [row.id for row in table.objects.filter(json__isnull=True)] == [2]


def test_rows_come_by_their_key_whatever_the_language(transactional_db: None) -> None:
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    for key in ("è", "b", "B", "a.b", "ab", "Z"):
        Schedule.objects.create(key=key, due_at=instant)
    with snapshot("default") as shot:
        assert [row[0] for row in shot.rows(Schedule)] == ["B", "Z", "a.b", "ab", "b", "è"]


def test_a_snapshot_does_not_see_what_comes_later(transactional_db: None) -> None:
    Network.objects.create(
        slug="before", name="Before", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with snapshot("default") as shot:
        Network.objects.create(
            slug="later", name="Later", created_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        told = table_of(Network)
        slug = [name for name, _kind in told.columns].index("slug")
        assert [row[slug] for row in shot.rows(Network)] == ["before"]
        assert shot.count(told) == 1
    assert Network.objects.count() == 2


def test_every_kind_that_is_named_is_known() -> None:
    assert set(KIND_OF.values()) == set(KINDS)


numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(values)
def test_portable_json_is_equal_and_stays_so(value: Any) -> None:
    once = portable(value)
    assert once == value
    assert portable(json.loads(json.dumps(once))) == once


@given(st.floats(min_value=1e16, max_value=1e300))
def test_great_numbers_are_written_without_exponent(value: float) -> None:
    assert "e" not in json.dumps(portable(value))
