"""What an organisation shows of itself within its own site, and that nothing else may be framed."""

from datetime import date

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions import merge_organisations
from tavolo.registry.models import OrganisationName
from tavolo.ui.framing import FRAMED_POLICY
from tavolo.ui.middleware import POLICY
from tests.factories.counting import queries_of
from tests.factories.in_office import an_office
from tests.factories.people import a_person, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, an_organisation
from tests.registry.conftest import Valley, text

FRAME = "/organizzazioni/comune-di-lucca/riquadro/"


@pytest.fixture
def town(valley: Valley) -> None:
    here = a_participant(valley.network, "Comune di Lucca", kind="municipality")
    an_office(here, a_person("Ada", "Neri"), "mayor", since="2022-06-27")


def test_it_says_what_it_does_and_who_speaks(client: Client, town: None, settings) -> None:
    settings.TAVOLO_BASE_URL = "https://rete.example"
    shown = text(client.get(FRAME))
    for words in ("Comune di Lucca", "Partecipa: Rete della valle", "Ada Neri, sindaca"):
        assert words in shown
    assert shown.count('href="https://rete.example/organizzazioni/comune-di-lucca/"') == 2
    assert "<script" not in shown
    assert "<form" not in shown


def test_anybody_may_frame_it_and_it_sets_no_cookie(client: Client, town: None) -> None:
    answer = client.get(FRAME)
    assert answer["Content-Security-Policy"] == FRAMED_POLICY
    assert "X-Frame-Options" not in answer
    assert answer.cookies == {}
    assert answer["Cache-Control"] == "public, max-age=300"
    rules = dict(rule.split(" ", 1) for rule in FRAMED_POLICY.split("; "))
    assert rules.pop("frame-ancestors") == "*"
    assert set(rules.values()) == {"'none'", "'self'"}
    assert "script-src" not in rules


def test_every_other_page_still_refuses_to_be_framed(client: Client, town: None) -> None:
    for path in (
        "/",
        "/organizzazioni/",
        "/organizzazioni/comune-di-lucca/",
        "/organizzazioni/nessuna/riquadro/",
        "/reti/valle/",
        "/reti/valle/grafo/",
        "/accesso/",
        "/lavoro/",
        "/api/v1/organisations",
    ):
        answer = client.get(path)
        assert answer["Content-Security-Policy"] == POLICY, path
        assert answer["X-Frame-Options"] == "DENY", path


def test_it_is_the_same_for_whoever_is_signed_in(client: Client, db: None) -> None:
    network, account = a_network_with_secretary()
    here = a_participant(network, "Casa delle Donne")
    an_office(here, a_person("Ada", "Neri"), "president", public=False)
    path = f"/organizzazioni/{here.code}/riquadro/"
    before = client.get(path).content
    with_second_factor(account)
    sign_in(client, account)
    answer = client.get(path)
    assert answer.content == before
    assert answer.cookies == {}
    assert "Ada" not in text(answer)


def test_who_is_no_more_says_so_and_who_is_another_leads_there(
    client: Client, valley: Valley
) -> None:
    gone = an_organisation(valley.network, "Centro Alba")
    OrganisationName.objects.filter(organisation=gone).update(valid_until=date(2020, 1, 1))
    assert "Centro Alba c’è stata fino al 31 dicembre 2019" in text(
        client.get("/organizzazioni/centro-alba/riquadro/")
    )
    one = an_organisation(valley.network, "Centro Aurora")
    merge_organisations(
        organisation=an_organisation(valley.network, "Aurora"),
        into=one,
        reason="doppia",
        by=OPERATOR,
    )
    answer = client.get("/organizzazioni/aurora/riquadro/")
    assert answer["Location"] == "/organizzazioni/centro-aurora/riquadro/"
    assert answer["Content-Security-Policy"] == FRAMED_POLICY


def test_the_page_offers_it_to_copy(client: Client, town: None, settings) -> None:
    settings.TAVOLO_BASE_URL = "https://rete.example"
    answer = client.get("/organizzazioni/comune-di-lucca/")
    assert answer.context["snippet"] == (
        f'<iframe src="https://rete.example{FRAME}" title="Comune di Lucca nella rete" '
        'width="100%" height="360" loading="lazy"></iframe>'
    )
    assert "&lt;iframe src=&quot;https://rete.example" in text(answer)
    assert queries_of(client, FRAME) <= 12
