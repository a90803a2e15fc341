"""Letters of a kind: who lets them out, when they leave, what they never say."""

import logging
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from icalendar import Calendar

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Network
from tavolo.messages.actions import (
    gather_waiting,
    make_link,
    resend,
    send_letter,
    send_waiting,
    wish_gathering,
)
from tavolo.messages.calendars import Appointment, many_lines
from tavolo.messages.choices import LinkUse, MessageState
from tavolo.messages.composing import letter_of
from tavolo.messages.errors import (
    NoAddressKnown,
    NobodySends,
    NotTakenError,
    NotToBeResent,
    UnusableHeader,
    UnusableRecipient,
)
from tavolo.messages.models import Message, MessageEvent, SignedLink
from tavolo.messages.plugs import LetterKind, letter_kinds
from tavolo.messages.rules import ALWAYS, Quiet, leaves_at
from tavolo.messages.settings import QUIET_HOURS, read_quiet
from tavolo.messages.tokens import address_of, mark_of, token_of
from tavolo.people.actions import erase_person
from tavolo.people.models import Account
from tests.factories.people import a_network, a_person, an_account, secretary_of
from tests.messages.carrying import Carrier

pytestmark = pytest.mark.django_db

PLAIN = LetterKind("test.plain", "Domanda")
URGENT = letter_kinds.get("account")
WAITS = LetterKind("test.waits", "Può aspettare", gathers=True)
RULED = LetterKind("test.ruled", "Promemoria", rule="manca una settimana alla scadenza")
BARE = LetterKind(
    "test.bare",
    "Senza contenuto",
    without_content=True,
    subject="Hai un messaggio",
    text="Accedi per leggerlo.",
)
# In November Rome is an hour before Greenwich.
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def marta() -> Account:
    return an_account("marta@casa.example", "Marta", "Longhi")


class Purpose:
    key, label, uses = "test.answer", "Rispondere", LinkUse.ANSWER
    page = form = act = None


def a_letter(network: Network | None, to: Any = "delegata@casa.example", **told: Any) -> Message:
    values = {"kind": URGENT, "subject": "Domanda", "text": "Com’è andata?", "by": OPERATOR}
    return send_letter(to=to, network=network, **{**values, **told})


def sent() -> EmailMessage:
    carrier = Carrier()
    assert send_waiting(carrier) == 1
    return carrier.letters[0]


def parts(letter: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in letter.walk() if not part.is_multipart()]


def test_a_letter_goes_under_the_name_of_its_network(network: Network, marta: Account) -> None:
    message = a_letter(network, marta.person, about=uuid4())
    assert (message.person, message.recipient) == (marta.person, "marta@casa.example")
    letter = sent()
    assert letter["From"] == "Rete della valle <tavolo@localhost>"
    assert letter["To"] == "marta@casa.example"


def test_a_letter_has_text_and_the_same_as_a_plain_page(network: Network) -> None:
    a_letter(network, text="<b>Uno</b> & due\n\nVedi https://rete.example/a?b=1&c=2.\n")
    letter = sent()
    assert parts(letter) == ["text/plain", "text/html"]
    html = letter.get_body(("html",))
    assert html is not None
    page = html.get_content()
    assert "&lt;b&gt;Uno&lt;/b&gt; &amp; due" in page
    assert '<a href="https://rete.example/a?b=1&amp;c=2">' in page
    assert not any(word in page for word in ("<img", "<script", "style", "src="))


def test_whoever_has_no_address_gets_no_letter(network: Network) -> None:
    with pytest.raises(NoAddressKnown):
        a_letter(network, a_person())
    with pytest.raises(UnusableRecipient):
        a_letter(network, f"a@{'x' * 64}.example")


def test_a_domain_with_accents_is_written_as_servers_know_it(network: Network) -> None:
    a_letter(network, "segreteria@città.example")
    assert sent()["To"] == "segreteria@xn--citt-3na.example"


def test_nothing_leaves_before_a_person_sends_it(network: Network) -> None:
    for by in (None, ANONYMOUS):
        with pytest.raises(NobodySends):
            a_letter(network, kind=PLAIN, by=by)
    assert Message.objects.count() == 0


def test_what_a_rule_sends_says_so(network: Network) -> None:
    message = a_letter(network, kind=RULED, by=None)
    assert (message.rule, message.sent_by) == ("test.ruled", None)
    assert message.text.splitlines()[-1] == (
        "Questo promemoria è inviato da una regola, non da una persona: "
        "manca una settimana alla scadenza."
    )
    by_hand = a_letter(network, kind=RULED, by=OPERATOR)
    assert (by_hand.rule, by_hand.text) == ("", "Com’è andata?\n")


@pytest.mark.parametrize(
    "subject",
    ["Ciao\r\nBcc: altra@rete.example", "Ciao\nX: y", "Ciao\x00", "Ciao\u2028Bcc: a@b.example"],
)
def test_a_subject_of_two_lines_is_refused(network: Network, subject: str) -> None:
    with pytest.raises(UnusableHeader):
        a_letter(network, subject=subject)
    assert Message.objects.count() == 0


def test_the_name_of_a_network_cannot_become_a_header(network: Network) -> None:
    Network.objects.update(name='Rete", <altra@rete.example>,\tvalle; "')
    network.refresh_from_db()
    with pytest.raises(UnusableHeader):
        a_letter(network)
    Network.objects.update(name='Rete", <altra@rete.example>, "valle')
    network.refresh_from_db()
    a_letter(network)
    letter = sent()
    assert [address.addr_spec for address in letter["From"].addresses] == ["tavolo@localhost"]
    assert letter["Bcc"] is None


WORDS = "Parole che nessuno deve leggere"


def test_a_kind_without_content_keeps_no_word_of_its_caller(
    network: Network, marta: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    Network.objects.update(name=WORDS)
    network.refresh_from_db()
    message = a_letter(
        network,
        marta.person,
        kind=BARE,
        subject=WORDS,
        text=WORDS,
        about=uuid4(),
        calendar=an_appointment(title=WORDS),
    )
    fault = NotTakenError(f"550 5.7.1 {WORDS}", final=True, code="550 5.7.1")
    carrier = Carrier(fault)
    send_waiting(carrier)
    told = [str(row) for row in Message.objects.values_list()]
    told += [str(row) for row in MessageEvent.objects.values_list()]
    told += [str(row) for row in Entry.objects.values_list()]
    told += [caplog.text, bytes(letter_of(message)).decode()]
    assert [line for line in told if WORDS in line] == []
    row = Message.objects.get()
    assert (row.subject, row.text) == ("Hai un messaggio", "Accedi per leggerlo.\n")
    assert (row.about, row.calendar, row.fault) == (None, "", "550 5.7.1")


def test_a_kind_without_content_has_fixed_words_and_another_has_none() -> None:
    with pytest.raises(ValueError, match="fixed words"):
        LetterKind("test.a", "A", without_content=True)
    with pytest.raises(ValueError, match="fixed words"):
        LetterKind("test.b", "B", subject="x", text="y")


@pytest.mark.parametrize("more", [{"urgent": True}, {"gathers": True}])
def test_a_kind_without_content_keeps_the_quiet_hours_and_leaves_alone(
    network: Network, settings: Any, more: dict[str, bool]
) -> None:
    with pytest.raises(ValueError, match="quiet hours"):
        LetterKind("test.c", "C", without_content=True, subject="x", text="y", **more)
    settings.TAVOLO_EMAIL_URL = "smtp://posta.example"
    with time_machine.travel(EVENING, tick=False):
        a_letter(network, kind=BARE)
        assert send_waiting(Carrier()) == 0
    with time_machine.travel(EVENING + timedelta(hours=10), tick=False):
        assert send_waiting(Carrier()) == 1


def test_a_link_is_written_only_into_the_letter_that_leaves(
    network: Network, marta: Account
) -> None:
    link = a_link(network, marta)
    foreign = uuid4()
    message = a_letter(
        network, marta.person, text=f"{mark_of(link.uid)} {mark_of(foreign)}", links=[link]
    )
    assert token_of(link.uid) not in message.text
    text = sent().get_body(("plain",))
    assert text is not None
    assert text.get_content().split() == [address_of(token_of(link.uid))]
    # A kind without content carries its link all the same.
    bare = a_letter(network, marta.person, kind=BARE, links=[a_link(network, marta)])
    assert bare.text.count("[[link:") == 1


def a_link(network: Network, to: Account) -> SignedLink:
    return make_link(
        purpose=Purpose(),  # type: ignore[arg-type]
        subject=uuid4(),
        person=to.person,
        network=network,
        expires=clock.now() + timedelta(days=1),
        by=OPERATOR,
    )


def test_after_our_key_was_changed_a_letter_still_carries_a_link_that_opens(
    network: Network, marta: Account, settings: Any
) -> None:
    link = a_link(network, marta)
    a_letter(network, marta.person, text=mark_of(link.uid), links=[link])
    before = link.digest
    settings.SECRET_KEY = "another"
    sent()
    link.refresh_from_db()
    assert link.digest != before


def an_appointment(**told: Any) -> Appointment:
    values = {
        "uid": uuid4(),
        "sequence": 2,
        "title": "Riunione; di lunedì, ore 15",
        "begins": NOON,
        "ends": NOON + timedelta(hours=2),
        "place": "Sala consiliare",
        "details": "Ordine del giorno:\r\n1. Saluti\x07",
        "organiser": 'Rete "valle"',
    }
    return Appointment(**{**values, **told})


def test_an_invitation_is_read_by_calendars(network: Network) -> None:
    told = an_appointment()
    a_letter(network, calendar=told)
    letter = sent()
    assert parts(letter) == ["text/plain", "text/html", "text/calendar", "text/calendar"]
    (part,) = letter.iter_attachments()
    assert (part.get_filename(), part.get_param("method")) == ("appuntamento.ics", "REQUEST")
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert event["UID"] == f"{told.uid}@localhost"
    assert (event["SEQUENCE"], event["SUMMARY"], event["STATUS"]) == (2, told.title, "CONFIRMED")
    assert event.decoded("DTSTART") == NOON
    assert event["ATTENDEE"] == "mailto:delegata@casa.example"
    assert event["DESCRIPTION"] == "Ordine del giorno:\n1. Saluti"


def test_what_does_not_take_place_is_taken_out_of_calendars(network: Network) -> None:
    message = a_letter(network, calendar=an_appointment(cancelled=True, place="", details=""))
    assert "METHOD:CANCEL" in message.calendar
    assert "STATUS:CANCELLED" in message.calendar


@pytest.mark.parametrize("field", ["title", "place", "organiser"])
def test_a_field_of_a_calendar_cannot_become_another(network: Network, field: str) -> None:
    with pytest.raises(UnusableHeader):
        a_letter(network, calendar=an_appointment(**{field: "Sala\r\nATTENDEE:mailto:a@b.example"}))
    assert many_lines("a\r\nb\rc\td\x00") == "a\nb\nc\td"


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        (NOON, NOON),
        (EVENING, datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 6, 30, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), datetime(2026, 11, 24, 6, 30, tzinfo=UTC)),
        # The night in which the clocks go forward, and that in which they go back.
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), datetime(2026, 3, 29, 5, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 30, tzinfo=UTC)),
    ],
)
def test_in_quiet_hours_a_letter_waits_for_the_morning(at: datetime, leaves: datetime) -> None:
    assert leaves_at(at, QUIET_HOURS.default) == leaves
    assert leaves_at(at, ALWAYS) == at


def test_quiet_hours_within_a_day_and_words_that_are_none() -> None:
    assert leaves_at(NOON, Quiet(time(11), time(13))) == NOON + timedelta(hours=1)
    assert read_quiet("22:00-06:00") == Quiet(time(22), time(6))
    assert not QUIET_HOURS.accepts("mai")


def test_in_the_evening_only_what_is_urgent_leaves(network: Network, settings: Any) -> None:
    settings.TAVOLO_EMAIL_URL = "smtp://posta.example"
    with time_machine.travel(EVENING, tick=False):
        waits = a_letter(network, kind=PLAIN)
        a_letter(network, kind=URGENT)
        a_letter(None, kind=PLAIN)
        # Whoever wrote by herself, without a network, is not kept waiting.
        assert send_waiting(Carrier()) == 2
    assert waits.not_before == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    with time_machine.travel(EVENING + timedelta(days=1), tick=False):
        # The worker stood still all day: it is evening again.
        assert send_waiting(Carrier()) == 0
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert send_waiting(Carrier()) == 1


def test_letters_that_can_wait_become_one_at_her_hour(network: Network, marta: Account) -> None:
    hers = Actor(marta.person.uid)
    with time_machine.travel(NOON, tick=False):
        wish_gathering(person=marta.person, hour=18, by=hers)
        links = [a_link(network, marta) for _each in range(2)]
        rows = [
            a_letter(
                network, marta.person, kind=WAITS, subject=f"Domanda {number}",
                text=mark_of(link.uid), links=[link],
            )
            for number, link in enumerate(links)
        ]  # fmt: skip
        a_letter(network, marta.person, kind=URGENT)
        assert (gather_waiting(), send_waiting(Carrier())) == (0, 1)
    with time_machine.travel(datetime(2026, 11, 23, 17, 0, tzinfo=UTC), tick=False):
        assert (gather_waiting(), gather_waiting()) == (1, 0)
        letter = sent()
    assert letter["Subject"] == "Rete della valle: 2 lettere di oggi"
    body = letter.get_body(("plain",))
    assert body is not None
    told = body.get_content()
    assert [address_of(token_of(link.uid)) in told for link in links] == [True, True]
    assert "inviato da una regola" in told
    assert [Message.objects.get(pk=row.pk).state for row in rows] == [MessageState.GATHERED] * 2
    with pytest.raises(NotToBeResent):
        resend(message=rows[0], by=OPERATOR)


def test_one_alone_leaves_as_it_is_and_a_wish_is_taken_back(
    network: Network, marta: Account
) -> None:
    hers = Actor(marta.person.uid)
    with time_machine.travel(NOON, tick=False):
        wish_gathering(person=marta.person, hour=18, by=hers)
        a_letter(network, marta.person, kind=WAITS)
    with time_machine.travel(NOON + timedelta(hours=6), tick=False):
        assert (gather_waiting(), send_waiting(Carrier())) == (0, 1)
        a_letter(network, marta.person, kind=WAITS)
        wish_gathering(person=marta.person, hour=None, by=hers)
        assert send_waiting(Carrier()) == 1
    for by in (OPERATOR, Actor(uuid4()), Actor(marta.person.uid, acting_for=uuid4())):
        with pytest.raises(NotAllowed):
            wish_gathering(person=marta.person, hour=9, by=by)


def test_it_is_sent_again_to_the_address_that_she_has_now(network: Network, marta: Account) -> None:
    link = a_link(network, marta)
    message = a_letter(network, marta.person, kind=PLAIN, text=mark_of(link.uid), links=[link])
    with pytest.raises(NotToBeResent):
        resend(message=message, by=OPERATOR)
    send_waiting(Carrier())
    Account.objects.filter(pk=marta.pk).update(email="nuova@casa.example")
    secretary = secretary_of(network)
    again = resend(message=message, by=secretary)
    assert (again.recipient, again.resend_of, again.sent_by) == (
        "nuova@casa.example",
        message,
        secretary.person,
    )
    link.refresh_from_db()
    assert link.message == again
    for by in (ANONYMOUS, secretary_of(a_network("altra", "Altra"))):
        with pytest.raises(NotAllowed):
            resend(message=message, by=by)


def test_what_was_erased_is_not_sent_again(network: Network, marta: Account) -> None:
    message = a_letter(network, kind=PLAIN)
    send_waiting(Carrier())
    Message.objects.update(text="")
    with pytest.raises(NotToBeResent):
        resend(message=message, by=OPERATOR)


def test_an_invitation_that_left_is_emptied_and_renewed_instead(network: Network) -> None:
    message = a_letter(network, kind=URGENT)
    send_waiting(Carrier())
    message.refresh_from_db()
    assert (message.subject, message.text) == ("Domanda", "")
    Message.objects.update(state=MessageState.REFUSED, text="Apri il collegamento.")
    with pytest.raises(NotToBeResent):
        resend(message=message, by=OPERATOR)


def test_who_has_her_data_erased_leaves_no_letter_and_no_open_link(
    network: Network, marta: Account
) -> None:
    link = a_link(network, marta)
    wish_gathering(person=marta.person, hour=9, by=Actor(marta.person.uid))
    a_letter(network, marta.person, kind=WAITS, links=[link])
    erase_person(person=marta.person, by=OPERATOR)
    assert Message.objects.filter(person=marta.person).count() == 0
    link.refresh_from_db()
    assert link.revoked_at is not None
