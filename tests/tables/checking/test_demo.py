"""The share of the demonstration in which applications are checked and decided."""

import pytest

from tavolo.kernel import clock
from tavolo.kernel.plugs import DemoContext
from tavolo.tables.demo.seated import TITLE, Seated
from tavolo.tables.models import Application, Seat
from tests.factories.people import a_network
from tests.factories.registry import a_participant
from tests.factories.tables import a_body, a_seat

pytestmark = pytest.mark.django_db


def test_two_are_admitted_and_a_third_waits() -> None:
    network = a_network("milano", "Milano")
    table = a_body(network)
    group = a_body(network, "Gruppo", kind="thematic_group", parent=table, number=1)
    for name in ("Alfa", "Beta", "Gamma"):
        a_seat(table, a_participant(network, name), category="association")
    Seated().load(DemoContext(1, clock.today()))
    rows = Application.objects.filter(notice__name=TITLE).order_by("number")
    assert [(row.name, row.state) for row in rows] == [
        ("Alfa", "admitted"),
        ("Beta", "admitted"),
        ("Gamma", "in_check"),
    ]
    assert Seat.objects.known().filter(body=group, basis="notice").count() == 2
    kwargs = [example.kwargs["code"] for example in Seated().examples()]
    assert set(kwargs) == {rows[0].notice.code}
