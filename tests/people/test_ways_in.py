"""The pages of keys and of another e-mail; and that dangerous acts ask once more who it is."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.people.actions import ask_new_email, take_up_email
from tavolo.people.actions.emails import SALT
from tavolo.people.errors import AccountExists, EmailChangeClosed, TooManyAttempts, UnusableAddress
from tavolo.people.models import Account, ApiToken, Session
from tavolo.people.queries import token_shown
from tests.factories.people import PASSWORD, an_account, sign_in, with_second_factor

pytestmark = pytest.mark.django_db

TOKENS, EMAIL = "/accesso/gettoni/", "/accesso/email/"


@pytest.fixture
def account() -> Account:
    return with_second_factor(an_account())


@pytest.fixture
def browser(client: Client, account: Account) -> Client:
    return sign_in(client, account)


def a_form(**more: object) -> dict[str, object]:
    told = {"form_key": uuid4(), "name": "Gestionale", "days": 90}
    return told | {"scopes": ["commitments:step"]} | more


def letters() -> list[str]:
    """To whom, in order."""
    return [letter.to[0] for letter in mail.outbox]


def test_a_key_is_shown_once_and_sent_again_makes_no_other(browser: Client) -> None:
    form = a_form()
    page = browser.post(TOKENS, form).content.decode()
    (text,) = re.findall(r"<code>(tvl_[\w-]+)</code>", page)

    assert token_shown(text) is not None
    assert text not in browser.get(TOKENS).content.decode()
    assert browser.post(TOKENS, form).status_code == 302
    assert ApiToken.objects.count() == 1


def test_a_key_is_revoked_on_its_page(browser: Client) -> None:
    browser.post(TOKENS, a_form())
    row = ApiToken.objects.get()
    assert "Aggiornare un impegno." in browser.get(TOKENS).content.decode()
    assert browser.post(TOKENS, {"revoke": row.uid}).status_code == 302
    assert "Revocata" in browser.get(TOKENS).content.decode()


@pytest.mark.parametrize("told", [{"revoke": "1"}, {"revoke": uuid4()}])
def test_what_is_none_of_hers_is_not_there(browser: Client, told: dict[str, object]) -> None:
    assert browser.post(TOKENS, told).status_code == 404


def test_a_key_asks_for_a_second_factor_first(client: Client) -> None:
    inside = sign_in(client, an_account())
    assert inside.get(TOKENS)["Location"].startswith("/accesso/secondo-fattore/attiva/")


def test_after_a_quarter_of_an_hour_it_asks_who_it_is_and_keeps_what_was_typed(
    browser: Client,
) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = browser.post(TOKENS, a_form(name="Ufficio <b>& altro"))
        assert answer["Location"] == "/accesso/conferma/?next=%2Faccesso%2Fgettoni%2F"
        assert not ApiToken.objects.exists()
        page = browser.post(answer["Location"], {"password": PASSWORD}).content.decode()
        kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
        assert kept["name"] == "Ufficio &lt;b&gt;&amp; altro"
        assert 'action="/accesso/gettoni/"' in page
        browser.post(TOKENS, kept | {"name": "Ufficio"})
        assert ApiToken.objects.get().name == "Ufficio"


def test_what_is_kept_is_carried_nowhere_else(browser: Client) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        browser.post(TOKENS, a_form())
        answer = browser.post("/accesso/conferma/?next=/lavoro/", {"password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/lavoro/")
        answer = browser.post("/accesso/conferma/?next=/accesso/gettoni/", {"password": PASSWORD})
        assert answer.status_code == 302


@pytest.fixture
def plain(client: Client) -> tuple[Client, Account]:
    """Somebody without second factor: a code serves once, and she signs in twice."""
    account = an_account()
    return sign_in(client, account), account


def link(to: str) -> str:
    text = next(letter.body for letter in mail.outbox if letter.to == [to])
    return re.search(r"http://[^/]+(/accesso/email/\S+/)", text)[1]


def test_another_e_mail_is_taken_up_by_its_link_alone(plain, new_client) -> None:
    browser, account = plain
    elsewhere = sign_in(new_client(), account)
    before = account.email
    browser.post(EMAIL, {"form_key": uuid4(), "email": "Nuova@Rete.example"})
    account.refresh_from_db()
    assert account.email == before
    path = link("nuova@rete.example")
    assert browser.get(path).status_code == 200
    account.refresh_from_db()
    assert account.email == before, "a scanner that opens the link changes nothing"

    assert browser.post(path)["Location"] == "/accesso/account/"
    account.refresh_from_db()
    assert account.email == "nuova@rete.example"
    assert browser.get("/accesso/account/").status_code == 200
    assert elsewhere.get("/accesso/account/").status_code == 302
    assert letters() == ["nuova@rete.example", before, before]
    assert browser.post(path).status_code == 404, "it serves once"


def test_the_link_is_worth_nothing_to_another(plain, new_client) -> None:
    browser, account = plain
    browser.post(EMAIL, {"form_key": uuid4(), "email": "nuova@rete.example"})
    path = link("nuova@rete.example")
    assert new_client().post(path).status_code == 302
    other = sign_in(new_client(), an_account())
    assert other.post(path).status_code == 404
    with time_machine.travel(clock.now() + timedelta(days=2, seconds=1)):
        assert sign_in(new_client(), account).post(path).status_code == 404


def herself(account: Account) -> Actor:
    return Actor(person=account.person.uid)


def test_asking_says_nothing_of_whose_an_address_is(account: Account) -> None:
    other = an_account()
    ask_new_email(account=account, email=other.email, by=herself(account))
    assert letters() == [other.email, account.email]
    token = signing.dumps([str(account.uid), account.email, other.email], salt=SALT)
    with pytest.raises(AccountExists):
        take_up_email(account=account, token=token, by=herself(account))
    assert Account.objects.get(pk=account.pk).email == account.email


def test_who_may_not_ask_and_how_often(account: Account) -> None:
    with pytest.raises(NotAllowed):
        ask_new_email(account=account, email="a@b.example", by=herself(an_account()))
    with pytest.raises(UnusableAddress):
        ask_new_email(account=account, email="a@b\nBcc: c@d.example", by=herself(account))
    for _time in range(5):
        ask_new_email(account=account, email="a@b.example", by=herself(account))
    with pytest.raises(TooManyAttempts):
        ask_new_email(account=account, email="a@b.example", by=herself(account))


@pytest.mark.parametrize(
    "token",
    ["", "x", signing.dumps("x", salt=SALT), signing.dumps([1, 2, 3])],
    ids=["empty", "a word", "not of ours", "signed for something else"],
)
def test_a_link_that_we_never_wrote_changes_nothing(account: Account, token: str) -> None:
    with pytest.raises(EmailChangeClosed):
        take_up_email(account=account, token=token, by=herself(account))
    assert not Entry.objects.filter(action="people.email_replaced").exists()
    assert Session.objects.count() == 0
