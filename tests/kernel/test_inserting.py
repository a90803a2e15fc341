"""Many rows at once: the same rows as one by one."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tavolo.kernel.inserting import insert_all
from tavolo.kernel.models import AnnouncedFact, Delivery, Network

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 10, 30, 0, 123456, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)


def test_keys_come_in_the_order_of_the_rows() -> None:
    rows = [{"key": "a", "payload": {"n": number}} for number in range(1_100)]
    keys = insert_all(AnnouncedFact, rows, same={"announced_at": AT})
    kept = dict(AnnouncedFact.objects.values_list("pk", "payload"))
    assert [kept[key]["n"] for key in keys] == list(range(1_100))


def test_what_nobody_says_has_its_default() -> None:
    same = {"announced_at": AT, "key": "a"}
    first, second = insert_all(
        AnnouncedFact, [{"payload": {}}, {"payload": {"è": None}}], same=same
    )
    one, other = AnnouncedFact.objects.in_bulk([first, second]).values()
    assert (one.network, one.key, one.payload, one.announced_at, one.attempts, one.due_at) == (
        None,
        "a",
        {},
        AT,
        0,
        None,
    )
    assert other.payload == {"è": None}
    assert one.uid != other.uid


def test_models_that_are_made_already_are_written_as_they_are() -> None:
    made = [AnnouncedFact(uid=uid, key="b", payload=[1], announced_at=AT) for uid in (ONE, OTHER)]
    insert_all(AnnouncedFact, map(vars, made))
    rows = AnnouncedFact.objects.order_by("pk").values_list("uid", "key", "payload", "announced_at")
    assert list(rows) == [(ONE, "b", [1], AT), (OTHER, "b", [1], AT)]


def test_a_relation_goes_by_its_column() -> None:
    network = Network.objects.create(slug="rete", name="Rete", created_at=AT)
    row = {"key": "a", "payload": {}, "announced_at": AT}
    (fact,) = insert_all(AnnouncedFact, [row], same={"network_id": network.pk})
    insert_all(Delivery, [{"fact_id": fact, "reaction": "r", "delivered_at": AT}])
    assert Delivery.objects.get().fact.network == network


def test_nothing_is_asked_for_no_rows(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert insert_all(AnnouncedFact, []) == []


def test_what_the_table_forbids_is_refused_whole() -> None:
    row = {"uid": ONE, "key": "a", "payload": {}, "announced_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all(AnnouncedFact, [row, row])
    assert not AnnouncedFact.objects.exists()
