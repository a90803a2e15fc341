"""Who is named on a public page asks for a correction, by a form that knows nobody and no third party."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.models import FormKey, Network
from tavolo.people.actions import answer_request, receive_request
from tavolo.people.errors import AlreadyAnswered, AnswerMissing, NameMissing
from tavolo.people.forms.correction import a_stamp
from tavolo.people.models import CorrectionRequest, Session
from tavolo.people.pages import network_of, path_of
from tests.factories.people import a_network, secretary_of

pytestmark = pytest.mark.django_db
PAGE = "/dati-personali/"
TOLD = {
    "page": "/accessibilita/",
    "wish": "correction",
    "name": "Ada  Segreta",
    "email": "Ada@Segreta.example",
    "words": "Non sono più delegata.",
}


def sent(client: Client, *, after: int = 10, **changes: str):
    """The form, filled in and sent so many seconds after it was shown."""
    told = {**TOLD, "form_key": str(uuid4()), "stamp": a_stamp(), **changes}
    with time_machine.travel(clock.now() + timedelta(seconds=after), tick=False):
        return client.post(PAGE, told)


def asked(**changes: str) -> CorrectionRequest:
    told = {"page": "", "wish": "removal", "name": "Ada", "email": "ada@x.example", "text": "via"}
    return receive_request(**{**told, **changes}, by=ANONYMOUS)  # type: ignore[arg-type]


def test_a_request_is_kept_with_its_network_and_answered_by_a_receipt(
    client: Client, network: Network
) -> None:
    answer = sent(client)
    row = CorrectionRequest.objects.get()
    assert (row.network, row.page, row.wish) == (network, "/accessibilita/", "correction")
    assert (row.name, row.email, row.words) == ("Ada Segreta", "ada@segreta.example", TOLD["words"])
    assert re.fullmatch(r"\d{4}-[2-9A-Z]{8}", row.code)
    assert answer["Location"] == f"{PAGE}{row.code}/"
    receipt = client.get(answer["Location"]).content.decode()
    assert row.code in receipt
    assert not [word for word in ("Ada", "Segreta", "delegata") if word in receipt]
    assert [letter.to for letter in mail.outbox] == [["ada@segreta.example"]]
    assert row.code in mail.outbox[0].subject
    assert "delegata" not in mail.outbox[0].body


def test_no_cookie_is_set_and_the_journal_says_only_that_it_came(
    client: Client, network: Network
) -> None:
    client.get(PAGE)
    sent(client)
    assert not client.cookies
    assert Session.objects.count() == 0
    entry = Entry.objects.get(action="people.correction_requested")
    assert (entry.actor, entry.network) == ("anonymous", network)
    assert not EntryValue.objects.filter(entry=entry).exists()


def test_sent_twice_it_is_one(client: Client, network: Network) -> None:
    key = str(uuid4())
    first, second = sent(client, form_key=key), sent(client, form_key=key)
    assert first["Location"] == second["Location"]
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "after"),
    [({"website": "http://x.example"}, 10), ({}, 1), ({"stamp": "x"}, 10), ({}, 90_000)],
)
def test_what_a_program_sends_is_refused_and_what_was_typed_stays(
    client: Client, network: Network, changes: dict[str, str], after: int
) -> None:
    answer = sent(client, after=after, **changes)
    assert answer.status_code == 200
    assert "Non sono più delegata." in answer.content.decode()
    assert CorrectionRequest.objects.count() == FormKey.objects.count() == 0


def test_after_a_day_the_page_can_be_sent_again_as_it_stands(
    client: Client, network: Network
) -> None:
    page = sent(client, after=90_000).content.decode()
    stamp = re.findall(r'name="stamp" value="([^"]+)"', page)[0]
    with time_machine.travel(clock.now() + timedelta(seconds=90_010), tick=False):
        answer = client.post(PAGE, {**TOLD, "form_key": str(uuid4()), "stamp": stamp})
    assert answer.status_code == 302


def test_one_e_mail_is_not_flooded(client: Client, network: Network) -> None:
    statuses = [sent(client).status_code for _each in range(6)]
    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_form_from_another_site_is_refused(client: Client, network: Network) -> None:
    answer = client.post(PAGE, TOLD, headers={"origin": "https://other.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/accessibilita/", "/accessibilita/"),
        ("/en/accessibilita/", "/accessibilita/"),
        ("http://testserver/privacy/?a=b", ""),
        ("https://other.example/privacy/", ""),
        ("//other.example/privacy/", ""),
        ("/nowhere/", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_addresses_of_ours_are_pages(address: str, path: str) -> None:
    assert path_of(address) == path


def test_the_whole_address_of_this_site_is_a_page(settings) -> None:
    settings.TAVOLO_BASE_URL = "https://rete.example"
    assert path_of("https://rete.example/privacy/?a=b#c") == "/privacy/"


def test_the_page_is_filled_in_from_the_address(client: Client) -> None:
    told = client.get(PAGE, {"pagina": "/accessibilita/"}).content.decode()
    assert 'value="/accessibilita/"' in told
    foreign = client.get(PAGE, {"pagina": "https://other.example/"}).content.decode()
    assert "other.example" not in foreign.split("<main")[1].split("</main")[0]


def test_a_foreign_page_is_refused_beside_its_field(client: Client, network: Network) -> None:
    assert 'aria-invalid="true"' in sent(client, page="https://other.example/").content.decode()


def test_of_several_networks_the_page_says_which_and_else_nobody_but_the_operator() -> None:
    valley, hill = a_network(), a_network("colle", "Rete del colle")
    assert network_of("/reti/colle/") == hill
    assert network_of("/lavoro/reti/valle/") == valley
    assert network_of("/accessibilita/") is None
    assert network_of("/reti/altrove/") is None
    assert network_of("") is None


def test_a_receipt_that_is_not_there_is_absent(client: Client) -> None:
    assert client.get(f"{PAGE}2026-AAAAAAAA/").status_code == 404


def test_a_name_is_needed(db: None) -> None:
    with pytest.raises(NameMissing):
        asked(name="  ")


class TestAnswering:
    def test_who_asked_reads_the_answer(self, network: Network) -> None:
        row = asked(page="/reti/valle/")
        done = answer_request(
            request=row, version=1, state="removed", answer=" Tolto. ", by=secretary_of(network)
        )
        assert (done.state, done.answer, done.version) == ("removed", "Tolto.", 2)
        assert done.answered_at is not None
        assert mail.outbox[-1].to == ["ada@x.example"]
        assert "Tolto." in mail.outbox[-1].body
        entry = Entry.objects.get(action="people.correction_answered")
        assert (entry.network, entry.values) == (network, {"state": "removed"})

    @pytest.mark.parametrize(
        ("state", "answer"), [("waiting", "x"), ("nothing", "x"), ("removed", "  ")]
    )
    def test_an_answer_says_something(self, network: Network, state: str, answer: str) -> None:
        with pytest.raises(AnswerMissing):
            answer_request(request=asked(), version=1, state=state, answer=answer, by=OPERATOR)

    def test_it_is_answered_once(self, network: Network) -> None:
        row, told = asked(), {"state": "declined", "answer": "No."}
        answer_request(request=row, version=1, by=OPERATOR, **told)
        with pytest.raises(AlreadyAnswered):
            answer_request(request=row, version=2, by=OPERATOR, **told)

    def test_who_looked_at_another_version_is_told(self, network: Network) -> None:
        with pytest.raises(StaleVersion):
            answer_request(request=asked(), version=7, state="removed", answer="x", by=OPERATOR)

    def test_nobody_else_answers(self, network: Network) -> None:
        row, elsewhere = asked(), secretary_of(a_network("colle"))
        for actor in (ANONYMOUS, Actor(person=uuid4()), elsewhere):
            with pytest.raises(NotAllowed):
                answer_request(request=row, version=1, state="removed", answer="x", by=actor)

    def test_what_concerns_no_network_is_the_operator_s(self) -> None:
        valley = a_network()
        a_network("colle")
        row = asked()
        assert row.network is None
        with pytest.raises(NotAllowed):
            answer_request(
                request=row, version=1, state="removed", answer="x", by=secretary_of(valley)
            )
        answer_request(request=row, version=1, state="removed", answer="x", by=OPERATOR)


def test_the_page_is_asked_with_few_queries(
    client: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client.get(PAGE)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(PAGE)
