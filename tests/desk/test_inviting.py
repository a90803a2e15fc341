"""All who speak or act for the organisations are invited in one go, each once."""

from datetime import timedelta

import pytest
import time_machine

from tavolo.imports.actions import apply_batch
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.people.actions import accept_invitation, invite
from tavolo.people.models import OPEN, Account, Invitation, Person
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import PASSWORD, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant
from tests.registry.importing import checked

pytestmark = pytest.mark.django_db

HERE = "/lavoro/reti/valle/persone/inviti/"
HEADINGS = ("Ente", "Nome", "Cognome", "E-mail")


@pytest.fixture
def network(client):
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


def bring(network, *rows) -> None:
    batch = checked(network, HEADINGS, *rows, kind="delegates")
    apply_batch(batch=batch, by=OPERATOR)


def three(network) -> None:
    a_participant(network, "Casa")
    bring(
        network,
        ("Casa", "Ada", "Rossi", "ada@casa.example"),
        ("Casa", "Bianca", "Verdi", "bianca@casa.example"),
        ("Casa", "Carla", "Neri", ""),
    )


def chosen(client, *names: str) -> dict:
    """What the page would send with these persons chosen."""
    form = client.get(HERE).context["form"].form
    persons = [value for value, words in form.fields["persons"].choices if words.startswith(names)]
    return {"form_key": str(form["form_key"].value()), "persons": persons}


def test_all_are_invited_after_one_question(client, network, mailoutbox) -> None:
    three(network)
    mailoutbox.clear()
    sent = chosen(client, "Ada", "Bianca")
    asked = client.post(HERE, sent)
    assert (asked.status_code, len(mailoutbox)) == (200, 0)
    assert "2" in asked.context["question"].question

    answer = client.post(HERE, {**sent, "confirmed": "on"})

    assert (answer.status_code, answer["Location"]) == (302, HERE)
    assert sorted(letter.to[0] for letter in mailoutbox) == [
        "ada@casa.example",
        "bianca@casa.example",
    ]
    # The same form again, and a form from before it, send nothing.
    client.post(HERE, {**sent, "confirmed": "on"})
    client.post(HERE, {**sent, "confirmed": "on", "form_key": str(Person.objects.first().uid)})
    assert len(mailoutbox) == 2
    text = client.get(HERE).content.decode()
    assert "Carla Neri" in text
    assert Account.objects.filter(is_active=True).count() == 1


def test_who_accepted_is_not_offered_and_who_waits_gets_another_letter(
    client, network, mailoutbox
) -> None:
    three(network)
    _invitation, token = invite(email="ada@casa.example", network=network, by=OPERATOR)
    accept_invitation(token=token, given_name="Ada", family_name="Rossi", password=PASSWORD)
    first, _token = invite(email="bianca@casa.example", network=network, by=OPERATOR)
    assert chosen(client, "Ada")["persons"] == []
    again = chosen(client, "Bianca")
    assert len(again["persons"]) == 1
    client.post(HERE, {**again, "confirmed": "on"})
    second = Invitation.objects.get(OPEN, pk=first.pk)
    assert second.digest != first.digest
    assert [letter.to[0] for letter in mailoutbox].count("bianca@casa.example") == 2


def test_who_let_it_expire_is_chosen_already(client, network) -> None:
    three(network)
    with time_machine.travel(clock.now() - timedelta(days=30)):
        invite(email="ada@casa.example", network=network, by=OPERATOR)
    form = client.get(HERE).context["form"].form
    offered = dict(form.fields["persons"].choices)
    preset = [offered[value] for value in form["persons"].value()]
    assert [words.split(" · ")[0] for words in preset] == ["Bianca Verdi", "Ada Rossi"]


def test_nobody_chosen_is_said(client, network, mailoutbox) -> None:
    three(network)
    mailoutbox.clear()
    answer = client.post(HERE, {"form_key": str(network.uid)})
    assert (answer.status_code, len(mailoutbox)) == (200, 0)
    assert answer.context["form"].form.errors.keys() == {"persons"}


def test_the_stranger_finds_nothing_there(new_client, network) -> None:
    stranger = sign_in(new_client(), with_second_factor(an_account()))
    assert stranger.get(HERE).status_code == 404
    assert stranger.post(HERE, {"confirmed": "on"}).status_code == 404
    assert new_client().get(HERE).status_code == 302


def test_persons_cost_no_queries(client, network) -> None:
    counts, made = [], 0
    a_participant(network, "Casa")
    for enough in ENOUGH:
        rows = [("Casa", "Ada", f"Rossi{n}", f"a{n}@casa.example") for n in range(made, enough)]
        bring(network, *rows)
        made = enough
        counts.append(queries_of(client, HERE))
    assert counts[0] == counts[1] == counts[2] <= 20
