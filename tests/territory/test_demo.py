from datetime import date
from functools import partial

import pytest
from django.urls import reverse

from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.territory import demo
from tavolo.territory.actions import import_national_extract
from tavolo.territory.web.urls import urlpatterns

PART = demo_parts.get("territory")
TODAY = date(2026, 11, 22)


def test_every_address_of_the_room_has_an_example():
    named = {f"territory:{pattern.name}" for pattern in urlpatterns}
    examples = {example.url_name for example in PART.examples()}

    assert {name for name in examples if name.startswith("territory:")} == named


@pytest.mark.django_db
def test_the_examples_exist(client, monkeypatch, small_extract):
    """On the small extract: its provinces are those that the examples name."""
    said = []
    small = partial(import_national_extract, folder=small_extract)
    monkeypatch.setattr(demo, "import_national_extract", small)

    for _twice in range(2):
        PART.load(DemoContext(seed=1, reference_day=TODAY, say=said.append))

    assert said == ["Comuni d’Italia", "Distretti"] * 2
    for example in PART.examples():
        address = reverse(example.url_name, kwargs=example.kwargs) + example.query
        assert client.get(address).status_code == 200, address
