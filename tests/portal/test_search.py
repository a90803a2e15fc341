import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tavolo.kernel.models import Network
from tavolo.search import indexing
from tavolo.territory.models import Area, Municipality
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.registry import an_organisation, many_participants
from tests.factories.territory import a_municipality, a_province
from tests.portal.conftest import taking_part, text

BUDGET = 12


@pytest.fixture
def country(valley: Network, tmp_path: Path, settings) -> Network:
    """Thirteen municipalities and an organisation, not yet in any index."""
    settings.TAVOLO_HOME = tmp_path
    home = a_province("050", "Pisa")
    for number in range(12):
        a_municipality(f"San Giuliano {number}", province=home)
    seat = a_municipality("Vicopisano", province=home)
    an_organisation(valley, "Casa di San Giuliano", municipality=seat)
    return valley


@pytest.fixture
def indexed(country: Network) -> Network:
    indexing.rebuild()
    return country


def found(answer) -> list[tuple[str, str]]:
    return [(line.title, line.about) for line in answer.context["lines"]]


def test_what_is_found_comes_with_what_it_is_and_where(client: Client, indexed: Network) -> None:
    answer = client.get("/cerca/?q=casa giuliano")
    assert found(answer) == [("Casa di San Giuliano", "Associazione, Vicopisano")]
    assert not answer.cookies
    page = text(client.get("/cerca/?q=san giul"))
    assert "13 risultati per «san giul»" in page
    assert "1–13 di 13" in page


def test_results_are_narrowed_by_kind_and_by_place(client: Client, indexed: Network) -> None:
    page = client.get("/cerca/?q=san giul")
    kinds, provinces = page.context["facets"][0], page.context["facets"][1:]
    assert [(c.label, c.number, c.chosen) for c in kinds.choices] == [
        ("Organizzazioni", 1, False),
        ("Comuni", 12, False),
    ]
    assert provinces == []
    alone = client.get("/cerca/" + kinds.choices[0].href)
    assert found(alone) == [("Casa di San Giuliano", "Associazione, Vicopisano")]
    chosen = next(c for c in alone.context["facets"][0].choices if c.chosen)
    assert chosen.label == "Organizzazioni"
    assert client.get("/cerca/" + chosen.href).context["count"] == 13
    assert "Cerca dappertutto" in text(alone)
    there = client.get("/cerca/?q=san giul&provincia=Provincia di Pisa&comune=Vicopisano")
    assert found(there) == [("Casa di San Giuliano", "Associazione, Vicopisano")]
    assert found(client.get("/cerca/?q=san giul&provincia=Provincia di Lucca")) == []


def test_results_are_paged(client: Client, country: Network) -> None:
    home = Area.objects.get(code="050")
    for number in range(12, 50):
        a_municipality(f"San Giuliano {number}", province=home)
    indexing.rebuild()
    page, seen, ways = client.get("/cerca/?q=giuliano&tipo=comuni"), [], []
    while True:
        seen += [title for title, _about in found(page)]
        ways.append((page.context["first"], page.context["last"], "previous" in page.context))
        if "next" not in page.context:
            break
        page = client.get("/cerca/" + page.context["next"])
    assert sorted(seen) == sorted(f"San Giuliano {number}" for number in range(50))
    assert ways == [(1, 20, False), (21, 40, True), (41, 50, True)]
    assert client.get("/cerca/" + page.context["previous"]).context["first"] == 21


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999", "9" * 30, ""])
def test_a_page_that_is_none_is_the_first_or_an_empty_one(
    client: Client, indexed: Network, page: str
) -> None:
    assert client.get(f"/cerca/?q=giuliano&pagina={page}").status_code == 200


def test_a_municipality_that_is_no_more_is_found_as_it_was(
    client: Client, country: Network
) -> None:
    Municipality.objects.filter(name="San Giuliano 7").update(valid_until=date(2014, 1, 1))
    indexing.rebuild()
    lines = {line.title: line for line in client.get("/cerca/?q=san giuliano").context["lines"]}
    gone = lines["San Giuliano 7"]
    assert gone.about == "Comune, Provincia di Pisa, fino al 31 dicembre 2013"
    assert gone.href.endswith("/?al=2013-12-31")
    assert lines["San Giuliano 6"].about == "Comune, Provincia di Pisa"


def test_areas_and_networks_are_found_too(client: Client, indexed: Network) -> None:
    assert found(client.get("/cerca/?q=provincia pisa"))[0] == (
        "Provincia di Pisa",
        "Provincia, Toscana",
    )
    assert found(client.get("/cerca/?q=rete della valle")) == [("Rete della valle", "Rete")]


def test_a_typing_error_is_forgiven_and_said(client: Client, indexed: Network) -> None:
    answer = client.get("/cerca/?q=vicopisamo")
    assert found(answer) == [
        ("Vicopisano", "Comune, Provincia di Pisa"),
        ("Casa di San Giuliano", "Associazione, Vicopisano"),
    ]
    page = text(answer)
    assert "Forse cercavi" in page
    assert 'href="?q=vicopisano"' in page


def test_in_english_addresses_and_words_are_english(client: Client, indexed: Network) -> None:
    line = client.get("/en/cerca/?q=vicopisano").context["lines"][0]
    assert line.about == "Municipality, Provincia di Pisa"
    assert line.href.startswith("/en/territorio/")
    assert client.get(line.href).status_code == 200


@pytest.mark.parametrize("query", ["", "?q=", "?q=%E2%80%99", "?q=%20"])
def test_without_a_word_the_page_says_how_to_ask(
    client: Client, country: Network, query: str
) -> None:
    page = text(client.get(f"/cerca/{query}"))
    assert "Scrivi un nome come ti viene in mente" in page
    assert "risultat" not in page


@pytest.mark.parametrize("query", ["?q=zzz", "?q=zzz&tipo=comuni"])
def test_an_empty_answer_says_what_to_try(client: Client, indexed: Network, query: str) -> None:
    page = text(client.get(f"/cerca/{query}"))
    assert "Nessun risultato" in page
    assert "Prova con meno parole" in page


def test_a_kind_that_nobody_knows_narrows_nothing(client: Client, indexed: Network) -> None:
    assert client.get("/cerca/?q=vicopisano&tipo=nulla").context["count"] == 2


def test_what_was_typed_is_kept_and_harmless(client: Client, indexed: Network) -> None:
    page = text(client.get("/cerca/?q=%3Cscript%3E%22%27"))
    assert "<script>" not in page
    assert "&lt;script&gt;&quot;&#x27;" in page


@pytest.mark.parametrize(
    "words", ["san " * 500, "a*b?[", "x" * 100, "\\", ".*", "(san", "nul\x00", "san~2", "\ud800"]
)
def test_no_word_is_a_fault(client: Client, indexed: Network, words: str) -> None:
    for path in ("/cerca/", "/cerca/suggerimenti/"):
        answer = client.get(path, {"q": words.encode("utf-8", "surrogatepass")})
        assert answer.status_code == 200
    assert len(client.get("/cerca/", {"q": "san " * 500}).context["typed"]) == 100


def test_search_pages_are_not_for_search_engines(client: Client, indexed: Network) -> None:
    assert '<meta name="robots" content="noindex">' in text(client.get("/cerca/?q=x"))


def test_suggestions_are_the_closest_few_and_kept_by_nobody(
    client: Client, indexed: Network
) -> None:
    answer = client.get("/cerca/suggerimenti/?q=vicop")
    assert [(o["title"], o["about"]) for o in json.loads(answer.content)["options"]] == [
        ("Vicopisano", "Comune, Provincia di Pisa"),
        ("Casa di San Giuliano", "Associazione, Vicopisano"),
    ]
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert json.loads(client.get("/cerca/suggerimenti/").content) == {"options": []}


def test_without_an_index_the_database_answers_and_the_page_says_so(
    client: Client, country: Network
) -> None:
    answer = client.get("/cerca/?q=san giul")
    assert found(answer)[0] == ("Casa di San Giuliano", "Associazione, Vicopisano")
    assert len(found(answer)) == 9
    assert "La ricerca è in preparazione" in text(answer)
    assert len(found(client.get("/cerca/?q=san giul&tipo=comuni"))) == 8
    assert found(client.get("/cerca/?q=zzz")) == []


def test_programs_get_the_same(client: Client, indexed: Network) -> None:
    answer = json.loads(client.get("/api/v1/search?q=vicopisano").content)
    town = Municipality.objects.get(name="Vicopisano")
    assert answer["count"] == 2
    assert answer["results"][0] == {
        "uid": str(town.uid),
        "kind": "municipality",
        "title": "Vicopisano",
        "place": "Provincia di Pisa",
        "url": f"http://testserver/territorio/comune/{town.istat_code}/",
    }
    alone = json.loads(client.get("/api/v1/search?q=san giul&kind=organisation").content)
    assert [(r["title"], r["kind"]) for r in alone["results"]] == [
        ("Casa di San Giuliano", "organisation")
    ]
    few = json.loads(client.get("/api/v1/search?q=giuliano&limit=2").content)
    assert (few["count"], len(few["results"])) == (13, 2)


def test_programs_are_told_what_is_wrong(client: Client, indexed: Network) -> None:
    assert client.get("/api/v1/search").status_code == 400
    wrong = client.get("/api/v1/search?q=x&kind=nulla")
    assert wrong.status_code == 400
    assert wrong.json()["errors"][0]["parameter"] == "kind"


def test_programs_without_an_index_ask_the_database(client: Client, country: Network) -> None:
    answer = json.loads(client.get("/api/v1/search?q=vicopisano").content)
    assert [(r["kind"], r["title"], r["place"]) for r in answer["results"]] == [
        ("municipality", "Vicopisano", "Provincia di Pisa")
    ]
    assert json.loads(client.get("/api/v1/search?q=san&kind=area").content) == {
        "count": 0,
        "results": [],
    }


@pytest.mark.parametrize("path", ["/cerca/?q=molte", "/api/v1/search?q=molte"])
@pytest.mark.parametrize("built", [True, False])
def test_search_asks_as_much_for_two_hundred_as_for_one(
    client: Client, country: Network, path: str, built: bool
) -> None:
    counted = []
    for number in ENOUGH:
        many_participants(country, number - taking_part())
        if built:
            indexing.rebuild()
        counted.append(queries_of(client, path))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= (2 if built else BUDGET)
