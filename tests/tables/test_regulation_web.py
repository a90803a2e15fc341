"""The page on which the secretariat sets, tries, adopts and corrects the rules of a body."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.tables.actions import adopt_regulation
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.queries.regulations import regulation_of, regulations_of
from tavolo.tables.regulation.presets import presets
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary
from tests.factories.regulations import THIRD, ruled
from tests.factories.tables import a_body

pytestmark = pytest.mark.django_db

WORK = 20
DAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@pytest.fixture
def network(client: Client) -> Network:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


def address(body: Body, query: str = "") -> str:
    return f"/lavoro/tavoli/{body.code}/regolamento/{query}"


def answers(page: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send of the form as it stands, but for these answers; None: left empty."""
    form = page.context["c"].form
    told = {bound.html_name: bound.value() for bound in form}
    told |= changes
    return {name: value for name, value in told.items() if value is not None and value is not False}


def told(answer: HttpResponse) -> dict[str, list[str]]:
    """The sentences by section."""
    sections = answer.context["rules"]  # type: ignore[attr-defined]
    return {one.heading: [line.words for line in one.lines] for one in sections}


def correcting(body: Body, row: BodyRegulation) -> str:
    return address(body, f"{row.uid}/correggi/")


def adopted(body: Body) -> BodyRegulation:
    return adopt_regulation(
        body=body,
        regulation=ruled(),
        since=DAY,
        act="delibera 1",
        sources=presets()["standing_table"].sources,
        by=OPERATOR,
    )


def test_a_body_begins_from_what_is_usual_for_its_kind(client: Client, network: Network) -> None:
    group = a_body(network, "Gruppo", kind="thematic_group")
    page = client.get(address(group, "?da=nessuno"))
    assert (page.status_code, page.context["chosen"].key) == (200, "thematic_group")
    assert client.get(address(group, "?da=lucca")).context["chosen"].key == "lucca"


def test_the_next_rules_begin_from_those_in_force(client: Client, body: Body) -> None:
    odd = ruled(quorum__least=7)
    adopt_regulation(body=body, regulation=odd, since=DAY, act="delibera 1", by=OPERATOR)
    page = client.get(address(body))
    assert page.context["chosen"].key == ""
    client.post(address(body), answers(page, since="2027-01-01", act="delibera 2"))
    rows = regulations_of(body)
    assert [(row.act, row.regulation) for row in rows] == [("delibera 2", odd), ("delibera 1", odd)]


def test_the_page_says_the_rules_and_tries_them(client: Client, body: Body) -> None:
    page = client.get(address(body, "?da=milano"))
    assert "In prima convocazione" in told(page)["Numero legale"][1]
    sources = [line.source for one in page.context["rules"] for line in one.lines]
    assert len([source for source in sources if "Rozzano" in source]) == 2
    assert page.context["results"] == (
        "Presenze 8, ne servono 8: la seduta è valida.",
        "4 voti favorevoli, ne servono 5.",
        "È approvata.",
        "I voti erano pari ed è prevalso quello di chi presiede.",
    )


def test_trying_writes_nothing_and_keeps_what_was_typed(client: Client, body: Body) -> None:
    sent = answers(
        client.get(address(body)), preview="1", decisions__tie="fails", members=20, present=11,
        for_=5, against=5, abstained=1,
    )  # fmt: skip
    page = client.post(address(body), sent)
    assert (page.status_code, page.context["tried"], regulations_of(body)) == (200, True, [])
    assert page.context["results"] == (
        "Presenze 11, ne servono 11: la seduta è valida.",
        "5 voti favorevoli, ne servono 6.",
        "Non è approvata: i voti sono pari.",
    )
    assert page.context["c"].form["decisions__tie"].value() == "fails"


def test_an_act_puts_them_in_force_once(client: Client, body: Body) -> None:
    page = client.get(address(body, "?da=milano"))
    sent = answers(page, since="2026-01-01", act="delibera 5/2025", quorum__second="")
    for _twice in range(2):
        answer = client.post(address(body), sent)
        assert (answer.status_code, answer["Location"]) == (302, address(body))
    row = regulation_of(body, on=DAY)
    assert row is not None
    expected = ruled("milano", quorum__second=None)
    assert (row.regulation, row.act, row.preset) == (expected, "delibera 5/2025", "milano")
    # What was chosen here comes from the act, and from no source beside.
    assert set(presets()["milano"].sources) - set(row.sources) == {"quorum.second"}
    assert regulations_of(body) == [row]
    assert "delibera 5/2025" in client.get(address(body)).content.decode()


def test_odd_values_stay_choosable(client: Client, body: Body) -> None:
    odd = ruled(
        quorum__first={"reach": "at_least", "share": "3/7"},
        convocation__on_request="3/7",
        decisions__ordinary={"among": "voters", "part": THIRD},
        decisions__special=[{"matter": "group", "majority": {"among": "present", "part": THIRD}}],
    )
    row = adopt_regulation(body=body, regulation=odd, since=DAY, act="delibera", by=OPERATOR)
    page = client.get(correcting(body, row))
    client.post(correcting(body, row), answers(page, reason="data", act="delibera 7"))
    now = regulation_of(body, on=DAY)
    assert now is not None
    assert (now.regulation, now.act, now.uid) == (odd, "delibera 7", row.uid)


def test_a_correction_says_why_and_two_at_once_are_told(client: Client, body: Body) -> None:
    row = adopted(body)
    page = client.get(correcting(body, row))
    sent = answers(page, reason="art. 8 letto male", quorum__second="")
    assert client.post(correcting(body, row), sent)["Location"] == address(body)
    now = regulation_of(body, on=DAY)
    assert now is not None
    assert now.regulation == ruled(quorum__second=None)
    assert set(presets()["standing_table"].sources) - set(now.sources) == {"quorum.second"}
    # Whoever still has the page as it was before is told.
    late = {**sent, "form_key": "6f2b7f0e-8f3b-4c53-9a63-0d3fd1f0a111", "quorum__least": 3}
    again = client.post(correcting(body, row), late)
    assert (again.status_code, list(again.context["c"].form.errors)) == (200, ["__all__"])
    assert regulation_of(body, on=DAY) == now


def test_trying_a_correction_asks_no_reason(client: Client, body: Body) -> None:
    row = adopted(body)
    page = client.post(
        correcting(body, row), answers(client.get(correcting(body, row)), preview="1", act="")
    )
    assert (page.context["tried"], regulations_of(body)) == (True, [row])


def test_nobody_else_finds_the_page(client: Client, body: Body) -> None:
    row = adopted(body)
    elsewhere = a_body(a_network_with_secretary("altra")[0], "Altro tavolo")
    unknown = "lavoro/tavoli/nessuno/regolamento/"
    for path in (address(elsewhere), f"/{unknown}", correcting(elsewhere, row)):
        assert client.get(path).status_code == 404
    client.post("/accesso/esci/")
    assert client.get(address(body))["Location"].startswith("/accesso/")
    sign_in(client, with_second_factor(an_account()))
    for path in (address(body), correcting(body, row), f"/{unknown}"):
        assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_the_page_takes_as_many_queries_for_one_as_for_many(client: Client, body: Body) -> None:
    first = adopted(body)
    counts = []
    for number in ENOUGH:
        rows = (
            BodyRegulation(
                body=body,
                rules=first.rules,
                act="delibera",
                recorded_at=first.recorded_at,
                valid_from=date(2027 + place, 1, 1),
                valid_until=date(2028 + place, 1, 1),
            )
            for place in range(len(regulations_of(body)) - 1, number - 1)
        )
        BodyRegulation.objects.bulk_create(rows)
        assert len(client.get(address(body)).context["adopted"]) == number
        counts.append(queries_of(client, address(body)))
    assert (len(set(counts)), counts[0] <= WORK) == (1, True)
