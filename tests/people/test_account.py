"""One's own account: names, password, second factor, recovery codes, sessions."""

import re
from datetime import timedelta
from uuid import uuid4

import pyotp
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed
from tavolo.people.actions import take_off_second_factor
from tavolo.people.errors import NoSuchAccount
from tavolo.people.models import Account, Session
from tavolo.people.sessions import digest_of, uid_of
from tests.factories.counting import ENOUGH
from tests.factories.people import (
    PASSWORD,
    SECRET,
    an_account,
    code_now,
    sign_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db

NEW = "cinque parole mai scritte prima"
OWN = (
    "/accesso/account/",
    "/accesso/sessioni/",
    "/accesso/conferma/",
    "/accesso/password/cambia/",
    "/accesso/secondo-fattore/",
    "/accesso/secondo-fattore/attiva/",
    "/accesso/secondo-fattore/disattiva/",
    "/accesso/secondo-fattore/codici/",
    "/accesso/secondo-fattore/codici/nuovi/",
    "/accesso/secondo-fattore/codici/scarica/",
)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def account(db: None) -> Account:
    return an_account()


@pytest.fixture
def signed_in(client: Client, account: Account) -> Client:
    return sign_in(client, account)


@pytest.mark.parametrize("path", OWN)
def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, path: str) -> None:
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accesso/?next=")
    assert client.cookies == {}


@pytest.mark.parametrize("path", OWN)
def test_every_page_of_an_account_without_second_factor_is_a_page(
    signed_in: Client, path: str
) -> None:
    assert signed_in.get(path).status_code == 200


@pytest.mark.parametrize("path", OWN)
def test_every_page_of_an_account_with_second_factor_is_a_page(
    client: Client, account: Account, path: str
) -> None:
    sign_in(client, with_second_factor(account))
    assert client.get(path).status_code == 200


def test_names_are_changed_and_who_saves_second_is_told(
    signed_in: Client, account: Account
) -> None:
    page = signed_in.get("/accesso/account/").content.decode()
    hidden = dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))
    told = {**hidden, "given_name": "Ada Maria", "family_name": "Rossi"}
    assert signed_in.post("/accesso/account/", told).status_code == 302
    account.person.refresh_from_db()
    assert (account.person.name, account.person.version) == ("Ada Maria Rossi", 2)
    # The same form again does nothing twice; another with the old version is refused.
    assert signed_in.post("/accesso/account/", told).status_code == 302
    other = {**told, "form_key": "7d5f9a52-3a57-4d0a-9d0c-1f3f2c1f0c11", "given_name": "Adele"}
    assert signed_in.post("/accesso/account/", other).status_code == 409
    account.person.refresh_from_db()
    assert account.person.name == "Ada Maria Rossi"
    assert Entry.objects.filter(action="people.names_changed").count() == 1


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    signed_in: Client, account: Account, new_client
) -> None:
    elsewhere = sign_in(new_client(), account)
    told = {"present": PASSWORD, "password1": NEW, "password2": NEW}
    answer = signed_in.post("/accesso/password/cambia/", told)
    assert answer["Location"] == "/accesso/account/"
    assert signed_in.get("/accesso/account/").status_code == 200
    assert elsewhere.get("/accesso/account/").status_code == 302
    assert Session.objects.count() == 1
    assert mail.outbox[-1].subject == "La tua password per Tavolo è cambiata"
    assert "127.0.0.1" not in mail.outbox[-1].body


def test_the_present_password_is_asked_for_and_cannot_be_guessed(signed_in: Client) -> None:
    told = {"present": "non è questa", "password1": NEW, "password2": NEW}
    answers = [signed_in.post("/accesso/password/cambia/", told) for _each in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "Questa non è la tua password attuale." in answers[0].content.decode()


def secret_on(page: str) -> str:
    found = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert found
    return found.group(1).replace(" ", "")


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_is_set_up_with_the_key_in_words_and_as_a_picture(
    signed_in: Client, account: Account, new_client
) -> None:
    elsewhere = sign_in(new_client(), account)
    path = "/accesso/secondo-fattore/attiva/?next=/lavoro/reti/valle/"
    page = signed_in.get(path).content.decode()
    assert '<img src="data:image/svg+xml;base64,' in page
    assert "style=" not in page
    secret = secret_on(page)
    answer = signed_in.post(path, {"code": pyotp.TOTP(secret).at(clock.now())})
    assert answer["Location"] == (
        "/accesso/secondo-fattore/codici/?next=%2Flavoro%2Freti%2Fvalle%2F"
    )
    codes = signed_in.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<code[^>]*>\d{8}</code>", codes)) == 10
    assert 'href="/lavoro/reti/valle/"' in codes
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    # Who had only the password is out.
    assert elsewhere.get("/accesso/account/").status_code == 302
    assert mail.outbox[-1].subject == "Il secondo fattore del tuo account è attivo"


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(signed_in: Client) -> None:
    secret = secret_on(signed_in.get("/accesso/secondo-fattore/attiva/").content.decode())
    page = signed_in.post("/accesso/secondo-fattore/attiva/", {"code": "000000"}).content.decode()
    assert "Il codice non è giusto" in page
    assert secret_on(page) == secret
    assert Authenticator.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_codes_are_downloaded_made_anew_and_switched_off(client: Client, account: Account) -> None:
    sign_in(client, account)
    secret = secret_on(client.get("/accesso/secondo-fattore/attiva/").content.decode())
    client.post("/accesso/secondo-fattore/attiva/", {"code": pyotp.TOTP(secret).at(clock.now())})
    file = client.get("/accesso/secondo-fattore/codici/scarica/")
    first = file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="codici-di-recupero.txt"'
    assert "no-store" in file["Cache-Control"]
    client.post("/accesso/secondo-fattore/codici/nuovi/")
    assert client.get("/accesso/secondo-fattore/codici/scarica/").content.decode() != first
    assert client.post("/accesso/secondo-fattore/disattiva/").status_code == 302
    assert Authenticator.objects.count() == 0
    assert [letter.subject for letter in mail.outbox] == [
        "Il secondo fattore del tuo account è attivo",
        "Nuovi codici di recupero per il tuo account",
        "Il secondo fattore del tuo account è stato disattivato",
    ]


def test_after_a_quarter_of_an_hour_the_password_is_asked_for_again(
    signed_in: Client, account: Account
) -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        path = "/accesso/secondo-fattore/attiva/"
        answer = signed_in.post(path, {"code": "123456"})
        assert (
            answer["Location"] == "/accesso/conferma/?next=%2Faccesso%2Fsecondo-fattore%2Fattiva%2F"
        )
        # What was being sent is not kept anywhere.
        assert "123456" not in str(list(Session.objects.values_list("session_data", flat=True)))
        wrong = signed_in.post(answer["Location"], {"password": "non è questa"})
        assert "La password non è giusta." in wrong.content.decode()
        answer = signed_in.post(answer["Location"], {"password": PASSWORD})
        assert answer["Location"] == path
        assert signed_in.get(path).status_code == 200


def test_sessions_are_listed_with_their_device_and_without_an_address(
    client: Client, account: Account, new_client
) -> None:
    sign_in(client, account)
    other = new_client(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77")
    sign_in(other, account)
    page = client.get("/accesso/sessioni/").content.decode()
    assert "Firefox, Windows" in page
    assert "Dispositivo non riconosciuto" in page
    everything = page + str(list(Session.objects.values()))
    assert "203.0.113.77" not in everything


def test_one_session_is_ended_and_it_is_really_over(
    signed_in: Client, account: Account, new_client
) -> None:
    other = sign_in(new_client(), account)
    key = other.cookies["sessionid"].value
    answer = signed_in.post("/accesso/sessioni/", {"session": str(uid_of(key))})
    assert answer["Location"] == "/accesso/sessioni/"
    assert other.get("/accesso/account/").status_code == 302
    assert signed_in.get("/accesso/account/").status_code == 200
    assert not Session.objects.filter(session_key=digest_of(key)).exists()


def test_all_others_are_ended_at_once(signed_in: Client, account: Account, new_client) -> None:
    others = [sign_in(new_client(), account) for _each in range(3)]
    stranger = sign_in(new_client(), an_account())
    signed_in.post("/accesso/sessioni/", {"session": "others"})
    assert [other.get("/accesso/account/").status_code for other in others] == [302] * 3
    assert signed_in.get("/accesso/account/").status_code == 200
    assert stranger.get("/accesso/account/").status_code == 200


def test_ending_this_session_signs_out(signed_in: Client) -> None:
    key = signed_in.cookies["sessionid"].value
    answer = signed_in.post("/accesso/sessioni/", {"session": str(uid_of(key))})
    assert answer["Location"] == "/accesso/"
    assert signed_in.get("/accesso/account/").status_code == 302


def test_nobody_ends_the_session_of_another(signed_in: Client, new_client) -> None:
    other = sign_in(new_client(), an_account())
    uid = uid_of(other.cookies["sessionid"].value)
    assert signed_in.post("/accesso/sessioni/", {"session": str(uid)}).status_code == 404
    assert other.get("/accesso/account/").status_code == 200


def test_nonsense_in_place_of_a_session_is_refused(signed_in: Client) -> None:
    assert signed_in.post("/accesso/sessioni/", {"session": "x"}).status_code == 400
    assert signed_in.post("/accesso/sessioni/").status_code == 400


def test_the_last_use_is_kept_to_five_minutes(signed_in: Client, account: Account) -> None:
    began = Session.objects.get().seen_at
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        signed_in.get("/accesso/account/")
        first = Session.objects.get().seen_at
    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        signed_in.get("/accesso/account/")
        last = Session.objects.get()
        assert last.seen_at == clock.now()
    assert began <= first < last.seen_at
    assert last.began_at <= began


@pytest.mark.parametrize("number", ENOUGH)
def test_the_list_of_sessions_asks_the_same_number_of_queries(
    signed_in: Client, account: Account, number: int, django_assert_max_num_queries
) -> None:
    now = clock.now()
    Session.objects.bulk_create(
        Session(
            session_key=digest_of(str(each)),
            uid=uid_of(str(each)),
            account=account,
            began_at=now,
            seen_at=now,
            expire_date=now + timedelta(hours=1),
        )
        for each in range(number)
    )
    signed_in.get("/accesso/sessioni/")
    with django_assert_max_num_queries(6):
        signed_in.get("/accesso/sessioni/")


def test_a_code_is_asked_for_by_the_session_that_signs_in_only(
    client: Client, account: Account
) -> None:
    sign_in(client, with_second_factor(account))
    assert client.get("/lavoro/").status_code == 200
    assert code_now()
    assert SECRET not in client.get("/accesso/secondo-fattore/").content.decode()


def test_the_operator_lets_somebody_in_again_who_has_lost_everything(new_client) -> None:
    account = an_account()
    with_second_factor(account)
    inside = new_client()
    sign_in(inside, account)
    taken = take_off_second_factor(email=account.email.upper(), by=OPERATOR)
    assert (taken, Authenticator.objects.count(), Session.objects.count()) == (account, 0, 0)
    entry = Entry.objects.get(action="people.second_factor_taken_off")
    assert (entry.actor, entry.subject_uid) == ("operator", account.person.uid)
    assert [letter.to for letter in mail.outbox] == [[account.email]]
    assert inside.get("/lavoro/").status_code == 302


@pytest.mark.parametrize("roles", [set(), {Role("network_secretary", uuid4())}])
def test_nobody_else_takes_a_second_factor_off(roles: set[Role]) -> None:
    account = an_account()
    with_second_factor(account)
    by = Actor(person=account.person.uid, roles=frozenset(roles))
    with pytest.raises(NotAllowed):
        take_off_second_factor(email=account.email, by=by)
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_an_address_without_account_is_refused() -> None:
    with pytest.raises(NoSuchAccount):
        take_off_second_factor(email="nessuno@valle.example", by=OPERATOR)
