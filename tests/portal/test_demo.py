from datetime import date

import pytest
from django.urls import reverse

from tavolo.kernel.models import Network
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.portal.web import urls

PART = demo_parts.get("portal")


def test_every_address_has_an_example() -> None:
    own = {f"portal:{each.name}" for each in urls.urlpatterns}
    plain = {each.name for each in urls.plain_urlpatterns}
    assert {example.url_name for example in PART.examples()} == own | plain | {"api:search"}


def test_examples_are_addresses() -> None:
    paths = [reverse(each.url_name, kwargs=dict(each.kwargs)) for each in PART.examples()]
    assert "/reti/cesano-boscone/" in paths
    assert {each.who for each in PART.examples()} == {"anyone"}


@pytest.mark.django_db
def test_it_loads_nothing_of_its_own() -> None:
    PART.load(DemoContext(1, date(2026, 11, 22)))
    assert Network.objects.count() == 0
