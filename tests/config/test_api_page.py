"""`/api/`: what people read about the interface for programs."""

import re
from typing import Any

import pytest
from django.test import Client

from tavolo.config.urls import interface
from tavolo.ui.api.problems import BY_STATUS
from tests.factories.counting import queries_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db


def page(path: str = "/api/") -> str:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    return answer.content.decode()


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = interface.get_openapi_schema()["paths"].items()
    return [(method, path, told) for path, methods in paths for method, told in methods.items()]


def test_every_address_is_there_with_what_it_takes():
    html = page()
    for method, path, operation in operations():
        assert f"<code>{method.upper()} {path}</code>" in html
        for parameter in operation["parameters"]:
            assert f"<dt><code>{parameter['name']}</code></dt>" in html


def test_what_it_offers_to_try_can_be_tried():
    a_municipality("Capannori", province=a_province(), istat_code="046007")

    links = re.findall(r'<dt>Prova</dt><dd><a href="([^"]+)"', page())

    # What wants a key cannot be tried by a browser alone.
    assert len(links) == sum("security" not in told for _method, _path, told in operations())
    answers = {link: Client().get(link.replace("&amp;", "&")).status_code for link in links}
    assert set(answers.values()) == {200}, answers


def test_it_is_in_both_languages():
    assert "<h1>Dati per i programmi</h1>" in page()
    assert "Due tipi di area" in page()
    assert "<h1>Data for programs</h1>" in page("/en/api/")
    assert "Two kinds of area laid over each other" in page("/en/api/")


def test_each_sort_of_problem_has_its_place():
    html = page()

    assert all(f'id="{kind.slug}"' in html for kind in BY_STATUS.values())


def test_what_one_must_give_is_marked():
    keys = sum("security" in told for _method, _path, told in operations())
    needed = [
        parameter
        for _method, _path, told in operations()
        for parameter in told["parameters"]
        if parameter["required"] and parameter["in"] != "path"
    ]
    assert (keys, len(needed)) == (4, 5)
    assert page().count("(necessario)") == keys + len(needed)


def test_it_leads_to_the_description_and_the_foot_of_every_page_to_it():
    assert 'href="/api/v1/openapi.json"' in page()
    assert '<a href="/api/">Dati aperti e interfacce</a>' in page("/privacy/")


def test_it_asks_the_database_for_next_to_nothing():
    assert queries_of(Client(), "/api/") <= 1
