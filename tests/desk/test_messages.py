"""The letters of a network at the desk: list, file, story, sending again, reports of those that came back."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.messages.actions import enqueue_message, mark_bad, send_letter, send_waiting
from tavolo.messages.choices import MessageState
from tavolo.messages.composing import message_id
from tavolo.messages.models import BadAddress, Message
from tavolo.messages.plugs import letter_kinds
from tavolo.people.models import Account
from tests.conftest import SameSiteClient
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_founded_network, a_network_with_secretary
from tests.messages.carrying import Carrier
from tests.messages.reports import a_report

PLAIN = letter_kinds.get("registry.ask_outcome")
WORK = 20


@pytest.fixture
def valley(db: None) -> tuple[Network, Account]:
    network, account = a_network_with_secretary()
    Message.objects.all().delete()
    return network, with_second_factor(account)


@pytest.fixture
def network(valley: tuple[Network, Account]) -> Network:
    return valley[0]


@pytest.fixture
def secretary(valley: tuple[Network, Account]) -> Client:
    return sign_in(SameSiteClient(), valley[1])


def a_letter(network: Network | None, subject: str = "Domanda", **told: Any) -> Message:
    values = {"to": "delegata@casa.example", "text": "Com’è andata?", "by": OPERATOR}
    return send_letter(kind=PLAIN, network=network, subject=subject, **{**values, **told})


def listed(network: Network) -> str:
    return reverse("desk:messages", kwargs={"slug": network.slug})


def here(message: Message, network: Network) -> str:
    return reverse("desk:message", kwargs={"slug": network.slug, "uid": message.uid})


def test_the_latest_stands_first_and_others_are_not_told(
    secretary: Client, network: Network
) -> None:
    for subject in ("Prima", "Seconda"):
        a_letter(network, subject)
    a_letter(a_founded_network("altra", "Altra rete"), "Altrui")
    page = secretary.get(listed(network)).text
    assert 0 < page.index("Seconda") < page.index("Prima")
    assert "Altrui" not in page


def test_the_list_is_narrowed_and_taken_as_a_file(secretary: Client, network: Network) -> None:
    sent, _waits = a_letter(network, "Prima"), a_letter(network, "Seconda")
    send_waiting(Carrier(), limit=1)
    page = secretary.get(f"{listed(network)}?stato=sent&tipo=registry.ask_outcome").text
    assert ("Prima" in page, "Seconda" in page) == (True, False)
    assert "Nessuna lettera corrisponde" in secretary.get(f"{listed(network)}?stato=refused").text
    file = secretary.get(f"{listed(network)}elenco.csv?stato=sent")
    lines = b"".join(file).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert sent.recipient in lines[1]
    assert "Com’è andata?" not in lines[1]


def test_a_letter_is_told_with_its_story_and_without_its_link(
    secretary: Client, network: Network
) -> None:
    message = a_letter(network, text=f"Apri [[link:{uuid4()}]]")
    send_waiting(Carrier())
    page = secretary.get(here(message, network)).text
    assert "accettata dal server di posta" in page
    assert "[collegamento personale]" in page
    assert "/c/" not in page


def test_a_letter_is_sent_again_as_a_new_one(secretary: Client, network: Network) -> None:
    message, key = a_letter(network), str(uuid4())
    assert secretary.post(here(message, network), {"form_key": key}).status_code == 200
    send_waiting(Carrier())
    for _click in range(2):
        assert secretary.post(here(message, network), {"form_key": key}).status_code == 302
    copy = Message.objects.get(resend_of=message)
    assert (copy.subject, copy.text, copy.state) == ("Domanda", message.text, "queued")
    assert "la prima lettera" in secretary.get(here(copy, network)).text


def test_a_report_that_is_dropped_in_marks_letter_and_address(
    secretary: Client, network: Network
) -> None:
    message = a_letter(network)
    send_waiting(Carrier())
    dropped = SimpleUploadedFile("torna.eml", a_report(message_id(message), "5.1.1"))
    page = reverse("desk:message_report", kwargs={"slug": network.slug})
    assert secretary.get(page).status_code == 200
    answer = secretary.post(page, {"form_key": str(uuid4()), "file": dropped})
    assert answer.status_code == 302
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    shown = secretary.get(here(message, network)).text
    assert "tornano indietro da" in shown
    trusted = secretary.post(here(message, network), {"form_key": str(uuid4()), "trust": "1"})
    assert trusted.status_code == 302
    assert BadAddress.objects.filter(trusted_at__isnull=True).count() == 0


def test_a_report_about_the_letter_of_another_network_is_about_none(
    secretary: Client, network: Network
) -> None:
    message = a_letter(a_founded_network("altra", "Altra rete"))
    send_waiting(Carrier())
    dropped = SimpleUploadedFile("torna.eml", a_report(message_id(message), "5.1.1"))
    page = reverse("desk:message_report", kwargs={"slug": network.slug})
    answer = secretary.post(page, {"form_key": str(uuid4()), "file": dropped})
    assert "nessuna lettera spedita da qui" in answer.text
    assert BadAddress.objects.count() == 0


def test_a_stranger_finds_no_letters(network: Network) -> None:
    message = a_letter(network)
    stranger = sign_in(SameSiteClient(), with_second_factor(an_account("x@y.example")))
    pages = (listed(network), f"{listed(network)}elenco.csv", here(message, network))
    assert [stranger.get(page).status_code for page in pages] == [404, 404, 404]
    report = reverse("desk:message_report", kwargs={"slug": network.slug})
    assert stranger.post(report, {}).status_code == 404
    assert SameSiteClient().get(listed(network)).status_code == 302


def test_many_letters_cost_no_more_queries(secretary: Client, network: Network) -> None:
    a_letter(network)
    counted = [queries_of(secretary, listed(network))]
    for number in ENOUGH:
        for _each in range(number):
            a_letter(network)
        counted.append(queries_of(secretary, listed(network)))
    assert max(counted) <= WORK
    assert len(set(counted[1:])) == 1


def test_a_letter_without_a_network_is_nobody_s_to_see(secretary: Client, network: Network) -> None:
    message = enqueue_message(to="a@b.example", subject="Password", text="Segreto.")
    mark_bad("a@b.example", "5.1.1")
    assert secretary.get(here(message, network)).status_code == 404
