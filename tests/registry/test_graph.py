"""The network as a graph: who stands there, what ties them, what a stranger sees."""

from datetime import date

from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions import admit_organisation
from tavolo.registry.models import (
    Organisation,
    OrganisationSuccession,
    Participation,
    Seat,
    ServedTerritory,
)
from tavolo.registry.queries import Ties, members_on, ties_of
from tavolo.registry.web.tied import MOST_DRAWN
from tavolo.territory.models import Municipality
from tests.factories.counting import queries_of
from tests.factories.facts import a_fact
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    an_organisation,
    many_participants,
)
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley, names_in, text

PUBLIC = 12
GRAPH = "/reti/valle/grafo/"


def seated(organisation: Organisation, town: Municipality, *, public: bool = True) -> None:
    a_fact(Seat, organisation, kind="registered", municipality=town, public=public)


def towns(*names: str) -> list[Municipality]:
    province = a_province()
    return [a_municipality(name, province=province) for name in names]


def drawn(answer: object) -> list[tuple[str, str]]:
    graph = answer.context["graph"]  # type: ignore[attr-defined]
    return [(node.label, node.about) for node in graph.nodes]


def ties_in(answer: object) -> list[tuple[str, str, str]]:
    graph = answer.context["graph"]  # type: ignore[attr-defined]
    names = [node.label for node in graph.nodes]
    return [(names[tie.one], names[tie.other], tie.css) for tie in graph.ties]


def test_everybody_stands_on_the_ring_by_place_and_name(client: Client, valley: Valley) -> None:
    lucca, rozzano = towns("Lucca", "Rozzano")
    seated(a_participant(valley.network, "Zeta"), lucca)
    seated(a_participant(valley.network, "Alfa"), rozzano)
    seated(a_participant(valley.network, "Beta"), lucca)
    a_participant(valley.network, "Senza sede")
    an_organisation(valley.network, "Fuori dalla rete")
    answer = client.get(GRAPH)
    assert drawn(answer) == [
        ("Beta", "sede a Lucca, sede nello stesso comune di un’altra organizzazione"),
        ("Zeta", "sede a Lucca, sede nello stesso comune di un’altra organizzazione"),
        ("Alfa", "sede a Rozzano"),
        ("Senza sede", "sede non inserita"),
    ]
    assert names_in(answer) == ["Alfa", "Beta", "Senza sede", "Zeta"]
    assert ties_in(answer) == [("Beta", "Zeta", "g-ring")]
    assert not answer.cookies


def test_a_seat_that_is_not_public_places_nobody(client: Client, valley: Valley) -> None:
    (lucca,) = towns("Lucca")
    seated(a_participant(valley.network, "Casa"), lucca, public=False)
    answer = client.get(GRAPH)
    assert drawn(answer) == [("Casa", "sede non inserita")]
    assert "Lucca" not in text(answer).replace("Comune di Lucca", "")


def test_other_networks_territories_and_succession_tie(client: Client, valley: Valley) -> None:
    lucca, rozzano = towns("Lucca", "Rozzano")
    other = a_founded_network("altra", "Altra rete")
    names = ("Comune di Lucca", "Casa", "Nuova", "Vecchia")
    town, house, new, old = (
        a_participant(
            valley.network, name, kind="municipality" if "Comune" in name else "association"
        )
        for name in names
    )
    seated(town, lucca)
    seated(house, rozzano)
    for row in (town, house):
        admit_organisation(network=other, organisation=row, since=clock.today(), by=OPERATOR)
    a_fact(ServedTerritory, house, municipality=lucca)
    a_fact(OrganisationSuccession, old, successor=new, manner="takeover", since="2016")
    answer = client.get(GRAPH)
    assert set(ties_in(answer)) == {
        ("Comune di Lucca", "Casa", "g-solid"),
        ("Casa", "Comune di Lucca", "g-dash"),
        ("Nuova", "Vecchia", "g-dot"),
    }
    assert [str(entry.words) for entry in answer.context["graph"].legend] == [
        "insieme anche in Altra rete",
        "l’uno lavora nel comune dell’altro",
        "l’uno ha preso il posto dell’altro",
    ]
    rows = {row.cells[0].value: row.cells[3].value for row in answer.context["table"].rows}
    assert rows == {
        "Casa": "anche in Altra rete, con un’altra organizzazione"
        " · lavora nel territorio di Comune di Lucca",
        "Comune di Lucca": "anche in Altra rete, con un’altra organizzazione"
        " · Casa lavora nel suo territorio",
        "Nuova": "ha preso il posto di Vecchia",
        "Vecchia": "Nuova ne ha preso il posto",
    }


def test_three_who_share_a_network_are_a_closed_line(client: Client, valley: Valley) -> None:
    other = a_founded_network("altra", "Altra rete")
    for name in ("A", "B", "C"):
        row = a_participant(valley.network, name)
        admit_organisation(network=other, organisation=row, since=clock.today(), by=OPERATOR)
    assert ties_in(client.get(GRAPH)) == [
        ("A", "B", "g-solid"),
        ("B", "C", "g-solid"),
        ("A", "C", "g-solid"),
    ]


def test_it_is_drawn_as_of_any_day(client: Client, valley: Valley) -> None:
    here = a_participant(valley.network, "Casa")
    Participation.objects.update(valid_from=date(2015, 6, 30), valid_until=date(2020, 1, 1))
    assert client.get(GRAPH).context["graph"] is None
    assert "In questo giorno non ne faceva parte nessuno" in text(client.get(GRAPH))
    then = client.get(f"{GRAPH}?al=2019-12-31")
    node = then.context["graph"].nodes[0]
    assert (node.label, node.href) == ("Casa", f"/organizzazioni/{here.code}/?al=2019-12-31")
    assert client.get(f"{GRAPH}?al=2015-06-29").context["graph"] is None
    assert client.get(f"{GRAPH}?al=domani").status_code == 400
    assert client.get("/reti/nessuna/grafo/").status_code == 404


def test_who_turned_out_to_be_another_stands_there_once(valley: Valley) -> None:
    one, other = a_participant(valley.network, "Una"), a_participant(valley.network, "Altra")
    third = an_organisation(valley.network, "Terza")
    for row, into in ((one, other), (other, third)):
        Organisation.objects.filter(pk=row.pk).update(merged_into=into, merged_at=clock.now())
    assert list(members_on(valley.network, on=clock.today())) == [third]


def test_more_than_can_be_looked_at_are_listed_page_by_page(client: Client, valley: Valley) -> None:
    many_participants(valley.network, MOST_DRAWN)
    assert len(client.get(GRAPH).context["graph"].nodes) == MOST_DRAWN
    many_participants(valley.network, 10)
    answer = client.get(GRAPH)
    assert answer.context["graph"] is None
    assert "Sono più di quante se ne possano guardare in un disegno" in text(answer)
    assert len(names_in(answer)) == MOST_DRAWN
    following = client.get(GRAPH + answer.context["table"].paging.next_href)
    assert len(names_in(following)) == 10


def test_nobody_and_nothing_tie_nobody(valley: Valley) -> None:
    assert ties_of(valley.network, [], towns={}, on=clock.today()) == Ties()


def test_it_takes_the_same_queries_however_many_take_part(client: Client, valley: Valley) -> None:
    found = []
    for number in (1, 10, 120):
        many_participants(valley.network, number - Participation.objects.count())
        found.append(queries_of(client, GRAPH))
    assert len(set(found)) == 1, found
    for number in (200, 5000):
        many_participants(valley.network, number - Participation.objects.count())
        found.append(queries_of(client, GRAPH))
    assert max(found) <= PUBLIC
