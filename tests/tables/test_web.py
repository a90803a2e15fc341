import json
from datetime import date

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.models import Network
from tavolo.tables import actions
from tavolo.tables.models import Body
from tavolo.tables.panels import WhereItSits
from tavolo.tables.plugs import group_presets
from tests.factories.counting import queries_of
from tests.factories.in_office import a_delegation
from tests.factories.people import a_network, a_person
from tests.factories.registry import an_organisation
from tests.factories.tables import a_body, a_delegate, a_seat, many_seats
from tests.factories.territory import a_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    body = a_body(network, "Tavolo permanente", since="2015-06-01", theme="pari opportunità")
    actions.found_groups(parent=body, preset=group_presets.get("milano_groups"), by=OPERATOR)
    return body


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return b"".join(answer).decode()


def test_the_list_shows_bodies_of_the_day(client: Client, body: Body) -> None:
    shown = page(client, "/tavoli/")
    assert "Tavolo permanente" in shown
    assert "gruppo 4 di: Tavolo permanente" in shown
    assert "Nessun organismo risponde" in page(client, "/tavoli/?al=2015-05-31")
    narrowed = page(client, "/tavoli/?tipo=gruppi-tematici&q=tratta")
    assert "1 organismo trovato" in narrowed


def test_without_bodies_the_list_says_what_will_stand_there(client: Client) -> None:
    assert "Nessun organismo è stato ancora inserito" in page(client, "/tavoli/")


def test_a_body_says_what_it_is_who_sits_there_and_who_does_not(
    client: Client, network: Network
) -> None:
    province = a_province(municipalities=2)
    town = province.memberships.order_by("id").first().municipality
    comune = an_organisation(network, town.name, kind="municipality", municipality=town)
    body = a_body(
        network,
        "Tavolo in uso",
        official_name="Tavolo permanente sulle pari oportunità",
        since="2015-06-01",
        promoter=comune,
        founding_kind="decree",
        founding_act="decreto 4/2015",
        areas=[province],
        municipalities=[town],
    )
    actions.add_sphere(network=network, name="Vita sociale", by=OPERATOR)
    actions.add_purpose(body=body, words="Primo scopo", spheres=["vita-sociale"], by=OPERATOR)
    a_seat(body, comune, theme="equal_opportunities", since="2015-07-01")
    shown = page(client, f"/tavoli/{body.code}/")
    for told in (
        "Tavolo permanente sulle pari oportunità",
        "Decreto: decreto 4/2015",
        "Primo scopo",
        "Vita sociale",
        "scoperto",
        "Un comune del territorio non ha aderito",
        "È stato istituito.",
    ):
        assert told in shown, told
    a_delegation(comune, a_person("Fiorella", "Imprenti"))
    assert "Fiorella Imprenti" in page(client, f"/tavoli/{body.code}/")


def test_a_body_of_another_day(client: Client, body: Body) -> None:
    actions.end_body(
        body=a_body(body.network, "Vecchio tavolo", since="2010-01-01"),
        last=date(2012, 12, 31),
        act="delibera 9",
        by=OPERATOR,
    )
    assert "non c’è" in page(client, "/tavoli/vecchio-tavolo/")
    assert "È finito: delibera 9" in page(client, "/tavoli/vecchio-tavolo/?al=2011-01-01")
    assert page(client, "/tavoli/mai-esistito/", 404)
    assert page(client, f"/tavoli/{body.code}/?al=2015-02-31", 400)


def test_how_a_body_went_on_stands_on_both_pages(client: Client, body: Body) -> None:
    other = a_body(body.network, "Tavolo nuovo", since="2021-01-01")
    actions.succeed_body(
        body=body,
        successor=other,
        manner="renewed",
        on=date(2021, 1, 1),
        act="decreto 1",
        by=OPERATOR,
    )
    assert "È stato rinnovato: decreto 1" in page(client, f"/tavoli/{body.code}/")
    assert "In esso prosegue:" in page(client, f"/tavoli/{other.code}/")


def test_one_category_alone_and_as_a_sheet(client: Client, body: Body) -> None:
    union = an_organisation(body.network, "Sindacato", kind="trade_union")
    a_seat(body, union)
    a_delegate(a_seat(body, an_organisation(body.network, "Aurora")), a_person("Ada", "Nascosta"))
    shown = page(client, f"/tavoli/{body.code}/?categoria=trade_union")
    assert ("Sindacato" in shown, "Aurora" in shown) == (True, False)
    sheet = page(client, f"/tavoli/{body.code}/elenco.csv?categoria=association")
    assert len(sheet.strip().splitlines()) == 2
    assert ("Aurora" in sheet, "Nascosta" in sheet) == (True, False)
    assert "indicato, non pubblico" in page(client, f"/tavoli/{body.code}/")


def test_the_page_of_an_organisation_says_where_it_sits(client: Client, body: Body) -> None:
    one = an_organisation(body.network, "Aurora")
    assert WhereItSits().load([one], ANONYMOUS) == {}
    a_seat(body, one, since="2015-07-01")
    shown = page(client, f"/organizzazioni/{one.code}/")
    assert "Dove siede" in shown
    assert f"/tavoli/{body.code}/" in shown


@pytest.mark.parametrize("number", [1, 10, 600])
def test_a_body_costs_no_more_for_600_seats(client: Client, body: Body, number: int) -> None:
    many_seats(body, number)
    assert queries_of(client, f"/tavoli/{body.code}/") <= 12
    assert queries_of(client, "/tavoli/") <= 12
    assert queries_of(client, f"/tavoli/{body.code}/elenco.csv") <= 12
    assert queries_of(client, f"/api/v1/bodies/{body.code}/roster") <= 12


def test_programs_read_bodies_of_a_network(client: Client, body: Body) -> None:
    a_body(a_network("altra"), "Altrove")
    found = json.loads(page(client, "/api/v1/bodies?network=valle"))
    assert [row["name"] for row in found["items"]][-1] == "Tavolo permanente"
    assert found["total"] == 6
    assert page(client, "/api/v1/bodies?network=nessuna", 400)
    assert page(client, "/api/v1/bodies?kind=club", 400)
    asked = json.loads(
        page(client, "/api/v1/bodies?kind=standing_table&network=valle&as_of=2016-01-01")
    )
    assert [row["code"] for row in asked["items"]] == ["tavolo-permanente"]


def test_programs_read_who_sat_there(client: Client, body: Body) -> None:
    comune = an_organisation(body.network, "Comune", kind="municipality")
    seat = a_seat(body, comune, since="2015-07-01")
    a_delegate(seat, a_person("Ada", "Rossi"), since="2015-07-01")
    a_seat(body, an_organisation(body.network, "Aurora"), since="2016-01-01")
    path = f"/api/v1/bodies/{body.code}/roster?as_of=2015-12-31"
    assert json.loads(page(client, path)) == {
        "as_of": "2015-12-31",
        "count": 1,
        "seats": [
            {
                "uid": str(seat.uid),
                "holder": "Comune",
                "category": "municipality",
                "role": "member",
                "vacant": False,
                "delegates": [{"name": "Ada Rossi", "kind": "effective", "words": ""}],
                "valid_from": "2015-07-01",
                "valid_until": None,
            }
        ],
    }
    assert json.loads(page(client, f"{path}&category=association"))["count"] == 0
    assert page(client, f"{path}&category=soci", 400)
    assert page(client, "/api/v1/bodies/nessuno/roster", 404)


def test_what_programs_read_is_what_was_promised(client: Client, body: Body) -> None:
    a_seat(body, an_organisation(body.network, "Aurora"), since="2015-07-01")
    document = json.loads(page(client, "/api/v1/openapi.json"))
    for path, code in (("bodies", ""), ("bodies/{code}/roster", body.code)):
        [operation] = [
            told["get"] for name, told in document["paths"].items() if name.endswith(f"/{path}")
        ]
        [media] = operation["responses"]["200"]["content"].values()
        schema = {**media["schema"], "components": document["components"]}
        answer = json.loads(page(client, f"/api/v1/{path.replace('{code}', code)}"))
        assert list(Draft202012Validator(schema).iter_errors(answer)) == []
