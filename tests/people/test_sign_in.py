"""Signing in and out by the pages: what whoever may, what everybody else sees."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from tavolo.kernel import clock
from tavolo.people import attempts
from tavolo.people.models import Account, Session
from tavolo.people.sessions import digest_of
from tests.factories.people import (
    PASSWORD,
    SECRET,
    an_account,
    code_now,
    sign_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db

WRONG = "L’e-mail o la password non è giusta."
TOO_MUCH = "Troppi tentativi"


def tell(
    client: Client, email: str, password: str = "non è questa", **extra: str
) -> tuple[int, str]:
    answer = client.post("/accesso/", {"login": email, "password": password}, **extra)
    return answer.status_code, answer.content.decode().replace(email, "…")


def test_the_right_password_leads_to_the_work_area(client: Client) -> None:
    account = an_account()
    answer = client.post("/accesso/", {"login": account.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/lavoro/")


def test_sign_in_leads_back_to_where_one_wanted_to_go(client: Client) -> None:
    account = an_account()
    told = {"login": account.email, "password": PASSWORD}
    assert (
        client.post("/accesso/?next=/lavoro/reti/valle/", told)["Location"] == "/lavoro/reti/valle/"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://altrove.example/", "//altrove.example", "javascript:1"]
)
def test_sign_in_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    account = an_account()
    told = {"login": account.email, "password": PASSWORD, "next": elsewhere}
    assert client.post("/accesso/", told)["Location"] == "/lavoro/"


def test_the_second_factor_is_asked_for_before_the_session_is_hers(client: Client) -> None:
    account = with_second_factor(an_account())
    answer = client.post("/accesso/", {"login": account.email, "password": PASSWORD})
    assert answer["Location"] == "/accesso/verifica/"
    assert client.get("/accesso/account/").status_code == 302
    assert client.get("/accesso/")["Location"] == "/accesso/verifica/"
    answer = client.post("/accesso/verifica/", {"code": code_now()})
    assert answer["Location"] == "/lavoro/"
    assert client.get("/accesso/account/").status_code == 200


def test_the_page_of_the_code_asks_nothing_of_who_did_not_begin(client: Client) -> None:
    answer = client.post("/accesso/verifica/", {"code": "123456"})
    assert answer.status_code == 200
    assert 'name="code"' not in answer.content.decode()


def test_the_session_key_changes_at_sign_in_and_is_kept_as_a_digest(client: Client) -> None:
    account = with_second_factor(an_account())
    client.post("/accesso/", {"login": account.email, "password": PASSWORD})
    before = client.cookies["sessionid"].value
    client.post("/accesso/verifica/", {"code": code_now()})
    after = client.cookies["sessionid"].value
    assert before != after
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert kept == {digest_of(after)}


def test_a_planted_session_key_is_not_taken_over(client: Client) -> None:
    account = an_account()
    client.cookies["sessionid"] = "planted" * 5
    sign_in(client, account)
    assert client.cookies["sessionid"].value != "planted" * 5
    assert not Session.objects.filter(session_key=digest_of("planted" * 5)).exists()


def test_the_cookie_is_for_this_site_and_for_no_script(client: Client, settings) -> None:
    sign_in(client, an_account())
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    settings.SESSION_COOKIE_SECURE = True
    other = client.__class__()
    sign_in(other, an_account())
    assert other.cookies["sessionid"]["secure"] is True


def test_https_in_the_base_address_makes_the_cookie_secure(monkeypatch) -> None:
    import importlib

    from tavolo.config import settings

    monkeypatch.setenv("TAVOLO_BASE_URL", "https://rete.example")
    try:
        assert importlib.reload(settings).SESSION_COOKIE_SECURE is True
    finally:
        monkeypatch.undo()
        importlib.reload(settings)


def test_the_answer_is_the_same_whoever_it_is(client: Client) -> None:
    known = an_account()
    closed = an_account()
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    demonstration = an_account()
    Account.objects.filter(pk=demonstration.pk).update(demonstration=True)
    answers = {
        tell(client, known.email),
        tell(client, "nessuno@rete.example"),
        tell(client, closed.email),
        tell(client, closed.email, PASSWORD),
        tell(client, demonstration.email, PASSWORD),
    }
    assert len(answers) == 1
    status, body = answers.pop()
    assert status == 200
    assert WRONG in body
    assert Session.objects.count() == 0


def test_the_same_work_is_done_whoever_it_is(client: Client, settings, monkeypatch) -> None:
    """Counted in password hashes, which is where the time goes."""
    settings.PASSWORD_HASHERS = ["tests.people.test_sign_in.CountingHasher"]
    known, closed = an_account(), an_account()
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    spent = []
    for email, password in (
        (known.email, "sbagliata"),
        ("nessuno@rete.example", "sbagliata"),
        (closed.email, "sbagliata"),
        (closed.email, PASSWORD),
    ):
        CountingHasher.rounds = 0
        tell(client, email, password)
        spent.append(CountingHasher.rounds)
    assert spent == [CountingHasher.iterations] * 4


class CountingHasher(PBKDF2PasswordHasher):
    iterations = 10
    rounds = 0

    def encode(self, password, salt, iterations=None):
        CountingHasher.rounds += iterations or self.iterations
        return super().encode(password, salt, iterations)

    def harden_runtime(self, password, encoded):
        """Nothing to add: the rounds are all alike."""


def test_after_five_wrong_passwords_the_right_one_is_refused_from_there_too(client: Client) -> None:
    account = an_account()
    for _attempt in range(attempts.SIGN_IN_PAIR.most):
        assert tell(client, account.email)[0] == 200
    status, body = tell(client, account.email, PASSWORD)
    assert status == 429
    assert TOO_MUCH in body


def test_somebody_elsewhere_is_not_shut_out(client: Client) -> None:
    account = an_account()
    for _attempt in range(attempts.SIGN_IN_PAIR.most + 1):
        tell(client, account.email, REMOTE_ADDR="203.0.113.7")
    told = {"login": account.email, "password": PASSWORD}
    assert client.post("/accesso/", told, REMOTE_ADDR="198.51.100.9").status_code == 302


def test_after_a_quarter_of_an_hour_it_may_be_tried_again(client: Client) -> None:
    account = an_account()
    with time_machine.travel(clock.now(), tick=False) as now:
        for _attempt in range(attempts.SIGN_IN_PAIR.most + 1):
            tell(client, account.email)
        now.shift(timedelta(minutes=15))
        assert tell(client, account.email, PASSWORD)[0] == 302


def test_a_right_password_is_not_counted(client: Client) -> None:
    account = an_account()
    for _attempt in range(attempts.SIGN_IN_PAIR.most + 2):
        sign_in(client, account)
        client.post("/accesso/esci/")


def test_unknown_addresses_are_limited_just_the_same(client: Client) -> None:
    for _attempt in range(attempts.SIGN_IN_PAIR.most):
        assert tell(client, "nessuno@rete.example")[0] == 200
    assert tell(client, "nessuno@rete.example")[0] == 429


def test_one_address_cannot_try_everybody(client: Client) -> None:
    for number in range(attempts.SIGN_IN_ADDRESS.most):
        assert tell(client, f"persona-{number}@rete.example")[0] == 200
    assert tell(client, "ancora-una@rete.example")[0] == 429


def test_a_code_of_the_second_factor_serves_once(client: Client, new_client) -> None:
    account = with_second_factor(an_account())
    code = code_now()
    sign_in(client, account)
    other = new_client()
    other.post("/accesso/", {"login": account.email, "password": PASSWORD})
    # Another process knows nothing of what allauth kept in this one's memory.
    from django.core.cache import cache

    cache.clear()
    answer = other.post("/accesso/verifica/", {"code": f" {code[:3]} {code[3:]}"})
    assert answer.status_code == 200
    assert "è già stato usato" in answer.content.decode()


def test_wrong_codes_are_limited_by_account_wherever_they_come_from(new_client) -> None:
    account = with_second_factor(an_account())
    for number in range(attempts.SECOND_FACTOR.most):
        browser = new_client(REMOTE_ADDR=f"198.51.100.{number}")
        browser.post("/accesso/", {"login": account.email, "password": PASSWORD})
        assert browser.post("/accesso/verifica/", {"code": "000000"}).status_code == 200
    browser = new_client(REMOTE_ADDR="203.0.113.1")
    browser.post("/accesso/", {"login": account.email, "password": PASSWORD})
    assert browser.post("/accesso/verifica/", {"code": code_now()}).status_code == 429


def test_a_recovery_code_serves_once(client: Client, new_client) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    account = with_second_factor(an_account())
    first, second, *_rest = RecoveryCodes.activate(account).get_unused_codes()
    outcomes = []
    for code in (first, first, second):
        browser = new_client()
        browser.post("/accesso/", {"login": account.email, "password": PASSWORD})
        outcomes.append(browser.post("/accesso/verifica/", {"code": code}).status_code)
    assert outcomes == [302, 200, 302]


def test_the_secret_is_encrypted_at_rest() -> None:
    from allauth.mfa.models import Authenticator

    account = with_second_factor(an_account())
    kept = Authenticator.objects.get(user=account, type="totp")
    assert SECRET not in kept.data["secret"]
    assert kept.wrap().validate_code(code_now())


def test_who_is_signed_in_is_told_so_and_can_leave(client: Client) -> None:
    account = sign_in(client, an_account()) and client
    page = account.get("/accesso/").content.decode()
    assert "Hai già fatto l’accesso" in page
    assert account.get("/accesso/esci/").status_code == 200
    assert Session.objects.count() == 1
    answer = account.post("/accesso/esci/")
    assert answer["Location"] == "/accesso/?esito=uscita"
    assert Session.objects.count() == 0
    assert client.get("/accesso/account/").status_code == 302


def test_a_sign_in_half_done_can_be_left(client: Client) -> None:
    account = with_second_factor(an_account())
    client.post("/accesso/", {"login": account.email, "password": PASSWORD})
    client.post("/accesso/esci/")
    assert client.get("/accesso/").status_code == 200


def test_there_is_no_sign_up(client: Client) -> None:
    absent = client.get("/accesso/cosa-che-non-ce/").status_code
    assert {client.get(f"/accesso/{path}/").status_code for path in ("signup", "iscrizione")} == {
        absent
    }
    assert absent == 404


def test_no_json_comes_out_of_the_sign_in_page(client: Client) -> None:
    answer = client.get("/accesso/", HTTP_ACCEPT="application/json")
    assert answer["Content-Type"].startswith("text/html")


def test_an_account_that_is_closed_is_out_at_once(client: Client) -> None:
    account = an_account()
    sign_in(client, account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/accesso/account/").status_code == 302


def test_two_who_sign_in_never_share_a_page_by_a_cache(client: Client) -> None:
    sign_in(client, an_account())
    assert "no-store" in client.get("/accesso/account/")["Cache-Control"]
