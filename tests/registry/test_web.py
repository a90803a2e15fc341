"""The register as everybody sees it."""

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions import end_participation
from tavolo.registry.models import Participation
from tavolo.registry.web.sheets import safe
from tests.factories.counting import queries_of
from tests.factories.people import a_person, sign_in, with_second_factor
from tests.factories.registry import (
    a_founded_network,
    a_network_with_secretary,
    a_participant,
    acting_for,
    an_organisation,
    many_participants,
)
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley, counted, names_in, text

PUBLIC = 12


# The register in public


def test_the_register_lists_who_takes_part_and_where(client: Client, valley: Valley) -> None:
    seat = a_municipality("Capannori")
    a_participant(valley.network, "Casa delle Donne", municipality=seat)
    an_organisation(valley.network, "Comune di Nessuno", kind="municipality")
    answer = client.get("/organizzazioni/")
    assert [[cell.value for cell in row.cells] for row in answer.context["table"].rows] == [
        ["Casa delle Donne", "Associazione", "Capannori", "Rete della valle"],
        ["Comune di Nessuno", "Comune", "non inserita", "nessuna"],
    ]
    assert "2 organizzazioni nel registro" in text(answer)
    assert not answer.cookies


def test_filters_stand_in_the_address(client: Client, valley: Valley) -> None:
    other = a_founded_network("altra", "Altra rete")
    a_participant(valley.network, "Scuola A", kind="school")
    a_participant(valley.network, "Circolo B")
    a_participant(other, "Scuola C", kind="school")
    assert names_in(client.get("/organizzazioni/?tipo=school")) == ["Scuola A", "Scuola C"]
    assert names_in(client.get("/organizzazioni/?tipo=school&rete=altra")) == ["Scuola C"]
    assert names_in(client.get("/organizzazioni/?q=circ")) == ["Circolo B"]
    assert names_in(client.get("/organizzazioni/?tipo=nulla&rete=nulla")) == [
        "Circolo B",
        "Scuola A",
        "Scuola C",
    ]


def test_a_long_register_is_paged_and_keeps_its_filters(client: Client, valley: Valley) -> None:
    many_participants(valley.network, 120)
    page, seen = client.get("/organizzazioni/?q=molte"), []
    while True:
        seen += names_in(page)
        following = page.context["table"].paging.next_href
        if not following:
            break
        assert "q=molte" in following
        page = client.get("/organizzazioni/" + following)
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen)


def test_an_empty_register_says_what_will_be_there(client: Client, db: None) -> None:
    assert "Non è ancora stata inserita nessuna organizzazione" in text(
        client.get("/organizzazioni/")
    )
    assert "Nessuna organizzazione corrisponde" in text(client.get("/organizzazioni/?q=x"))


def test_a_cursor_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    assert client.get("/organizzazioni/?after=%00").status_code == 400


def test_the_file_holds_all_that_the_list_shows(client: Client, valley: Valley) -> None:
    many_participants(valley.network, 60)
    row = a_participant(
        valley.network, "=Formula", public_email="a@b.example", tax_code="00488410010"
    )
    answer = client.get("/organizzazioni/elenco.csv?q=form")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert lines == [
        (
            "uid,code,Nome,Tipo,Forma giuridica,Comune della sede,Codice ISTAT,Reti,Sito web,E-mail pubblica,"
            "Telefono,Codice fiscale,Fonte"
        ),
        f"{row.uid},formula,'=Formula,Associazione,,,,Rete della valle,,a@b.example,,00488410010,",
    ]
    whole = client.get("/organizzazioni/elenco.csv")
    assert len(b"".join(whole.streaming_content).splitlines()) == 62


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1", "'=1"),
        ("+39", "'+39"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a", "a"),
        (None, ""),
        (0, "0"),
    ],
)
def test_no_cell_becomes_a_formula(value: object, cell: str) -> None:
    assert safe(value) == cell


def test_the_page_of_an_organisation(client: Client, valley: Valley) -> None:
    seat = a_municipality("Capannori")
    a_participant(
        valley.network,
        "Casa delle Donne",
        municipality=seat,
        website="https://casa.example",
        public_email="ciao@casa.example",
        source="statuto",
    )
    page = text(client.get("/organizzazioni/casa-delle-donne/"))
    for said in (
        "<title>Casa delle Donne",
        "Partecipa alla rete",
        f"/territorio/comune/{seat.istat_code}/",
        "https://casa.example",
        "mailto:ciao@casa.example",
        "Partecipa: Rete della valle",
        "non inserito",
    ):
        assert said in page
    assert "Modifica" not in page


@pytest.mark.parametrize(
    ("taking_part", "state"),
    [(0, "Non partecipa ancora a nessuna rete"), (1, "Partecipa alla rete"), (2, "In 2 reti")],
)
def test_the_state_stands_under_the_name(
    client: Client, valley: Valley, taking_part: int, state: str
) -> None:
    organisation = an_organisation(valley.network, "Aurora")
    for number in range(taking_part):
        Participation.objects.create(
            network=a_founded_network(f"rete-{number}"),
            organisation=organisation,
            role="participant",
        )
    assert state in text(client.get("/organizzazioni/aurora/"))


def test_who_left_is_shown_as_such(client: Client, valley: Valley) -> None:
    a_participant(valley.network, "Aurora")
    Participation.objects.update(valid_from=None, began="")
    end_participation(
        participation=Participation.objects.get(),
        last_day=PartialDate.parse("2016-01"),
        by=OPERATOR,
    )
    page = text(client.get("/organizzazioni/aurora/"))
    assert "Non partecipa più a nessuna rete" in page
    assert "la fonte non dice da quando" in page
    assert "gennaio 2016" in page


def test_who_may_edit_it_is_led_to_the_form(client: Client, db: None) -> None:
    network, account = a_network_with_secretary()
    a_participant(network, "Aurora")
    page = text(sign_in(client, with_second_factor(account)).get("/organizzazioni/aurora/"))
    assert 'href="/lavoro/organizzazioni/aurora/"' in page


def test_an_organisation_that_is_not_there(client: Client, db: None) -> None:
    assert client.get("/organizzazioni/nulla/").status_code == 404


def test_who_acts_for_an_organisation_is_not_public(client: Client, valley: Valley) -> None:
    organisation = a_participant(valley.network, "Aurora")
    acting_for(organisation, a_person("Zenobia", "Segreta"))
    for path in (
        "/organizzazioni/",
        "/organizzazioni/aurora/",
        "/reti/valle/",
        "/cerca/?q=zenobia",
    ):
        assert "Segreta" not in text(client.get(path))
    whole = client.get("/organizzazioni/elenco.csv")
    assert b"Segreta" not in b"".join(whole.streaming_content)


def test_english_pages_say_it_in_english(client: Client, valley: Valley) -> None:
    a_participant(valley.network, "Aurora")
    assert "1 organisation in the register" in text(client.get("/en/organizzazioni/"))
    assert "Takes part in the network" in text(client.get("/en/organizzazioni/aurora/"))


# Budgets


@pytest.mark.parametrize(
    "path",
    [
        "/organizzazioni/",
        "/organizzazioni/?q=molte&tipo=association&rete=valle",
        "/organizzazioni/elenco.csv",
    ],
)
def test_public_lists_ask_as_much_for_two_hundred_as_for_one(
    client: Client, valley: Valley, path: str
) -> None:
    assert counted(client, valley.network, path) <= PUBLIC


def test_the_page_of_an_organisation_asks_as_much_in_many_networks(
    client: Client, valley: Valley
) -> None:
    organisation = a_participant(valley.network, "Aurora")
    path = "/organizzazioni/aurora/"
    alone = queries_of(client, path)
    for number in range(9):
        Participation.objects.create(
            network=a_founded_network(f"rete-{number}"),
            organisation=organisation,
            role="participant",
        )
    assert queries_of(client, path) == alone <= PUBLIC
