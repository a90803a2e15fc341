"""What holds for every page of signing in: no cookie for visitors, no request from elsewhere."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.actions import invite
from tavolo.people.demo import FOR_EVERYBODY, FOR_WHO_IS_SIGNED_IN
from tests.factories.people import an_account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(network: Network) -> list[str]:
    _invitation, token = invite(email="a@rete.example", network=network, by=OPERATOR)
    named = [reverse(name) for name in (*FOR_EVERYBODY, *FOR_WHO_IS_SIGNED_IN)]
    dead = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "x"})
    return [*named, dead, reverse("people:invitation", args=[token])]


@pytest.mark.parametrize("path", ["/lavoro/", "/lavoro/nulla/", "/en/lavoro/nulla/", "/lavoro"])
def test_the_work_area_asks_who_it_is_before_it_looks_anything_up(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (
        302,
        "/en/accesso/" if path.startswith("/en") else "/accesso/",
    )


def test_no_page_sets_a_cookie_for_who_is_not_signed_in(client: Client, paths: list[str]) -> None:
    for path in paths:
        answer = client.get(path, follow=True)
        assert answer.status_code in {200, 404}, path
    assert client.cookies == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "https://altrove.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://altrove.example/"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_everywhere(
    client: Client, paths: list[str], headers: dict[str, str]
) -> None:
    inside = sign_in(client, an_account())
    for path in paths:
        for visitor in (Client(), Client(headers={"cookie": f"sessionid={cookie(inside)}"})):
            answer = visitor.post(path, {"session": "others"}, **headers)
            assert (path, answer.status_code) == (path, 403)
    assert inside.get("/accesso/account/").status_code == 200


def cookie(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_a_form_of_ours_needs_no_token(client: Client) -> None:
    for headers in (
        {"HTTP_REFERER": "http://testserver/accesso/"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
    ):
        plain = Client(enforce_csrf_checks=True)
        answer = plain.post("/accesso/password/", {"email": "a@rete.example"}, **headers)
        assert answer.status_code == 302


def test_every_page_has_its_english_twin(client: Client) -> None:
    for path in ("/en/accesso/", "/en/accesso/password/", "/en/accesso/esci/"):
        page = client.get(path).content.decode()
        assert '<html lang="en">' in page
    assert "Sign in" in client.get("/en/accesso/").content.decode()
    told = {"login": an_account().email, "password": "quattro parole messe in fila"}
    assert client.post("/en/accesso/", told)["Location"] == "/en/lavoro/"


def test_pages_carry_the_strict_policy(client: Client, paths: list[str]) -> None:
    for path in paths:
        answer = client.get(path)
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert re.search(rb"<script(?! src=)", answer.content) is None
        assert b"style=" not in answer.content
