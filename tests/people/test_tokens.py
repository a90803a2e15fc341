"""Keys for programs: made for something and for a time, shown once, revoked at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed, NotFound
from tavolo.people import attempts
from tavolo.people.actions import make_token, revoke_token
from tavolo.people.errors import NameMissing, NothingAllowed, TokenTooLong, TooManyTokens
from tavolo.people.models import Account, ApiToken
from tavolo.people.queries import digest_of_token, token_shown, tokens_of
from tests.factories.people import an_account, with_second_factor

pytestmark = pytest.mark.django_db

STEP = "commitments:step"


def herself(account: Account) -> Actor:
    return Actor(person=account.person.uid)


def a_token(account: Account, **more: Any) -> tuple[ApiToken, str]:
    told = {"name": "Gestionale", "days": 90, "scopes": [STEP], "by": herself(account)}
    return make_token(account=account, **(told | more))


def shown(text: str) -> dict[str, str]:
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


@pytest.fixture
def account() -> Account:
    return with_second_factor(an_account())


def test_a_key_is_kept_as_a_digest_and_told_to_its_owner(account, mailoutbox):
    row, text = a_token(account)

    assert text not in str(list(ApiToken.objects.values()))
    assert (row.digest, row.prefix) == (digest_of_token(text), text[:10])
    assert token_shown(text) == row
    entry = Entry.objects.get(action="people.token_made")
    assert text not in entry.kept.text


def test_it_is_hers_alone_to_make_and_revoke(account):
    other = an_account()
    with pytest.raises(NotAllowed):
        a_token(account, by=herself(other))
    with pytest.raises(NotAllowed):
        a_token(account, by=Actor(person=other.person.uid, acting_for=account.person.uid))
    row, _text = a_token(account)
    with pytest.raises(NotAllowed):
        revoke_token(account=account, token=row.uid, by=herself(other))
    with pytest.raises(NotFound):
        revoke_token(account=other, token=row.uid, by=herself(other))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": "  "}, NameMissing),
        ({"scopes": []}, NothingAllowed),
        ({"scopes": ["everything"]}, NothingAllowed),
        ({"days": 0}, TokenTooLong),
        ({"days": 367}, TokenTooLong),
    ],
)
def test_what_cannot_be_made(account, more, refusal):
    with pytest.raises(refusal):
        a_token(account, **more)
    assert not tokens_of(account).exists()


def test_there_are_twenty_at_most_and_a_revoked_one_gives_its_place_back(account):
    rows = [a_token(account)[0] for _number in range(20)]
    with pytest.raises(TooManyTokens):
        a_token(account)
    revoke_token(account=account, token=rows[0].uid, by=herself(account))
    a_token(account)


def test_a_key_opens_nothing_once_it_is_over(account):
    _row, text = a_token(account, days=1)
    assert token_shown(text) is not None
    with time_machine.travel(clock.now() + timedelta(days=1, seconds=1)):
        assert token_shown(text) is None


def test_a_revoked_key_is_dead_and_revoking_again_does_nothing(account):
    row, text = a_token(account)
    for _time in range(2):
        revoke_token(account=account, token=row.uid, by=herself(account))
    assert token_shown(text) is None
    assert Entry.objects.filter(action="people.token_revoked").count() == 1


def test_a_key_is_worth_what_its_account_is_worth(account):
    _row, text = a_token(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert token_shown(text) is None
    bare = an_account()
    _row, text = a_token(bare)
    assert token_shown(text) is None, "the work area is closed to her, and so is this"


def test_who_shows_a_key_is_told_who_she_is(account):
    row, text = a_token(account)
    answer = Client().get("/api/v1/me", **shown(text))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.json() | {"expires_at": ""} == {
        "person": str(account.person.uid),
        "name": account.person.name,
        "key": row.prefix,
        "scopes": [STEP],
        "expires_at": "",
        "roles": [],
    }
    row.refresh_from_db()
    assert row.last_used_at is not None


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer tvl_no", "Basic tvl_no", "Bearer è", "Bearer " + "x" * 9000],
)
def test_no_key_is_one_answer(account, header):
    a_token(account)
    answer = Client().get("/api/v1/me", **({"HTTP_AUTHORIZATION": header} if header else {}))

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#token-refused")


def test_a_session_is_no_key(account, client):
    client.force_login(account)
    assert client.get("/api/v1/me").status_code == 401


def test_wrong_keys_are_limited_by_address_and_right_ones_are_not(account):
    _row, text = a_token(account)
    for _attempt in range(attempts.TOKEN_ADDRESS.most + 5):
        assert Client().get("/api/v1/me", **shown(text)).status_code == 200
    for _attempt in range(attempts.TOKEN_ADDRESS.most):
        assert Client().get("/api/v1/me", **shown("tvl_no")).status_code == 401
    assert Client().get("/api/v1/me", **shown(text)).status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get("/api/v1/me", **shown(text)).status_code == 200
