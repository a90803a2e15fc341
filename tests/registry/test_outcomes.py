"""What became of a commitment: asked by letter, answered by a link without an account."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed, NotFound
from tavolo.kernel.models import AnnouncedFact, FormKey, Network
from tavolo.messages.actions import revoke_links
from tavolo.messages.models import Message, MessageEvent, SignedLink
from tavolo.messages.queries import deliveries_of, link_by
from tavolo.messages.tokens import MARK, digest_of, token_of
from tavolo.people.models import Account
from tavolo.registry.actions import add_commitment, ask_outcome, take_step
from tavolo.registry.choices import CommitmentState
from tavolo.registry.errors import NobodyToAsk, TermPassed
from tavolo.registry.models import Commitment, CommitmentStep, Organisation
from tests.conftest import SameSiteClient
from tests.factories.counting import queries_of
from tests.factories.in_office import a_representation
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant

TODAY = clock.today()
UNTIL = TODAY + timedelta(days=14)
EMAIL = "delegata@casa.example"


@pytest.fixture
def valley(db: None) -> tuple[Network, Account]:
    network, account = a_network_with_secretary()
    return network, with_second_factor(account)


@pytest.fixture
def network(valley: tuple[Network, Account]) -> Network:
    return valley[0]


@pytest.fixture
def secretary(valley: tuple[Network, Account]) -> Client:
    return sign_in(SameSiteClient(), valley[1])


@pytest.fixture
def owner(network: Network) -> Organisation:
    return a_participant(network, "Casa dei Sentieri")


@pytest.fixture
def delegate(owner: Organisation) -> Account:
    account = an_account(EMAIL, "Marta", "Longhi")
    a_representation(owner, account.person, since="2020")
    return account


@pytest.fixture
def commitment(network: Network, owner: Organisation) -> Commitment:
    return add_commitment(
        network=network, name="Aprire uno sportello", owner=owner, due=TODAY, by=OPERATOR
    )


def asked(commitment: Commitment, *people: Account) -> SignedLink:
    ask_outcome(
        commitment=commitment, persons=[one.person.uid for one in people], until=UNTIL, by=OPERATOR
    )
    return SignedLink.objects.get()


def here(link: SignedLink) -> str:
    return reverse("messages:answer", kwargs={"token": token_of(link.uid)})


def an_answer(client: Client, link: SignedLink, outcome: str = "done", **told: str) -> int:
    values = {"outcome": outcome, "on": TODAY.isoformat(), "note": "Aperto in marzo."}
    return client.post(here(link), {"form_key": str(uuid4()), **values, **told}).status_code


def test_a_letter_goes_to_each_with_a_link_of_her_own(
    commitment: Commitment, delegate: Account
) -> None:
    link = asked(commitment, delegate)
    message = Message.objects.get(kind="registry.ask_outcome")
    assert (message.recipient, message.about, message.person) == (
        EMAIL,
        commitment.uid,
        delegate.person,
    )
    assert message.subject == "Com’è andata: Aprire uno sportello"
    assert MARK.findall(message.text) == [str(link.uid)]
    assert link.message == message
    entry = Entry.objects.get(action="registry.outcome_asked")
    assert entry.subject_uid == commitment.uid
    assert AnnouncedFact.objects.filter(key="registry.OutcomeAsked").count() == 1


def test_neither_the_link_nor_its_secret_lies_in_the_database(
    commitment: Commitment, delegate: Account
) -> None:
    link = asked(commitment, delegate)
    token = token_of(link.uid)
    told = [str(row) for row in Message.objects.values_list()]
    told += [str(row) for row in SignedLink.objects.values_list()]
    assert an_answer(SameSiteClient(), link) == 302
    told += [str(row) for row in FormKey.objects.values_list()]
    assert [row for row in told if token in row] == []
    assert link.digest == digest_of(token)


def test_who_does_not_speak_for_it_is_not_asked(commitment: Commitment, delegate: Account) -> None:
    for uid in (an_account().person.uid, a_person().uid):
        with pytest.raises(NobodyToAsk):
            ask_outcome(commitment=commitment, persons=[uid], until=UNTIL, by=OPERATOR)
    with pytest.raises(NobodyToAsk):
        ask_outcome(commitment=commitment, persons=[], until=UNTIL, by=OPERATOR)
    with pytest.raises(TermPassed):
        ask_outcome(
            commitment=commitment,
            persons=[delegate.person.uid],
            until=TODAY - timedelta(days=1),
            by=OPERATOR,
        )
    with pytest.raises(NotAllowed):
        ask_outcome(commitment=commitment, persons=[delegate.person.uid], until=UNTIL, by=ANONYMOUS)
    assert Message.objects.filter(kind="registry.ask_outcome").count() == 0


def test_opening_the_link_changes_nothing_however_often(
    commitment: Commitment, delegate: Account
) -> None:
    link, scanner = asked(commitment, delegate), SameSiteClient()
    before = state_of_all()
    for method in (scanner.get, scanner.head, scanner.get):
        answer = method(here(link), HTTP_PURPOSE="prefetch", HTTP_SEC_PURPOSE="prefetch")
        assert answer.status_code == 200
    assert scanner.options(here(link)).status_code == 405
    assert state_of_all() == before
    assert scanner.cookies == {}
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def state_of_all() -> list[object]:
    models = (SignedLink, Message, MessageEvent, Commitment, CommitmentStep, Entry, AnnouncedFact)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_answer_is_a_step_of_that_person(commitment: Commitment, delegate: Account) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    assert an_answer(phone, link, address="https://casa.example/sportello") == 302
    step = CommitmentStep.objects.order_by("-id")[0]
    assert (step.state, step.person, step.note, step.address) == (
        CommitmentState.DONE,
        delegate.person,
        "Aperto in marzo.",
        "https://casa.example/sportello",
    )
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.DONE
    told = deliveries_of([commitment.uid])[commitment.uid]
    assert [event.kind for event in told[0].events] == ["queued", "answered"]
    entry = Entry.objects.filter(action="registry.commitment_moved").latest("id")
    assert entry.actor == str(delegate.person.uid)
    assert "Grazie" in phone.get(f"{here(link)}?risposto=1").text


def test_until_the_term_the_last_answer_counts(commitment: Commitment, delegate: Account) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    for outcome in ("done", "partly", "in_progress", "not"):
        assert an_answer(phone, link, outcome, note=f"Detto: {outcome}.") == 302
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.IN_PROGRESS
    notes = list(CommitmentStep.objects.order_by("id").values_list("note", flat=True))
    assert notes == [
        "",
        "Detto: done.",
        "Detto: partly.",
        "Detto: in_progress.",
        "Non fatto: Detto: not.",
    ]
    link.refresh_from_db()
    assert link.answers == 4
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        assert an_answer(phone, link) == 410
        assert "Il tempo per rispondere è scaduto" in phone.get(here(link)).text


def test_what_was_called_done_and_is_not_is_open_again(
    commitment: Commitment, delegate: Account
) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    assert (an_answer(phone, link, "done"), an_answer(phone, link, "not")) == (302, 302)
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.OPEN


def test_a_double_click_answers_once(commitment: Commitment, delegate: Account) -> None:
    link, phone, key = asked(commitment, delegate), SameSiteClient(), str(uuid4())
    assert [an_answer(phone, link, form_key=key) for _click in range(2)] == [302, 302]
    assert CommitmentStep.objects.count() == 2


def test_who_has_read_it_and_waits_is_noted(commitment: Commitment, delegate: Account) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    answer = phone.post(here(link), {"later": "1"}, follow=True)
    assert "Abbiamo annotato che hai letto" in answer.text
    told = deliveries_of([commitment.uid])[commitment.uid]
    assert [event.kind for event in told[0].events] == ["queued", "link_opened"]


def test_another_site_cannot_answer(commitment: Commitment, delegate: Account) -> None:
    link = asked(commitment, delegate)
    for foreign in (Client(), Client(HTTP_ORIGIN="https://altrove.example")):
        assert an_answer(foreign, link) == 403
    assert CommitmentStep.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"note": ""}, "Questo campo è obbligatorio"),
        ({"outcome": "forse"}, "Fai una scelta valida"),
        ({"on": (TODAY + timedelta(days=2)).isoformat()}, "deve ancora venire"),
        ({"address": "javascript:alert(1)"}, "Scrivi l’indirizzo per intero"),
    ],
)
def test_an_answer_that_cannot_be_is_said_beside_its_field(
    commitment: Commitment, delegate: Account, values: dict[str, str], told: str
) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    data = {"outcome": "done", "on": TODAY.isoformat(), "note": "Fatto."}
    answer = phone.post(here(link), {"form_key": str(uuid4()), **data, **values})
    assert answer.status_code == 200
    assert "tv-errors" in answer.text
    assert CommitmentStep.objects.count() == 1


def test_a_link_that_was_revoked_or_never_made_opens_nothing(
    commitment: Commitment, delegate: Account
) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    assert phone.get(reverse("messages:answer", kwargs={"token": "x" * 43})).status_code == 404
    with pytest.raises(NotFound):
        link_by("x" * 43)
    assert revoke_links(subject=commitment.uid, by=OPERATOR) == 1
    assert revoke_links(subject=commitment.uid, by=OPERATOR) == 0
    answer = phone.get(here(link))
    assert (answer.status_code, "ritirato" in answer.text) == (410, True)
    assert an_answer(phone, link) == 410


def test_what_was_dropped_needs_no_answer(commitment: Commitment, delegate: Account) -> None:
    link = asked(commitment, delegate)
    take_step(commitment=commitment, version=1, state="dropped", note="Non serve più.", by=OPERATOR)
    assert SameSiteClient().get(here(link)).status_code == 410


def test_who_speaks_for_it_no_more_answers_no_more(
    commitment: Commitment, owner: Organisation
) -> None:
    account = an_account(EMAIL, "Marta", "Longhi")
    a_representation(owner, account.person, since="2020", until=TODAY)
    link, phone = asked(commitment, account), SameSiteClient()
    assert phone.get(here(link)).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=2)):
        answer = phone.get(here(link))
        assert (answer.status_code, "Aprire uno sportello" in answer.text) == (410, False)
        assert an_answer(phone, link) == 410
    assert CommitmentStep.objects.filter(person=account.person).count() == 0


def test_the_secretary_asks_and_sees_what_came(
    secretary: Client, commitment: Commitment, delegate: Account
) -> None:
    page = reverse("registry:ask_outcome", kwargs={"uid": commitment.uid})
    shown = secretary.get(page)
    assert EMAIL in shown.text
    key = re.search(r'name="form_key" value="([^"]+)"', shown.text)
    assert key is not None
    values = {"form_key": key[1], "persons": str(delegate.person.uid), "until": UNTIL.isoformat()}
    assert secretary.post(page, {**values, "words": "Grazie!"}).status_code == 302
    assert secretary.post(page, {**values, "words": "Grazie!"}).status_code == 302
    message = Message.objects.get(kind="registry.ask_outcome")
    assert "Grazie!" in message.text
    story = secretary.get(reverse("registry:commitment", kwargs={"uid": commitment.uid})).text
    assert "Marta Longhi" in story


def test_a_stranger_finds_nothing_to_ask(commitment: Commitment, delegate: Account) -> None:
    page = reverse("registry:ask_outcome", kwargs={"uid": commitment.uid})
    stranger = sign_in(SameSiteClient(), with_second_factor(an_account("x@y.example")))
    assert (stranger.get(page).status_code, stranger.post(page).status_code) == (404, 404)


def test_the_page_of_a_link_takes_few_queries(commitment: Commitment, delegate: Account) -> None:
    link, phone = asked(commitment, delegate), SameSiteClient()
    assert queries_of(phone, here(link)) <= 12
