"""The first page and the pages of networks."""

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.portal.web import pages
from tavolo.registry.actions import (
    admit_organisation,
    change_setting,
    edit_network,
    end_participation,
)
from tavolo.registry.errors import SettingNotReadable
from tavolo.registry.models import NetworkOffice, Organisation, Participation
from tavolo.registry.settings import CONTACT, SEAT, SOURCES
from tavolo.territory.actions import place_network
from tavolo.territory.models import Area
from tavolo.territory.queries import municipalities_of
from tavolo.ui.languages import OFFERED
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_network_with_secretary,
    a_participant,
    an_organisation,
    many_participants,
)
from tests.factories.territory import a_municipality, a_province
from tests.portal.conftest import taking_part, text

BUDGET = 12


def rows_of(answer) -> list[tuple[int, str, str, list[tuple[int, str]]]]:
    return [
        (
            row.number,
            row.network.slug,
            f"{row.state.words} {row.state.detail}",
            [(count.number, count.of) for count in row.counts],
        )
        for row in answer.context["rows"]
    ]


# The first page


def test_without_a_network_the_first_page_says_what_to_do(client: Client, db: None) -> None:
    page = text(client.get("/"))
    assert "Ancora nessuna rete" in page
    assert "tavolo network create" in page


def test_with_one_network_the_first_page_is_its_page(client: Client, valley: Network) -> None:
    answer = client.get("/")
    assert "<h1>Rete della valle</h1>" in text(answer)
    assert '<link rel="canonical" href="/reti/valle/">' in text(answer)
    assert answer.context["breadcrumbs"] is None
    assert client.get("/reti/valle/").context["breadcrumbs"] is not None


def test_with_several_the_first_page_lists_them(
    client: Client, placed: Network, town: Network
) -> None:
    edit_network(
        network=placed,
        version=1,
        name="Rete della valle",
        summary="Un tavolo.",
        active_since=PartialDate.parse("XXXX-03-09"),
        by=OPERATOR,
    )
    for _number in range(3):
        a_participant(placed)
    a_participant(placed, kind="school")
    answer = client.get("/")
    assert "Due reti per le pari opportunità" in text(answer)
    assert rows_of(answer) == [
        (
            1,
            "valle",
            "In attività da un 9 marzo; la fonte non dice l’anno",
            [(4, "organizzazioni"), (3, "associazioni"), (4, "comuni")],
        ),
        (2, "paese", "In preparazione ", [(1, "comune")]),
    ]
    assert "1 Rete della valle" in text(answer)
    assert not answer.cookies
    assert rows_of(client.get("/reti/")) == rows_of(answer)


def test_what_is_counted_changes_with_the_next_act(
    client: Client, placed: Network, town: Network
) -> None:
    before = rows_of(client.get("/"))[1][3]
    a_participant(town)
    assert (before, rows_of(client.get("/"))[1][3]) == (
        [(1, "comune")],
        [(1, "organizzazione"), (1, "associazione"), (1, "comune")],
    )


def test_help_numbers_come_with_their_sources(
    client: Client, placed: Network, town: Network
) -> None:
    for path in ("/", "/reti/valle/"):
        page = text(client.get(path))
        for number in ("tel:1522", "tel:800290290", "tel:112"):
            assert number in page
        assert 'href="/note-legali/#numeri"' in page
        assert "/aiuto/" not in page
    assert "91/396/CEE" in text(client.get("/note-legali/"))


def test_the_first_page_in_english(client: Client, placed: Network, town: Network) -> None:
    page = text(client.get("/en/"))
    assert "Two networks for equal opportunities" in page
    assert 'href="/en/reti/valle/"' in page


# The page of a network


def test_the_page_of_a_network(client: Client, placed: Network, province: Area) -> None:
    seat = a_municipality("Capannori", province=province)
    promoter = an_organisation(placed, "Provincia", kind="province")
    for organisation, role, since in (
        (promoter, "promoter", PartialDate.parse("2006")),
        (an_organisation(placed, "Regione", kind="region"), "contributor", None),
        (
            an_organisation(placed, "Comune di Capannori", kind="municipality", municipality=seat),
            "participant",
            PartialDate.parse("2007"),
        ),
        (an_organisation(placed, "Aurora"), "participant", PartialDate.parse("2007")),
    ):
        admit_organisation(
            network=placed, organisation=organisation, role=role, since=since, by=OPERATOR
        )
    for setting, value in ((CONTACT, "segreteria@valle.example"), (SOURCES, "Il portale.")):
        change_setting(network=placed, key=setting.key, value=value, by=OPERATOR)
    answer = client.get("/reti/valle/")
    context = answer.context
    assert [(fact.label, fact.value, fact.note) for fact in context["facts"].facts] == [
        ("organizzazioni", 4, "1 la promuove"),
        ("comuni", 4, ""),
        ("residenti", 4000, "al 1° gennaio 2023"),
    ]
    assert [
        (group.title, group.note, [(line.title, line.about) for line in group.lines])
        for group in (*context["beside"], *context["groups"])
    ] == [
        ("Chi la promuove", "", [("Provincia", "dal 2006")]),
        ("Chi collabora", "", [("Regione", "la fonte non dice da quando")]),
        ("Comuni", "", [("Comune di Capannori", "dal 2007")]),
        ("Associazioni", "", [("Aurora", "dal 2007")]),
    ]
    assert [(place.name, place.joined) for place in context["places"]] == [
        ("Capannori", True),
        ("Comune 1", False),
        ("Comune 2", False),
        ("Comune 3", False),
    ]
    assert "mailto:segreteria@valle.example" in text(answer)
    assert "Fonte: Il portale." in text(answer)


def test_what_holds_for_all_of_a_kind_is_said_once(client: Client, valley: Network) -> None:
    for name in ("A", "B"):
        admit_organisation(
            network=valley,
            organisation=an_organisation(valley, name),
            since=PartialDate.parse("2015-06-30"),
            by=OPERATOR,
        )
    group = client.get("/").context["groups"][0]
    assert (group.note, [line.about for line in group.lines]) == ("dal 30 giugno 2015", ["", ""])


def test_many_are_shown_page_after_page(client: Client, valley: Network) -> None:
    a_participant(valley, "Comune", kind="municipality")
    many_participants(valley, 60)
    first = client.get("/reti/valle/")
    assert "Chi partecipa: 61 organizzazioni" in text(first)
    assert [len(group.lines) for group in first.context["groups"]] == [1, 49]
    second = client.get("/reti/valle/" + first.context["paging"].next_href)
    assert [len(group.lines) for group in second.context["groups"]] == [11]


def test_who_was_in_it_stays_readable(client: Client, valley: Network) -> None:
    organisation = an_organisation(valley, "Azienda")
    row = admit_organisation(
        network=valley, organisation=organisation, since=PartialDate.parse("2007"), by=OPERATOR
    )
    end_participation(participation=row, last_day=PartialDate.parse("2016-01"), by=OPERATOR)
    past = client.get("/reti/valle/").context["past"]
    assert [(line.title, line.about) for line in past] == [
        ("Azienda", "dal 2007, fino a gennaio 2016")
    ]


def test_a_network_of_one_municipality_shows_it_among_its_neighbours(
    client: Client, town: Network
) -> None:
    shown = client.get("/reti/paese/").context["map"]
    assert [shape.label for shape in shown.shapes if shape.css == "m-here"] == ["Paese"]


def test_residents_that_are_not_all_known_are_said_so(
    client: Client, placed: Network, province: Area
) -> None:
    a_municipality("Ignota", province=province, people=None)
    fact = client.get("/reti/valle/").context["facts"].facts[2]
    assert (fact.value, fact.note) == (3000, "al 1° gennaio 2023; noti per 3 comuni su 4")


def test_a_long_territory_is_listed_in_part_and_says_so(
    client: Client, placed: Network, monkeypatch
) -> None:
    monkeypatch.setattr(pages, "MOST_LISTED", 2)
    page = text(client.get("/reti/valle/"))
    assert "E 1 altro, nelle pagine del" in page
    assert "Comune 3" not in page.split('id="elenco"')[1]


def test_an_empty_network_says_what_comes_next(client: Client, valley: Network) -> None:
    page = text(client.get("/reti/valle/"))
    assert "Che cosa viene ora" in page
    assert "Questa rete è appena nata." in page
    assert "/lavoro/" not in page.split("<main")[1].split("</main>")[0]


def test_its_secretary_is_told_where_to_begin(client: Client, db: None) -> None:
    _network, account = a_network_with_secretary()
    page = text(sign_in(client, with_second_factor(account)).get("/reti/valle/"))
    assert 'href="/lavoro/organizzazioni/nuova/"' in page
    assert "Indica il suo territorio" in page


def test_the_stranger_sees_what_everybody_sees(client: Client, valley: Network) -> None:
    stranger = sign_in(client, with_second_factor(an_account()))
    assert "/lavoro/organizzazioni/nuova/" not in text(stranger.get("/reti/valle/"))


def test_who_runs_a_network_is_not_named_in_public(client: Client, valley: Network) -> None:
    person = NetworkOffice.objects.get().person
    person.given_name, person.family_name = "Zenobia", "Segreta"
    person.save()
    assert "Segreta" not in text(client.get("/reti/valle/"))


def test_a_network_that_is_not_there(client: Client, db: None) -> None:
    assert client.get("/reti/nulla/").status_code == 404


# Budgets


def test_the_first_page_asks_as_much_for_two_hundred_networks_as_for_two(
    client: Client, province: Area
) -> None:
    found = []
    for number in (2, 10, 200):
        made = Network.objects.count()
        rows = [
            Network(slug=f"rete-{i}", name=f"Rete {i}", created_at=clock.now())
            for i in range(made, number)
        ]
        for row in rows:
            row.save()
            place_network(network=row, area=province, by=OPERATOR)
        many_participants(Network.objects.first(), number - taking_part())
        found.append(queries_of(client, "/"))
    assert len(set(found)) == 1, found
    assert found[0] <= BUDGET


@pytest.mark.parametrize("one", [True, False])
def test_the_page_of_a_network_asks_as_much_for_two_hundred_as_for_one(
    client: Client, placed: Network, town: Network, one: bool
) -> None:
    network = town if one else placed
    found = []
    for number in ENOUGH:
        many_participants(network, number - taking_part(), kind="municipality")
        found.append(queries_of(client, f"/reti/{network.slug}/"))
    assert len(set(found)) == 1, found
    assert found[0] <= BUDGET  # the last one is the logo's


def test_a_demonstration_says_so_on_its_pages(client: Client, valley: Network) -> None:
    here = installation()
    here.demonstration = True
    here.save()
    for path in ("/", "/organizzazioni/", "/note-legali/"):
        assert "ciò che le fonti non dicono è inventato" in text(client.get(path))
    assert Organisation.objects.count() == Participation.objects.count() == 0


@pytest.mark.parametrize("outside", [True, False])
def test_the_seat_stands_at_the_foot_of_the_page(
    client: Client, placed: Network, outside: bool
) -> None:
    inside = municipalities_of(placed, on=clock.today()).order_by("pk")[0]
    town = a_municipality("Aulla", province=a_province("045", "Massa")) if outside else inside
    told = {"address": "via <Roma> 1", "municipality": town.istat_code}
    before = queries_of(client, "/reti/valle/")
    change_setting(network=placed, key=SEAT.key, value=told, by=OPERATOR)
    page = client.get("/reti/valle/").content.decode()
    words = f"via &lt;Roma&gt; 1, {town.name} ({town.province.short})"
    assert f'<address class="mb-0">{words}</address>' in page
    assert queries_of(client, "/reti/valle/") == before <= BUDGET


def test_a_page_is_offered_in_the_languages_of_its_network(
    client: Client, valley: Network, town: Network
) -> None:
    network, second = valley, town
    installation()
    change_setting(network=network, key=OFFERED.key, value=["en"], by=OPERATOR)
    here = f"/reti/{network.slug}/"
    assert client.get(f"{here}?al=1")["Location"] == f"/en{here}?al=1"
    page = client.get(f"/en{here}").content.decode()
    assert 'hreflang="it"' not in page
    # The other network offers both, and the pages of all are those of the two together.
    other = client.get(f"/reti/{second.slug}/").content.decode()
    assert f'hreflang="x-default" href="/reti/{second.slug}/"' in other
    assert 'hreflang="en"' in client.get("/privacy/").content.decode()
    change_setting(network=second, key=OFFERED.key, value=["en"], by=OPERATOR)
    assert 'hreflang="it"' not in client.get("/en/privacy/").content.decode()


@pytest.mark.parametrize("value", [[], ["de"], ["it", "it"], "it", None])
def test_languages_that_are_not_there_are_refused(valley: Network, value: object) -> None:
    with pytest.raises(SettingNotReadable):
        change_setting(network=valley, key=OFFERED.key, value=value, by=OPERATOR)


@pytest.mark.parametrize("value", [{}, {"address": "via Roma"}, None, "via Roma"])
def test_a_seat_that_is_none_is_refused(valley: Network, value: object) -> None:
    with pytest.raises(SettingNotReadable):
        change_setting(network=valley, key=SEAT.key, value=value, by=OPERATOR)
