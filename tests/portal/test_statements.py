"""Statements at the foot of the pages, and what machines read."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.portal.settings import (
    ACCESSIBILITY_CONTACT,
    ACCESSIBILITY_STATEMENT,
    CONTROLLER,
    DATA_PROTECTION,
)
from tavolo.portal.web import machines
from tavolo.registry.actions import change_setting
from tavolo.registry.settings import CONTACT
from tavolo.territory.models import Area, Municipality
from tests.factories.counting import queries_of
from tests.factories.registry import a_founded_network, a_participant
from tests.factories.territory import a_metropolitan_city, a_municipality, a_province
from tests.portal.conftest import text

STATEMENTS = ("/accessibilita/", "/privacy/", "/note-legali/")
NAMESPACE = {"s": machines.SCHEMA, "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("path", STATEMENTS)
def test_statements_stand_before_any_network(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies


def test_a_network_says_whom_to_write_to_and_who_answers(client: Client, valley: Network) -> None:
    def say(key: str, value: str) -> None:
        change_setting(network=valley, key=key, value=value, by=OPERATOR)

    assert "nessun recapito ancora inserito" in text(client.get("/accessibilita/"))
    assert "non ancora indicato" in text(client.get("/privacy/"))
    say(CONTACT.key, "tutti@valle.example")
    assert "mailto:tutti@valle.example" in text(client.get("/accessibilita/"))
    say(ACCESSIBILITY_CONTACT.key, "accesso@valle.example")
    say(ACCESSIBILITY_STATEMENT.key, "https://form.example/dichiarazione")
    say(CONTROLLER.key, "Provincia della Valle")
    say(DATA_PROTECTION.key, "dpo@valle.example")
    page = text(client.get("/accessibilita/"))
    assert "mailto:accesso@valle.example" in page
    assert "mailto:tutti@valle.example" not in page
    assert "https://form.example/dichiarazione" in page
    page = text(client.get("/privacy/"))
    assert "Provincia della Valle" in page
    assert "dpo@valle.example" in page


@pytest.mark.parametrize("path", STATEMENTS)
def test_statements_ask_as_much_for_ten_networks_as_for_one(
    client: Client, valley: Network, path: str
) -> None:
    one = queries_of(client, path)
    for number in range(9):
        a_founded_network(f"rete-{number}")
    assert queries_of(client, path) == one <= 12


def test_robots_leave_the_work_area_alone(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    lines = text(answer).splitlines()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert {"Disallow: /lavoro/", "Disallow: /accesso/", "Disallow: /percorsi/"} <= set(lines)
    assert "Disallow: /" not in lines
    assert any(line.startswith("Sitemap: http") for line in lines)


def test_a_demonstration_is_not_for_search_engines(client: Client, db: None) -> None:
    here = installation()
    here.demonstration = True
    here.save()
    assert "Disallow: /\n" in text(client.get("/robots.txt"))


def locations(answer, inside: str) -> list[str]:
    root = ET.fromstring(answer.content)
    return [found.text for found in root.findall(f"s:{inside}/s:loc", NAMESPACE)]


def path_of(location: str) -> str:
    return "/" + location.split("/", 3)[3]


def test_the_site_map_names_every_page_in_both_languages(client: Client, placed: Network) -> None:
    a_participant(placed, "Aurora")
    # What is no more, or leads elsewhere, is not named.
    city = a_metropolitan_city(municipalities=1)
    a_province("015", "Milano", region=city.parent)
    Area.objects.filter(code="015").update(successor=city)
    a_municipality("Bazzano", province=city)
    Municipality.objects.filter(name="Bazzano").update(valid_until=date(2014, 1, 1))
    index = client.get("/sitemap.xml")
    files = [path_of(location) for location in locations(index, "sitemap")]
    assert files == [
        "/sitemap-pagine-1.xml",
        "/sitemap-reti-1.xml",
        "/sitemap-organizzazioni-1.xml",
        "/sitemap-aree-1.xml",
        "/sitemap-comuni-1.xml",
    ]
    named = {path_of(each) for path in files for each in locations(client.get(path), "url")}
    assert {
        "/",
        "/en/",
        "/reti/valle/",
        "/en/reti/valle/",
        "/organizzazioni/aurora/",
        "/en/organizzazioni/aurora/",
        "/territorio/provincia/046/",
        "/accessibilita/",
    } <= named
    assert {client.get(path).status_code for path in named} == {200}
    assert not any("provincia/015" in path for path in named)


def test_each_page_stands_beside_its_other_language(client: Client, valley: Network) -> None:
    root = ET.fromstring(client.get("/sitemap-reti-1.xml").content)
    beside = [
        {
            link.get("hreflang"): path_of(link.get("href"))
            for link in each.findall("x:link", NAMESPACE)
        }
        for each in root.findall("s:url", NAMESPACE)
    ]
    assert beside == [{"it": "/reti/valle/", "en": "/en/reti/valle/"}] * 2


def test_a_long_site_map_is_split(client: Client, valley: Network, monkeypatch) -> None:
    monkeypatch.setattr(machines, "SIZE", 2)
    for name in ("A", "B", "C"):
        a_participant(valley, name)
    files = [path_of(each) for each in locations(client.get("/sitemap.xml"), "sitemap")]
    assert files[2:] == ["/sitemap-organizzazioni-1.xml", "/sitemap-organizzazioni-2.xml"]
    last = client.get("/sitemap-organizzazioni-2.xml")
    assert [path_of(each) for each in locations(last, "url")] == [
        "/organizzazioni/c/",
        "/en/organizzazioni/c/",
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nulla-1.xml",
        "/sitemap-reti-2.xml",
        "/sitemap-pagine-2.xml",
        "/sitemap-reti-0.xml",
        "/sitemap-organizzazioni-1.xml",
    ],
)
def test_a_file_that_there_is_not(client: Client, valley: Network, path: str) -> None:
    assert client.get(path).status_code == 404
