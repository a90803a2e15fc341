from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tavolo.kernel import clock, network
from tavolo.kernel.models import DatedValue, Installation, Network, NetworkSetting
from tavolo.kernel.network import Setting, UnknownValue, dated_value, installation, setting_of
from tavolo.kernel.plugs import Registry
from tests.threads import together

DAY = timedelta(days=1)
NEW_YEAR = date(2024, 1, 1)


@pytest.fixture(autouse=True)
def registry(monkeypatch) -> Registry[Setting[Any]]:
    settings: Registry[Setting[Any]] = Registry("network setting")
    monkeypatch.setattr(network, "settings", settings)
    return settings


@pytest.fixture
def lucca(db) -> Network:
    return Network.objects.create(slug="lucca", name="Lucca", created_at=clock.now())


def days() -> Setting[int]:
    return Setting("convocation_days", "Days before a meeting", 10, int)


def enter(lucca: Network, value: object, start: date | None, end: date | None = None) -> None:
    NetworkSetting.objects.create(
        network=lucca, key="convocation_days", value=value, valid_from=start, valid_until=end
    )


def test_a_setting_without_a_word_from_anybody_is_its_default(lucca):
    assert setting_of(lucca, days(), on=NEW_YEAR) == 10


def test_a_setting_is_what_it_was_on_that_day(lucca):
    setting = days()
    enter(lucca, 5, None, NEW_YEAR)
    enter(lucca, "7", NEW_YEAR, NEW_YEAR + 9 * DAY)
    on = [setting_of(lucca, setting, on=NEW_YEAR + n * DAY) for n in (-900, -1, 0, 8, 9)]
    assert on == [5, 5, 7, 7, 10]


def test_of_two_that_hold_the_latest_begun_is_in_force_on_both_databases(lucca):
    setting = days()
    enter(lucca, 5, None)
    enter(lucca, 7, NEW_YEAR)
    enter(lucca, 6, NEW_YEAR - 9 * DAY)
    assert setting_of(lucca, setting, on=NEW_YEAR + DAY) == 7
    assert setting_of(lucca, setting, on=NEW_YEAR - DAY) == 6
    assert setting_of(lucca, setting, on=NEW_YEAR - 90 * DAY) == 5


def test_settings_in_one_network_say_nothing_in_another(lucca):
    other = Network.objects.create(slug="milano", name="Milano", created_at=clock.now())
    enter(lucca, 5, None)
    assert setting_of(other, days(), on=NEW_YEAR) == 10


def test_a_setting_takes_one_query(lucca):
    setting = days()
    for number in range(30):
        enter(lucca, number, NEW_YEAR + number * DAY)
    with CaptureQueriesContext(connection) as queries:
        assert setting_of(lucca, setting, on=NEW_YEAR + 3 * DAY) == 3
    assert len(queries) == 1


def test_two_values_cannot_begin_on_one_day_nor_both_have_always_held(lucca):
    for start in (NEW_YEAR, None):
        enter(lucca, 1, start)
        with pytest.raises(IntegrityError), transaction.atomic():
            enter(lucca, 2, start)


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (int, ["7", 7, -1], ["sette", None, [], {}, "\x00", float("inf")]),
        (Decimal, ["0.5"], ["metà", {}]),
        (lambda value: value["days"], [{"days": 1}], [{}, [], 7, None]),
        (date.fromisoformat, ["2024-01-01"], ["1/1/2024", 7, "9" * 10_000]),
        (lambda value: value.strip(), ["a"], [7, None]),
    ],
)
def test_a_setting_accepts_what_it_can_read(read, good, bad):
    setting = Setting("some", "Some", None, read)
    assert [setting.accepts(value) for value in good] == [True] * len(good)
    assert [setting.accepts(value) for value in bad] == [False] * len(bad)


def test_a_setting_is_declared_once(registry):
    setting = days()
    assert registry.all() == [setting]
    with pytest.raises(ImproperlyConfigured, match="convocation_days"):
        Setting("convocation_days", "Again", 3, int)


@pytest.mark.django_db
def test_a_number_of_law_is_what_it_was_and_never_assumed():
    def enter_value(value: object, start: date | None, end: date | None) -> None:
        DatedValue.objects.create(
            key="quorum", value=value, source="L. 1/2024", valid_from=start, valid_until=end
        )

    enter_value(0, NEW_YEAR, NEW_YEAR + 9 * DAY)
    enter_value({"share": "1/2"}, NEW_YEAR + 9 * DAY, None)
    assert dated_value("quorum", on=NEW_YEAR) == 0
    assert dated_value("quorum", on=NEW_YEAR + 9 * DAY) == {"share": "1/2"}
    for key, day in (("quorum", NEW_YEAR - DAY), ("other", NEW_YEAR)):
        with pytest.raises(UnknownValue, match=rf"{key}: {day}"):
            dated_value(key, on=day)


@pytest.mark.django_db
def test_the_installation_is_one_row_made_at_first_asking():
    first = installation()
    assert installation() == first
    assert (first.demonstration, first.seed, first.reference_day) == (False, None, None)
    with pytest.raises(IntegrityError, match="installation_is_one"), transaction.atomic():
        Installation.objects.create(id=2, created_at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_the_installation_is_one_row_also_where_many_ask_first(transactional_db):
    uids = together(*[lambda: installation().uid] * 6)
    assert uids == [Installation.objects.get().uid] * 6
