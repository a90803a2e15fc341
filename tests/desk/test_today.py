"""Oggi, for each who comes to work."""

import re

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions import affiliate, appoint_secretary, change_setting, found_network
from tavolo.registry.settings import CONTACT
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH
from tests.factories.people import sign_in
from tests.factories.registry import a_founded_network


def steps_on(client: Client) -> list[str]:
    page = client.get("/lavoro/").content.decode()
    return re.findall(r'<th scope="row"><b>([^<]+)</b>', page)


def test_an_empty_network_says_what_to_do_next(as_secretary: Client, valley: Valley) -> None:
    assert steps_on(as_secretary) == [
        "Scrivi in una frase che cos’è la rete",
        "Indica il territorio della rete",
        "Invita una seconda persona in segreteria",
        "Indica l’e-mail della segreteria",
    ]


def test_every_link_of_today_leads_to_a_page(as_secretary: Client) -> None:
    page = as_secretary.get("/lavoro/").content.decode()
    main = page[page.index("<main") :]
    links = set(re.findall(r'href="(/[^"]*)"', main)) - {"/"}
    assert {link: as_secretary.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_member_finds_her_organisations_and_their_networks(as_member: Client) -> None:
    page = as_member.get("/lavoro/").content.decode()
    assert "Casa dei Sentieri" in page
    assert "delegata" in page
    assert "Partecipa a: Rete della valle" in " ".join(page.split())
    assert "/lavoro/reti/" not in page


def test_a_stranger_is_told_that_she_belongs_nowhere_yet(as_stranger: Client) -> None:
    page = as_stranger.get("/lavoro/").content.decode()
    assert "Non fai ancora parte di una rete" in page
    assert "Rete della valle" not in page
    assert "Casa dei Sentieri" not in page


def test_a_stranger_is_told_whom_to_write_to(as_stranger: Client) -> None:
    """Only what the page of the network says to everybody."""
    network = a_founded_network("costa", "Rete della costa")
    change_setting(network=network, key=CONTACT.key, value="rete@costa.example", by=OPERATOR)
    page = as_stranger.get("/lavoro/").content.decode()
    assert 'Rete della costa: <a href="mailto:rete@costa.example">' in page


def test_rights_in_one_network_show_nothing_of_another(
    as_secretary: Client, valley: Valley
) -> None:
    found_network(slug="altra", name="Rete segreta", secretary_email="x@altra.example", by=OPERATOR)
    assert "Rete segreta" not in as_secretary.get("/lavoro/").content.decode()
    assert as_secretary.get("/lavoro/reti/altra/").status_code == 404


def test_the_first_thing_has_the_one_filled_button(as_secretary: Client) -> None:
    page = as_secretary.get("/lavoro/").content.decode()
    assert page.count("tv-act--main") == 1


@pytest.mark.parametrize("number", ENOUGH)
def test_today_asks_the_same_number_of_queries(
    valley: Valley, number: int, django_assert_num_queries
) -> None:
    grow(valley, number)
    client = sign_in(SameSiteClient(), valley.secretary)
    client.get("/lavoro/")
    with django_assert_num_queries(20):
        client.get("/lavoro/")


def grow(valley: Valley, number: int) -> None:
    """The secretary runs so many networks more, and acts for so many organisations."""
    for each in range(number):
        network, _invitation, _token = found_network(
            slug=f"rete-{each}",
            name=f"Rete {each}",
            secretary_email=f"s@{each}.example",
            by=OPERATOR,
        )
        appoint_secretary(network=network, person=valley.secretary.person, act="atto", by=OPERATOR)
        organisation = an_organisation(network, f"Associazione {each}")
        affiliate(person=valley.secretary.person, organisation=organisation, by=OPERATOR)
