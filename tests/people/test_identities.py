"""Signing in by a provider: only by a link that she made herself, and by nothing that was tampered with."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed, NotFound
from tavolo.people.actions import link_identity, unlink_identity
from tavolo.people.errors import AlreadyLinked, IdentityOfAnother
from tavolo.people.models import Account, Identity
from tavolo.people.openid import Provider
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.people.identity_provider import CLIENT, LEVEL, SECRET, IdentityProvider, started

pytestmark = pytest.mark.django_db

ANSWER, MINE = "/accesso/con/risposta/", "/accesso/identita/"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with started() as provider:
        yield provider


@pytest.fixture
def provider(running: IdentityProvider, settings: Any) -> IdentityProvider:
    fresh = IdentityProvider(issuer=running.issuer)
    fresh.private = running.private
    running.__dict__.update(fresh.__dict__)
    settings.TAVOLO_IDENTITY_PROVIDERS = [
        {
            "key": "spid",
            "name": "SPID",
            "issuer": running.issuer,
            "client_id": CLIENT,
            "secret": SECRET,
            "levels": (LEVEL,),
        }
    ]
    return running


@pytest.fixture
def account() -> Account:
    return with_second_factor(an_account())


@pytest.fixture
def linked(account: Account, provider: IdentityProvider) -> Account:
    link(account, provider)
    return account


def link(account: Account, provider: IdentityProvider, subject: str = "AGID-001") -> Identity:
    return link_identity(
        account=account,
        provider="spid",
        issuer=provider.issuer,
        subject=subject,
        name="SPID",
        by=Actor(person=account.person.uid),
    )


def enter(client: Client, provider: IdentityProvider, onward: str = "") -> HttpResponse:
    begun = client.get(f"/accesso/con/?chi=spid{onward}")
    assert begun.status_code == 302, begun.content.decode()
    return client.get(ANSWER, provider.come(begun["Location"]))


def is_inside(client: Client) -> bool:
    return client.get("/accesso/account/").status_code == 200


def test_who_linked_it_comes_in_and_the_level_is_the_second_factor(client, provider, linked):
    answer = enter(client, provider)

    assert (answer.status_code, answer["Location"]) == (302, "/lavoro/")
    assert is_inside(client)
    assert Identity.objects.get().last_used_at is not None


def test_what_is_asked_of_the_provider(client, provider):
    begun = client.get("/en/accesso/con/?chi=spid")["Location"]
    asked = dict(parse_qsl(urlsplit(begun).query))
    secret = {name: asked.pop(name) for name in ("state", "nonce", "code_challenge")}

    assert begun.startswith(f"{provider.issuer}/authorize?")
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "http://localhost:8000/accesso/con/risposta/",
        "scope": "openid",
        "code_challenge_method": "S256",
        "acr_values": LEVEL,
    }
    assert all(len(word) >= 43 for word in secret.values())


def test_without_a_level_the_second_factor_is_asked_for_here(client, provider, linked, settings):
    settings.TAVOLO_IDENTITY_PROVIDERS[0]["levels"] = ()
    provider.claims = {"acr": None}

    assert enter(client, provider)["Location"] == "/accesso/verifica/"
    assert not is_inside(client)


def test_the_work_area_opens_to_who_has_no_second_factor_of_her_own(client, provider):
    link(an_account(), provider)
    enter(client, provider)

    assert client.get("/lavoro/").status_code == 200


def test_nobody_is_made_an_account_nor_found_by_name_or_tax_code(client, provider, account):
    before = Account.objects.count()
    answer = enter(client, provider)

    assert answer.status_code == 403
    assert "Nessun account è collegato" in answer.content.decode()
    assert Account.objects.count() == before
    assert not is_inside(client)
    assert "RSSMRA80A01H501U" not in str(list(Entry.objects.values()))


def test_a_closed_account_is_answered_as_none(client, provider, linked):
    Account.objects.update(is_active=False)
    assert enter(client, provider).status_code == 403


def none_at_all(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, "", "none", headers={"kid": "one"})


def by_the_secret(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET * 4, "HS256", headers={"kid": "one"})


def by_another_key(claims: dict[str, Any]) -> str:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, other, "RS256", headers={"kid": "one"})


def by_an_unknown_key(claims: dict[str, Any]) -> str:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, other, "RS256", headers={"kid": "two"})


def deep() -> list[Any]:
    """Lists within lists, as deep as they can still be written."""
    found: list[Any] = []
    for _each in range(900):
        found = [found]
    return found


NOW = int(time.time())
HOSTILE: list[dict[str, Any]] = [
    {"claims": {"nonce": "another"}},
    {"claims": {"nonce": None}},
    {"claims": {"aud": "another"}},
    {"claims": {"aud": None}},
    {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    {"claims": {"iss": "https://altrove.example"}},
    {"claims": {"exp": NOW - 86400}},
    {"claims": {"exp": None}},
    {"claims": {"iat": NOW + 86400 * 9}},
    {"claims": {"sub": None}},
    {"claims": {"sub": " "}},
    {"claims": {"sub": "x" * 256}},
    {"claims": {"sub": "a\0b"}},
    {"claims": {"exp": float("inf")}},
    {"sign": none_at_all},
    {"sign": by_the_secret},
    {"sign": by_another_key},
    {"sign": by_an_unknown_key},
    {"sign": lambda _claims: "x"},
    {"keys": {"keys": []}},
    {"keys": {"keys": "x"}},
    {"describe": {"token_endpoint": "http://altrove.example/token"}},
    {"describe": {"jwks_uri": 7}},
    {"describe": {"jwks_uri": "https://["}},
    {"keys": {"keys": deep()}},
    {"describe": {"issuer": "https://altrove.example"}},
]


@pytest.mark.parametrize("twist", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_tampered_with_lets_nobody_in(client, provider, linked, twist):
    begun = client.get("/accesso/con/?chi=spid")
    vars(provider).update(twist)
    answer = client.get(ANSWER, provider.come(begun["Location"]))

    assert answer.status_code == 502
    assert "non è valida" in answer.content.decode()
    assert not is_inside(client)


def test_a_lower_level_is_not_enough(client, provider, linked):
    provider.claims = {"acr": "https://www.spid.gov.it/SpidL1"}
    answer = enter(client, provider)

    assert answer.status_code == 403
    assert "secondo livello" in answer.content.decode()
    assert not is_inside(client)


def test_a_code_serves_once_and_in_the_browser_that_asked(client, provider, linked, new_client):
    sent = provider.come(client.get("/accesso/con/?chi=spid")["Location"])

    assert new_client().get(ANSWER, sent).status_code == 400
    assert client.get(ANSWER, sent).status_code == 302
    client.post("/accesso/esci/")
    assert client.get(ANSWER, sent).status_code == 400
    assert not is_inside(client)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"state": "x"}, 400),
        ({"iss": "https://altrove.example"}, 400),
        ({"error": "access_denied"}, 403),
        ({"code": ""}, 403),
    ],
)
def test_what_comes_back_must_be_what_was_asked(client, provider, linked, sent, status):
    told = provider.come(client.get("/accesso/con/?chi=spid")["Location"])

    assert client.get(ANSWER, told | sent).status_code == status
    assert not is_inside(client)


def test_who_takes_too_long_begins_again(client, provider, linked):
    sent = provider.come(client.get("/accesso/con/?chi=spid")["Location"])
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.get(ANSWER, sent).status_code == 400


@pytest.mark.parametrize(
    "onward", ["https://altrove.example", "//altrove.example", "/lavoro/reti/"]
)
def test_afterwards_it_leads_to_our_own_pages_alone(client, provider, linked, onward):
    expected = onward if onward.startswith("/lavoro") else "/lavoro/"
    assert enter(client, provider, f"&next={onward}")["Location"] == expected


def test_an_unknown_provider_is_not_there_and_a_dead_one_says_so(client, provider, settings):
    assert client.get("/accesso/con/?chi=altro").status_code == 404
    settings.TAVOLO_IDENTITY_PROVIDERS[0]["issuer"] = "http://localhost:1"
    assert client.get("/accesso/con/?chi=spid").status_code == 502
    assert client.get(ANSWER).status_code == 200


def test_she_links_it_herself_and_is_told(client, provider):
    account = an_account()
    inside = sign_in(client, account)
    assert "Collega SPID" in inside.get(MINE).content.decode()
    page = inside.post(MINE, {"link": "spid"}).content.decode()
    address = page.split(f'href="{provider.issuer}')[1].split('"')[0].replace("&amp;", "&")
    answer = inside.get(ANSWER, provider.come(address))

    assert answer["Location"] == MINE
    row = Identity.objects.get()
    assert (row.account_id, row.issuer, row.subject) == (account.pk, provider.issuer, "AGID-001")
    assert [letter.to for letter in mail.outbox] == [[account.email]]
    assert "Collegata il" in inside.get(MINE).content.decode()

    assert inside.post(MINE, {"unlink": row.uid}).status_code == 302
    assert not Identity.objects.exists()
    assert inside.post(MINE, {"unlink": row.uid}).status_code == 404
    assert inside.post(MINE, {"unlink": "1"}).status_code == 404
    assert inside.post(MINE, {"link": "altro"}).status_code == 404


def test_a_link_is_made_for_who_asked_alone(client, provider):
    inside = sign_in(client, an_account())
    page = inside.post(MINE, {"link": "spid"}).content.decode()
    address = page.split(f'href="{provider.issuer}')[1].split('"')[0].replace("&amp;", "&")
    session = inside.session
    session["people.provider"] |= {"link": str(an_account().uid)}
    session.save()

    assert inside.get(ANSWER, provider.come(address)).status_code == 400
    assert not Identity.objects.exists()


def test_one_identity_one_account_one_provider_one_identity(provider, account):
    row = link(account, provider)
    assert link(account, provider) == row
    with pytest.raises(IdentityOfAnother):
        link(an_account(), provider)
    with pytest.raises(AlreadyLinked):
        link(account, provider, "AGID-002")
    other = an_account()
    told = {"identity": row.uid, "name": "SPID"}
    with pytest.raises(NotFound):
        unlink_identity(account=other, by=Actor(person=other.person.uid), **told)
    with pytest.raises(NotAllowed):
        unlink_identity(account=account, by=Actor(person=other.person.uid), **told)


def test_a_provider_is_told_by_the_environment(monkeypatch):
    from django.core.exceptions import ImproperlyConfigured

    from tavolo.config import environment as env

    assert env.identity_providers() == []
    monkeypatch.setenv("TAVOLO_OIDC_PROVIDERS", "spid")
    with pytest.raises(ImproperlyConfigured, match="TAVOLO_OIDC_SPID_ISSUER"):
        env.identity_providers()
    for part, value in {
        "ISSUER": "https://a.example",
        "CLIENT_ID": "c",
        "CLIENT_SECRET": "s",
    }.items():
        monkeypatch.setenv(f"TAVOLO_OIDC_SPID_{part}", value)
    monkeypatch.setenv("TAVOLO_OIDC_SPID_LEVELS", "a b")
    (told,) = env.identity_providers()
    found = Provider(**told)
    assert (found.name, found.levels, found.is_strong, found.host) == (
        "SPID",
        ("a", "b"),
        True,
        "a.example",
    )
