from email import message_from_string, policy
from pathlib import Path

import pytest

from tavolo.messages.actions import enqueue_message, send_waiting
from tavolo.messages.choices import MessageState
from tavolo.messages.composing import letter_of, message_id
from tavolo.messages.errors import NotTakenError, UnknownTransportError
from tavolo.messages.models import Message
from tavolo.messages.transports import Folder, transport_for
from tests.messages.stub import mailbox

pytestmark = pytest.mark.django_db


def a_letter(to: str = "città@rete.example") -> Message:
    return enqueue_message(
        to="citta@rete.example", subject="Riunione di lunedì", text="È convocata.\n.\nGrazie.\n"
    )


def test_a_letter_arrives_by_smtp_as_it_was_written() -> None:
    message = a_letter()
    with mailbox() as server:
        assert send_waiting(transport_for(server.url)) == 1
    (raw,) = server.letters
    letter = message_from_string(raw, policy=policy.SMTP)
    assert letter["Subject"] == "Riunione di lunedì"
    assert letter["Message-ID"] == message_id(message)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "citta@rete.example" in letter["To"]


def test_one_connection_serves_a_round() -> None:
    a_letter()
    a_letter()
    with mailbox() as server:
        assert send_waiting(transport_for(server.url)) == 2
    assert server.connections == 1


@pytest.mark.parametrize(
    ("word", "answer", "state"),
    [
        ("RCPT", "550 unknown", MessageState.REFUSED),
        ("RCPT", "450 come back", MessageState.QUEUED),
        ("BODY", "554 no", MessageState.REFUSED),
        ("DATA", "451 not now", MessageState.QUEUED),
        ("MAIL", "421 closing", MessageState.QUEUED),
    ],
)
def test_what_the_other_side_says_decides(word: str, answer: str, state: MessageState) -> None:
    message = a_letter()
    with mailbox() as server:
        server.answers[word] = answer
        assert send_waiting(transport_for(server.url)) == 0
    message.refresh_from_db()
    assert (message.state, message.fault) == (state, answer)


def test_a_server_that_is_away_is_tried_again() -> None:
    message = a_letter()
    with mailbox() as server:
        url = server.url
    assert send_waiting(transport_for(url)) == 0
    message.refresh_from_db()
    assert (message.state, message.fault) == (MessageState.QUEUED, "ConnectionRefusedError")


def test_a_sign_in_that_the_server_refuses_can_be_mended_and_is_tried_again() -> None:
    message = a_letter()
    with mailbox() as server:
        server.answers["EHLO"] = "250 AUTH LOGIN"
        server.answers["AUTH"] = "535 wrong"
        url = server.url.replace("//", "//rete:parola@")
        assert send_waiting(transport_for(url)) == 0
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


def test_a_folder_gets_one_whole_file_a_letter(tmp_path: Path) -> None:
    message = a_letter()
    with Folder(tmp_path / "posta") as folder:
        folder.send(letter_of(message))
        folder.send(letter_of(message))
    assert [file.name for file in (tmp_path / "posta").iterdir()] == [f"{message.uid}.eml"]


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    with Folder(tmp_path / "posta") as folder, pytest.raises(NotTakenError) as refused:
        folder.path.rmdir()
        folder.send(letter_of(a_letter()))
    assert not refused.value.final


@pytest.mark.parametrize("url", ["smtps://u:p@mail.invalid", "smtp+tls://mail.invalid:2525"])
def test_a_server_with_tls_is_known_and_opened_with_the_first_letter(url: str) -> None:
    with transport_for(url) as carrier, pytest.raises(NotTakenError):
        carrier.send(letter_of(a_letter()))


def test_another_beginning_is_refused() -> None:
    with pytest.raises(UnknownTransportError):
        transport_for("pigeon://roof")
