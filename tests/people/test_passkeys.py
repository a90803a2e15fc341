"""Passkeys, as far as no browser is needed: what is made by hand is refused, the last one stays."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tavolo.kernel import clock
from tavolo.people import attempts
from tavolo.people.models import Account
from tavolo.people.queries import has_app, has_second_factor, is_last_factor, passkeys_of
from tests.factories.people import an_account, code_now, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary

pytestmark = pytest.mark.django_db

OWN, NEW, IN = (
    "/accesso/secondo-fattore/passkey/",
    "/accesso/secondo-fattore/passkey/nuova/",
    "/accesso/passkey/",
)
WRONG = "La passkey non è stata riconosciuta"
HOSTILE = [
    "",
    "-1",
    "null",
    "[]",
    "x",
    '"x"',
    "{}",
    '{"response": 7}',
    '{"response": {"clientDataJSON": "!!"}}',
    json.dumps({"response": {"clientDataJSON": "e30", "userHandle": "MQ"}, "id": "x"}),
    "9" * 5000,
    "[" * 5000,
]


def a_passkey(account: Account, name: str = "Telefono") -> Authenticator:
    """A row as allauth keeps it; nothing signs in by it."""
    return Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": {}},
        created_at=clock.now(),
    )


@pytest.mark.parametrize("told", HOSTILE)
def test_a_passkey_made_by_hand_signs_nobody_in(client: Client, told: str) -> None:
    an_account()
    client.post(IN, HTTP_ACCEPT="application/json")
    answer = client.post(IN, {"credential": told})

    assert answer.status_code == 200
    assert client.get("/accesso/account/").status_code == 302


@pytest.mark.parametrize("told", HOSTILE)
def test_nor_is_it_kept_nor_proves_it_who_one_is(client: Client, told: str) -> None:
    account = an_account()
    inside = sign_in(client, account)
    inside.get(NEW)
    assert inside.post(NEW, {"credential": told, "name": "x"}).status_code == 200
    assert inside.post("/accesso/conferma/", {"credential": told}).status_code == 200
    assert not passkeys_of(account).exists()


def client_data(origin: str) -> str:
    from fido2.webauthn import CollectedClientData

    told = CollectedClientData.create("webauthn.get", b"challenge", origin)
    return json.dumps({"id": "x", "rawId": "x", "response": {"clientDataJSON": told.b64}})


@pytest.mark.parametrize(
    "origin", ["https://altrove.example", "http://localhost", "http://x.localhost:8000", "null"]
)
def test_a_passkey_used_elsewhere_is_refused_before_it_is_read(
    client: Client, settings: Any, origin: str
) -> None:
    settings.TAVOLO_BASE_URL = "http://localhost:8000"
    page = client.post(IN, {"credential": client_data(origin)}).content.decode()
    assert WRONG in page


def test_what_the_browser_is_asked_names_this_site_and_nobody(
    client: Client, settings: Any
) -> None:
    settings.TAVOLO_BASE_URL = "https://rete.example"
    asked = client.post(IN, HTTP_ACCEPT="application/json").json()["publicKey"]

    assert (asked["rpId"], asked["userVerification"]) == ("rete.example", "required")
    assert asked.get("allowCredentials", []) == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://192.0.2.7:8000", "hanno bisogno di un nome"),
        ("https://[2001:db8::7]", "hanno bisogno di un nome"),
        ("http://rete.example", "comincia con https"),
    ],
)
def test_where_there_can_be_none_the_pages_say_why(
    client: Client, settings: Any, address: str, sentence: str
) -> None:
    settings.TAVOLO_BASE_URL = address
    assert sentence in client.get(IN).content.decode()
    inside = sign_in(client, an_account())
    for path in (OWN, NEW):
        assert sentence in inside.get(path).content.decode()
    assert inside.post(NEW, {"credential": "{}"}).status_code == 200


def test_too_many_tries_from_an_address(client: Client) -> None:
    for _attempt in range(attempts.SIGN_IN_ADDRESS.most):
        assert client.post(IN, {"credential": "{}"}).status_code == 200
    assert client.post(IN, {"credential": "{}"}).status_code == 429


def test_a_passkey_is_a_second_factor() -> None:
    account = an_account()
    row = a_passkey(account)
    assert (has_second_factor(account), has_app(account)) == (True, False)
    assert is_last_factor(account, row)
    a_passkey(account, "Chiavetta")
    assert not is_last_factor(account, row)


@pytest.fixture
def secretary(client: Client) -> tuple[Client, Account]:
    _network, account = a_network_with_secretary()
    return client, account


def test_the_last_second_factor_of_who_works_stays(secretary: tuple[Client, Account]) -> None:
    client, account = secretary
    with_second_factor(account)
    inside = sign_in(client, account)
    page = inside.get("/accesso/secondo-fattore/disattiva/").content.decode()
    assert "L’ultimo secondo fattore" in page
    inside.post("/accesso/secondo-fattore/disattiva/")
    assert has_app(account)

    row = a_passkey(account)
    inside.post("/accesso/secondo-fattore/disattiva/")
    assert not has_app(account)
    page = inside.post(OWN, {"passkey": row.pk}).content.decode()
    assert "È il tuo ultimo secondo fattore" in page
    assert passkeys_of(account).exists()


def test_who_does_not_work_takes_it_off_and_another_s_is_not_there(client: Client) -> None:
    account, other = an_account(), an_account()
    inside = sign_in(client, account)
    mine, hers = a_passkey(account), a_passkey(other)
    for told in (hers.pk, "x", "²", 99_999_999_999_999_999_999, "9" * 5000):
        assert inside.post(OWN, {"passkey": told}).status_code == 404
    assert inside.post(OWN, {"passkey": mine.pk}).status_code == 302
    assert list(passkeys_of(other)) == [hers]
    assert not has_second_factor(account)


def test_a_new_app_takes_the_place_of_the_one_before(client: Client) -> None:
    import pyotp

    account = with_second_factor(an_account())
    inside = sign_in(client, account)
    page = inside.get("/accesso/secondo-fattore/attiva/").content.decode()
    assert "smette di funzionare" in page
    secret = page.split('class="tv-mono">')[1].split("<")[0].replace(" ", "")
    code = pyotp.TOTP(secret).at(clock.now())
    assert inside.post("/accesso/secondo-fattore/attiva/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=account, type="totp").count() == 1
    app = Authenticator.objects.get(user=account, type="totp").wrap()
    assert app.validate_code(code)
    assert code == code_now() or not app.validate_code(code_now())
