"""Two secretaries at the same moment: one act at a time changes who sits in a body."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.tables import actions
from tavolo.tables.models import Body, Delegate, Seat
from tests.factories.people import a_network, a_person
from tests.factories.registry import an_organisation
from tests.factories.tables import a_body, a_seat
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)
LAST = date(2020, 12, 31)


def told(results: list[Any]) -> Counter[str]:
    """What each came to; whatever is neither done nor refused comes through."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Refusal):
            raise result
    return Counter("refused" if isinstance(r, Refusal) else "done" for r in results)


def test_whatever_two_do_at_once_adds_up() -> None:
    network = a_network()
    body = a_body(network, "Tavolo", since="2015-06-01")
    first, second, third = (an_organisation(network, name) for name in ("A", "B", "C"))
    admit = partial(a_seat, body, first, since="2015-07-01")
    assert told(together(admit, admit, admit)) == {"done": 1, "refused": 2}
    seat = a_seat(body, second, since="2015-07-01")
    end = partial(_ends, seat)
    send = partial(
        actions.name_delegate,
        seat=seat, person=a_person(), act="nota", began=date(2016, 1, 1), by=OPERATOR,
    )  # fmt: skip
    assert told(together(end, end, send))["done"] in {1, 2}
    close = partial(actions.end_body, body=body, last=LAST, act="delibera", by=OPERATOR)
    late = partial(a_seat, Body.objects.get(pk=body.pk), third, since="2019-01-01")
    assert told(together(close, late, close))["done"] in {1, 2}
    for model in (Seat, Delegate):
        assert not model.objects.known().filter(body=body, valid_until=None).exists()
    assert not Seat.objects.known().filter(valid_until__gt=date(2021, 1, 1)).exists()


def _ends(seat: Seat) -> Seat:
    act: Callable[..., Seat] = actions.end_seat
    return act(seat=seat, last=LAST, reason="resignation", act="lettera", by=OPERATOR)
