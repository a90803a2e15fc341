"""Papers of the register: what the page says to everybody, and the list."""

import pytest
from django.test import Client

from tavolo.documents import printing
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Installation
from tavolo.registry.actions import merge_organisations
from tavolo.registry.models import Organisation, OrganisationName
from tavolo.registry.web import printed
from tests.documents.papers import claims, words
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.facts import HIDDEN, a_fact, hidden_things, many_facts
from tests.factories.in_office import an_office
from tests.factories.people import a_person, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, an_organisation
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

PUBLIC = 12
OK, NOT_FOUND, CONFLICT = 200, 404, 409


@pytest.fixture
def town(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Comune di Lucca", kind="municipality")


def paper_of(organisation: Organisation, day: str = "") -> str:
    return f"/organizzazioni/{organisation.code}/scheda.pdf" + (f"?al={day}" if day else "")


def test_the_paper_of_an_organisation_says_who_speaks_for_it(
    client: Client, town: Organisation
) -> None:
    an_office(town, a_person("Ada", "Esempio"))
    answer = client.get(paper_of(town, "2026-11-22"))
    said = words(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="comune-di-lucca-2026-11-22.pdf"'
    assert claims(answer.content)["title"] == "Comune di Lucca"
    assert all(told in said for told in ("Ada Esempio", "22 novembre 2026", "pagina 1 di 1"))
    assert f"/organizzazioni/{town.code}/" in said


def test_a_paper_of_a_demonstration_says_that_it_is_one(client: Client, town: Organisation) -> None:
    assert "Dati di dimostrazione" not in words(client.get(paper_of(town)).content)
    Installation.objects.update_or_create(
        id=1, defaults={"demonstration": True, "created_at": clock.now()}
    )
    for path in (paper_of(town), "/organizzazioni/elenco.pdf"):
        assert "Dati di dimostrazione" in words(client.get(path).content)


def test_in_english_it_is_english(client: Client, town: Organisation) -> None:
    made = client.get("/en" + paper_of(town)).content
    assert claims(made)["language"] == "en"
    assert "Who speaks for it" in words(made)


def test_of_a_day_it_says_what_was_known_of_that_day(client: Client, town: Organisation) -> None:
    a_fact(OrganisationName, town, kind="public", name="Lucca di prima", until="2001-01-01")
    assert claims(client.get(paper_of(town, "2000-01-01")).content)["title"] == "Lucca di prima"


def test_who_keeps_it_gets_the_paper_that_everybody_gets(client: Client, db: None) -> None:
    network, account = a_network_with_secretary()
    here = a_participant(network, "Casa delle Donne")
    hidden_things(here)
    everybody_s = client.get(paper_of(here)).content
    sign_in(client, with_second_factor(account))
    assert client.get(paper_of(here)).content == everybody_s
    assert [word for word in HIDDEN if word in words(everybody_s)] == []


def test_who_was_merged_leads_to_the_paper_of_the_other(
    client: Client, valley: Valley, town: Organisation
) -> None:
    other = an_organisation(valley.network, "Lucca, doppio")
    merge_organisations(organisation=other, into=town, reason="Doppio", by=OPERATOR)
    assert client.get(paper_of(other, "2020-01-01"))["Location"] == paper_of(town, "2020-01-01")


def test_before_it_was_there_the_paper_says_so(client: Client, town: Organisation) -> None:
    a_fact(OrganisationName, town, kind="official", name="Lucca", since="2001-01-01")
    assert client.get(paper_of(town, "1900-01-01")).status_code == OK


def test_what_is_not_there_has_no_paper(client: Client, valley: Valley) -> None:
    assert client.get("/organizzazioni/nessuna/scheda.pdf").status_code == NOT_FOUND


def test_the_list_says_what_the_page_of_the_list_says(client: Client, town: Organisation) -> None:
    made = client.get("/organizzazioni/elenco.pdf?q=lucca&al=2026-11-22").content
    said = words(made)
    assert all(told in said for told in ("1 organizzazione", "Comune di Lucca", "22 novembre 2026"))
    assert "0 organizzazioni" in words(client.get("/organizzazioni/elenco.pdf?q=nessuna").content)


def test_a_list_that_is_too_long_is_refused_with_what_to_do(
    client: Client, town: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "MOST_ROWS", 0)
    answer = client.get("/organizzazioni/elenco.pdf")
    assert answer.status_code == CONFLICT
    assert "Restringi l’elenco" in answer.content.decode()


def test_the_paper_takes_the_same_queries_however_much_is_known(
    client: Client, valley: Valley, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_set_in_child", lambda asked: asked.encode())
    town, found = a_municipality("Lucca"), []
    for number in ENOUGH:
        here = a_participant(valley.network, f"Casa {number}")
        many_facts(here, number, town)
        found.append(queries_of(client, paper_of(here)))
    assert len(set(found)) == 1, found
    assert found[0] <= PUBLIC
