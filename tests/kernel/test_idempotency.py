from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from tavolo.kernel import clock, idempotency
from tavolo.kernel.errors import BadRequest, Refusal
from tavolo.kernel.idempotency import once
from tavolo.kernel.models import FormKey, Network
from tests.threads import together

ANNA, BRUNO = UUID(int=1), UUID(int=2)


def found(slug: str) -> str:
    Network.objects.create(slug=slug, name=slug, created_at=clock.now())
    return f"/reti/{slug}/"


@pytest.mark.django_db
def test_the_same_form_again_gives_the_first_result():
    key = uuid4()
    assert once(key, by=ANNA, do=lambda: found("una")) == "/reti/una/"
    assert once(str(key), by=ANNA, do=lambda: found("due")) == "/reti/una/"
    assert once(key.hex.upper(), by=ANNA, do=lambda: found("tre")) == "/reti/una/"
    assert list(Network.objects.values_list("slug", flat=True)) == ["una"]


@pytest.mark.django_db
def test_another_form_is_another_act():
    once(uuid4(), by=ANNA, do=lambda: found("una"))
    once(uuid4(), by=ANNA, do=lambda: found("due"))
    assert Network.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("other", [BRUNO, None])
def test_another_persons_key_is_refused(other):
    key = uuid4()
    once(key, by=ANNA, do=lambda: found("una"))
    with pytest.raises(BadRequest):
        once(key, by=other, do=lambda: found("due"))
    assert Network.objects.count() == 1


@pytest.mark.django_db
def test_who_is_not_signed_in_may_send_a_form_twice_too():
    key = uuid4()
    once(key, by=None, do=lambda: found("una"))
    assert once(key, by=None, do=lambda: found("due")) == "/reti/una/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        " ",
        "abc",
        "0" * 31,
        "0" * 33,
        "\x00" * 32,
        "\u202e",
        "è" * 32,
        "x" * 10**6,
        7,
        [],
        {},
    ],
)
def test_a_key_that_is_none_is_refused(key):
    with pytest.raises(BadRequest):
        once(key, by=ANNA, do=lambda: found("una"))
    assert not Network.objects.exists()


@pytest.mark.django_db
def test_a_refusal_undoes_the_note_and_the_act():
    key = uuid4()

    def refused() -> str:
        found("una")
        raise Refusal

    with pytest.raises(Refusal):
        once(key, by=ANNA, do=refused)
    assert not FormKey.objects.exists()
    assert not Network.objects.exists()
    assert once(key, by=ANNA, do=lambda: found("due")) == "/reti/due/"


@pytest.mark.django_db
def test_a_long_address_comes_back_whole():
    key, address = uuid4(), "/reti/?q=" + "è" * 3000
    once(key, by=ANNA, do=lambda: address)
    assert once(key, by=ANNA, do=lambda: "") == address


@pytest.mark.django_db
def test_keys_are_kept_for_a_day():
    old, young = uuid4(), uuid4()
    for key in (old, young):
        once(key, by=ANNA, do=lambda: "/")
    FormKey.objects.filter(key=old).update(
        created_at=clock.now() - idempotency.KEPT_FOR - timedelta(seconds=1)
    )
    assert idempotency.forget_old() == 1
    assert FormKey.objects.get().key == young


@pytest.mark.django_db(transaction=True)
def test_a_double_click_does_it_once(transactional_db):
    key = uuid4()
    results = together(
        *(lambda n=n: once(key, by=ANNA, do=lambda: found(f"rete-{n}")) for n in range(6))
    )
    (network,) = Network.objects.all()
    assert results == [f"/reti/{network.slug}/"] * 6


@pytest.mark.django_db(transaction=True)
def test_the_second_click_does_what_the_first_was_refused(transactional_db):
    key, waits = uuid4(), []

    def first_refused() -> str:
        with transaction.atomic():
            waits.append(1)
            if len(waits) == 1:
                raise Refusal
            return found("una")

    results = together(*(lambda: once(key, by=ANNA, do=first_refused) for _ in range(4)))
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert results.count("/reti/una/") == 3
    assert Network.objects.count() == 1
