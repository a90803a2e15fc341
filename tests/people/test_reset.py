"""A forgotten password: the same answer and the same work whoever asks; a link that serves once."""

import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tavolo.kernel import clock
from tavolo.people import attempts, jobs
from tavolo.people.actions import send_reset_letter
from tavolo.people.models import Account, Session
from tests.factories.people import PASSWORD, an_account, sign_in, with_second_factor

pytestmark = pytest.mark.django_db

NEW = "cinque parole mai scritte prima"


def ask(client: Client, email: str) -> tuple[int, str]:
    answer = client.post("/accesso/password/", {"email": email})
    return answer.status_code, answer.headers.get("Location", "")


def work() -> None:
    """What the worker does with the jobs that wait."""
    for job in DBTaskResult.objects.order_by("enqueued_at"):
        jobs.write_reset_letter.func(*job.args_kwargs["args"])


def link_for(account: Account) -> str:
    assert send_reset_letter(account=account.uid)
    found = re.search(r"http://localhost:8000(/accesso/password/\S+)", mail.outbox[-1].body)
    assert found
    return found.group(1)


def test_the_answer_is_the_same_for_unknown_and_closed(client: Client) -> None:
    known, closed = an_account(), an_account()
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    answers = [ask(client, email) for email in (known.email, closed.email, "nessuno@rete.example")]
    assert answers == [(302, "/accesso/password/inviata/")] * 3
    work()
    assert [letter.to for letter in mail.outbox] == [[known.email]]


def test_the_same_statements_are_sent_to_the_database(client: Client) -> None:
    known = an_account()
    shapes = []
    for email in ("primo@rete.example", known.email, "nessuno@rete.example"):
        with CaptureQueriesContext(connection) as asked:
            ask(client, email)
        shapes.append([query["sql"].split("POINT")[0][:60] for query in asked])
    assert shapes[1] == shapes[2]


def test_jobs_hold_no_address(client: Client) -> None:
    known = an_account("ada@rete.example")
    ask(client, known.email)
    ask(client, "nessuno@rete.example")
    told = " ".join(str(job.args_kwargs) for job in DBTaskResult.objects.all())
    assert "@" not in told


def test_who_asks_in_english_gets_an_english_letter(client: Client) -> None:
    known = an_account()
    client.post("/en/accesso/password/", {"email": known.email})
    work()
    assert mail.outbox[0].subject == "Another password for Tavolo"
    assert "/en/accesso/password/" in mail.outbox[0].body


def test_asking_is_limited_for_an_account_and_for_an_address(client: Client) -> None:
    for _each in range(attempts.RESET_ACCOUNT.most):
        assert ask(client, "ada@rete.example")[0] == 302
    assert ask(client, "ada@rete.example")[0] == 429
    for number in range(attempts.RESET_ADDRESS.most):
        ask(client, f"persona-{number}@rete.example")
    assert ask(client, "ancora@rete.example")[0] == 429


def test_the_link_sets_a_new_password_once(client: Client, new_client) -> None:
    account = an_account()
    elsewhere = sign_in(new_client(), account)
    path = link_for(Account.objects.get(pk=account.pk))
    assert client.get(path).status_code == 200
    assert client.cookies == {}
    told = {"password1": NEW, "password2": NEW}
    assert client.post(path, told)["Location"] == "/accesso/?esito=password"
    assert elsewhere.get("/accesso/account/").status_code == 302
    assert Session.objects.count() == 0
    assert client.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 404
    sign_in(client, account, password=NEW)
    assert mail.outbox[-1].subject == "La tua password per Tavolo è cambiata"


def test_a_new_password_does_not_go_round_the_second_factor(client: Client) -> None:
    account = with_second_factor(an_account())
    client.post(link_for(account), {"password1": NEW, "password2": NEW})
    answer = client.post("/accesso/", {"login": account.email, "password": NEW})
    assert answer["Location"] == "/accesso/verifica/"


def test_a_weak_password_is_refused_and_the_link_stays(client: Client) -> None:
    account = an_account()
    path = link_for(account)
    page = client.post(path, {"password1": "password12", "password2": "password12"})
    assert page.status_code == 200
    assert client.get(path).status_code == 200


def test_every_dead_link_gives_the_same_answer(client: Client) -> None:
    account = an_account()
    path = link_for(account)
    uid, _dash, key = path.strip("/").rpartition("/")[2].partition("-")
    with time_machine.travel(clock.now().timestamp() + 3 * 60 * 60):
        late = client.get(path)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    answers = [
        late,
        client.get(path),
        client.get(f"/accesso/password/{uid}-{key[:-1]}/"),
        client.get(f"/accesso/password/zzzzzz-{key}/"),
        client.get(f"/accesso/password/zzzzzzzzzzzzzzzzzzzz-{key}/"),
        client.get(f"/accesso/password/zzzzzzzzzzzzz-{key}/"),
        client.get(f"/accesso/password/{uid}-/"[:-2] + "-x/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 7
    bodies = {re.sub(r"password/[^\"]*", "password/…", a.content.decode()) for a in answers}
    assert len(bodies) == 1


def test_no_letter_goes_to_an_account_that_was_never_activated() -> None:
    account = an_account()
    Account.objects.filter(pk=account.pk).update(is_active=False, activated_at=None)
    assert not send_reset_letter(account=account.uid)
    assert mail.outbox == []
