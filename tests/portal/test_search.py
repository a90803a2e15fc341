from datetime import date

import pytest
from django.test import Client

from tavolo.kernel.models import Network
from tavolo.territory.models import Area, Municipality
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.registry import an_organisation, many_participants
from tests.factories.territory import a_municipality, a_province
from tests.portal.conftest import taking_part, text

BUDGET = 12


@pytest.fixture
def country(valley: Network) -> Network:
    home = a_province("050", "Pisa")
    for number in range(12):
        a_municipality(f"San Giuliano {number}", province=home)
    seat = a_municipality("Vicopisano", province=home)
    an_organisation(valley, "Casa di San Giuliano", municipality=seat)
    return valley


def found(answer) -> dict[str, list[tuple[str, str]]]:
    return {
        hits.key: [(line.title, line.about) for line in hits.lines]
        for hits in answer.context["found"]
    }


def test_what_is_found_comes_in_groups_with_counts(client: Client, country: Network) -> None:
    answer = client.get("/cerca/?q=san giul")
    assert found(answer) == {
        "organizzazioni": [("Casa di San Giuliano", "Associazione, Vicopisano")],
        "comuni": [(f"San Giuliano {number}", "Provincia di Pisa") for number in range(8)],
    }
    page = text(answer)
    assert "13 risultati per «san giul»" in page
    assert "8 di 12" in page
    assert "?q=san%20giul&amp;dove=comuni" in page
    assert not answer.cookies


def test_one_group_is_paged_by_itself(client: Client, country: Network) -> None:
    home = Area.objects.get(code="050")
    for number in range(12, 60):
        a_municipality(f"San Giuliano {number}", province=home)
    page, seen = client.get("/cerca/?q=giuliano&dove=comuni"), []
    while True:
        seen += [title for title, _about in found(page)["comuni"]]
        following = page.context["found"][0].paging.next_href
        if not following:
            break
        page = client.get("/cerca/" + following)
    assert seen == [f"San Giuliano {number}" for number in range(60)]
    assert "Cerca dappertutto" in text(page)


def test_a_municipality_that_is_no_more_is_found_as_it_was(
    client: Client, country: Network
) -> None:
    Municipality.objects.filter(name="San Giuliano 7").update(valid_until=date(2014, 1, 1))
    hits = {
        line.title: line
        for hits in client.get("/cerca/?q=san giul&dove=comuni").context["found"]
        for line in hits.lines
    }
    assert hits["San Giuliano 7"].about == "Provincia di Pisa, fino al 31 dicembre 2013"
    assert hits["San Giuliano 7"].href.endswith("/?al=2013-12-31")
    assert hits["San Giuliano 6"].about == "Provincia di Pisa"


def test_areas_and_networks_are_found_too(client: Client, country: Network) -> None:
    assert found(client.get("/cerca/?q=pisa")) == {
        "aree": [("Provincia di Pisa", "Provincia, Toscana")],
    }
    assert found(client.get("/cerca/?q=valle")) == {"reti": [("Rete della valle", "")]}


@pytest.mark.parametrize("query", ["", "?q=", "?q=%E2%80%99", "?q=%20"])
def test_without_a_word_the_page_says_how_to_ask(
    client: Client, country: Network, query: str
) -> None:
    page = text(client.get(f"/cerca/{query}"))
    assert "Scrivi l’inizio di un nome" in page
    assert "risultat" not in page


@pytest.mark.parametrize("query", ["?q=zzz", "?q=zzz&dove=comuni", "?q=pisa&dove=nulla"])
def test_an_empty_answer_says_what_to_try(client: Client, country: Network, query: str) -> None:
    page = text(client.get(f"/cerca/{query}"))
    assert "Nessun risultato" in page
    assert "Prova con meno lettere" in page


def test_what_was_typed_is_kept_and_harmless(client: Client, country: Network) -> None:
    page = text(client.get("/cerca/?q=%3Cscript%3E%22%27"))
    assert "<script>" not in page
    assert "&lt;script&gt;&quot;&#x27;" in page


def test_an_endless_word_is_cut(client: Client, country: Network) -> None:
    answer = client.get("/cerca/?q=" + "san " * 500)
    assert answer.status_code == 200
    assert len(answer.context["typed"]) == 100


def test_a_cursor_that_is_not_ours_is_refused(client: Client, country: Network) -> None:
    assert client.get("/cerca/?q=san&dove=comuni&after=x").status_code == 400


def test_search_pages_are_not_for_search_engines(client: Client, db: None) -> None:
    assert '<meta name="robots" content="noindex">' in text(client.get("/cerca/?q=x"))


@pytest.mark.parametrize("query", ["?q=molte", "?q=molte&dove=organizzazioni"])
def test_search_asks_as_much_for_two_hundred_as_for_one(
    client: Client, valley: Network, query: str
) -> None:
    counted = []
    for number in ENOUGH:
        many_participants(valley, number - taking_part())
        counted.append(queries_of(client, f"/cerca/{query}"))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= BUDGET
