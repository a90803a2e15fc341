"""Signing in and out by the pages: what whoever may, what everybody else sees."""

from collections.abc import Callable

import pytest
from django.test import Client

from tavolo.people.models import Session
from tavolo.people.sessions import digest_of
from tests.factories.people import PASSWORD, an_account, code_now, sign_in, with_second_factor

pytestmark = pytest.mark.django_db

WRONG = "La e-mail o la password non è giusta."


def test_the_right_password_leads_to_the_work_area(client: Client) -> None:
    account = an_account()
    answer = client.post("/accesso/", {"login": account.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/lavoro/")


def test_the_second_factor_is_asked_for_before_the_session_is_hers(client: Client) -> None:
    account = with_second_factor(an_account())
    answer = client.post("/accesso/", {"login": account.email, "password": PASSWORD})
    assert answer["Location"] == "/accesso/verifica/"
    assert client.get("/accesso/account/").status_code == 302
    answer = client.post("/accesso/verifica/", {"code": code_now()})
    assert answer["Location"] == "/lavoro/"
    assert client.get("/accesso/account/").status_code == 200


def test_the_session_key_changes_at_sign_in_and_is_kept_as_a_digest(client: Client) -> None:
    account = with_second_factor(an_account())
    client.post("/accesso/", {"login": account.email, "password": PASSWORD})
    before = client.cookies["sessionid"].value
    client.post("/accesso/verifica/", {"code": code_now()})
    after = client.cookies["sessionid"].value
    assert before != after
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert kept == {digest_of(after)}
