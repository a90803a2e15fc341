"""Letters that came back: reports as mail servers write them, and those that somebody made up."""

from uuid import uuid4

import pytest

from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.messages.actions import send_waiting, take_report, trust_address
from tavolo.messages.actions.outbox import enqueue_message
from tavolo.messages.choices import MessageState
from tavolo.messages.composing import message_id
from tavolo.messages.errors import NotAReport, UnknownLetter
from tavolo.messages.models import BadAddress, Message, MessageEvent
from tavolo.messages.queries import bad_addresses
from tavolo.messages.reports import LARGEST, Report, read_report
from tests.factories.people import a_network, secretary_of
from tests.messages.carrying import Carrier
from tests.messages.reports import a_plain_report, a_report

ADDRESS = "delegata@casa.example"


@pytest.fixture
def message(db: None) -> Message:
    network = a_network()
    row = enqueue_message(to=ADDRESS, subject="Domanda", text="Sì?", network=network)
    send_waiting(Carrier())
    row.refresh_from_db()
    return row


def take(content: bytes) -> Message:
    return take_report(content=content, by=OPERATOR)


def story(message: Message) -> list[tuple[str, str]]:
    return list(
        MessageEvent.objects.filter(message=message).order_by("id").values_list("kind", "detail")
    )


BEFORE = [("queued", ""), ("sent", "")]


@pytest.mark.parametrize("quoted", ["rfc822", "headers"])
def test_a_report_marks_letter_and_address(message: Message, quoted: str) -> None:
    report = a_report(message_id(message), "5.1.1", quoted=quoted)
    for _again in range(2):
        assert take(report) == message
    message.refresh_from_db()
    assert (message.state, message.fault) == (MessageState.BOUNCED, "5.1.1")
    assert story(message) == [*BEFORE, ("bounced", "5.1.1")]
    found = bad_addresses([ADDRESS.upper(), "altra@casa.example", ""])
    assert {email: row.why for email, row in found.items()} == {ADDRESS.upper(): "5.1.1"}
    assert ADDRESS not in str(list(BadAddress.objects.values_list()))


def test_a_report_of_an_older_server_is_read_too(message: Message) -> None:
    take(a_plain_report(message_id(message)))
    assert story(message) == [*BEFORE, ("bounced", "550")]
    assert BadAddress.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "action", "then"),
    [
        ("4.4.1", "delayed", [("delayed", "4.4.1")]),
        ("4.2.2", "failed", [("bounced", "4.2.2")]),
    ],
)
def test_what_may_pass_does_not_mark_the_address(
    message: Message, status: str, action: str, then: list[tuple[str, str]]
) -> None:
    take(a_report(message_id(message), status, action=action))
    assert story(message) == [*BEFORE, *then]
    assert BadAddress.objects.count() == 0


def test_a_report_about_a_letter_that_we_never_sent_changes_nothing(message: Message) -> None:
    waiting = enqueue_message(to="a@b.example", subject="Aspetta", text="…")
    for number in (f"<{uuid4()}@localhost>", message_id(waiting)):
        with pytest.raises(UnknownLetter):
            take(a_report(number, "5.1.1"))
    assert story(message) == BEFORE
    assert BadAddress.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 500,
        b"From: ada@rete.example\nSubject: Re: Domanda\n\nGrazie, 5.1.1",
        b"From: MAILER-DAEMON@x.example\nSubject: ok\n\nArrived. Message-ID: <x@y>",
        a_report("<non-un-numero@localhost>", "5.1.1"),
        a_report(f"<{uuid4()}@localhost>", "2.0.0", action="delivered"),
        a_report(f"<{uuid4()}@localhost>", "2.0.0", action="relayed"),
        a_report(f"<{uuid4()}@localhost>", "forse", action="failed").replace(b"550 forse", b"no"),
        b"From: MAILER-DAEMON" + b"(" * 5000 + b"@x.example\n\n550 no",
        b"x" * (LARGEST + 1),
    ],
    ids=[
        "empty",
        "noise",
        "reply",
        "no number",
        "other",
        "arrived",
        "relayed",
        "vague",
        "brackets",
        "huge",
    ],
)
def test_what_is_no_report_is_refused(content: bytes) -> None:
    with pytest.raises(NotAReport):
        read_report(content)


def test_a_broken_report_is_refused_and_never_a_fault() -> None:
    whole = a_report(f"<{uuid4()}@localhost>", "5.1.1")
    for cut in range(0, len(whole), 37):
        try:
            read_report(whole[:cut])
        except NotAReport:
            continue


def test_an_out_of_office_note_is_no_report(message: Message) -> None:
    note = (
        f"From: Marta <{ADDRESS}>\nAuto-Submitted: auto-replied\nSubject: Sono via\n"
        f"In-Reply-To: {message_id(message)}\n\nTorno il 5.1.2027\n"
    )
    with pytest.raises(NotAReport):
        take(note.encode())
    assert story(message) == BEFORE


def test_the_number_may_stand_in_what_the_report_answers() -> None:
    uid = uuid4()
    report = (
        "From: postmaster@x.example\nSubject: Failure\n"
        f"References: <{uid}@localhost>\n\n<a@b.example>: 552 mailbox full\n"
    )
    assert read_report(report.encode()) == Report(uid, failed=True, permanent=True, status="552")


def test_only_the_secretariat_takes_reports_and_trusts_an_address_again(message: Message) -> None:
    report = a_report(message_id(message), "5.1.1")
    assert message.network is not None
    secretary = secretary_of(message.network)
    other = a_network("altra", "Altra")
    with pytest.raises(NotAllowed):
        take_report(content=report, by=secretary)
    for by in (ANONYMOUS, secretary_of(other)):
        with pytest.raises(NotAllowed):
            take_report(content=report, by=by, network=message.network)
        with pytest.raises(NotAllowed):
            trust_address(message=message, by=by)
    with pytest.raises(UnknownLetter):
        take_report(content=report, by=secretary_of(other), network=other)
    take_report(content=report, by=secretary, network=message.network)
    for _twice in range(2):
        trust_address(message=message, by=secretary)
    assert bad_addresses([ADDRESS]) == {}
    # When a letter comes back once more, the address is bad once more.
    Message.objects.update(state=MessageState.SENT)
    MessageEvent.objects.filter(kind="bounced").delete()
    take(report)
    assert list(bad_addresses([ADDRESS])) == [ADDRESS]
