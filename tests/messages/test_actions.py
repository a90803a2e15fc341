from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction

from tavolo.kernel import clock
from tavolo.messages import jobs
from tavolo.messages.actions import HELD_FOR, PAUSES, enqueue_message, send_waiting
from tavolo.messages.choices import MessageState
from tavolo.messages.composing import letter_of, message_id
from tavolo.messages.errors import NotTakenError, UnusableRecipient
from tavolo.messages.models import Message
from tavolo.messages.transports import Folder
from tests.messages.carrying import Carrier

pytestmark = pytest.mark.django_db


def a_letter(**changes: Any) -> Message:
    told = {"to": "segreteria@rete.example", "subject": "Convocazione", "text": "Venite."}
    return enqueue_message(**{**told, **changes})


def test_a_letter_waits_until_it_is_sent() -> None:
    message, carrier = a_letter(), Carrier()
    assert message.state == MessageState.QUEUED
    assert send_waiting(carrier) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.fault) == (MessageState.SENT, 1, "")
    assert message.sent_at is not None
    assert carrier.taken == [message_id(message)]
    assert send_waiting(carrier) == 0


def test_letters_leave_in_the_order_in_which_they_were_written() -> None:
    letters, carrier = [a_letter(subject=str(number)) for number in range(3)], Carrier()
    assert send_waiting(carrier, limit=2) == 2
    assert send_waiting(carrier, limit=2) == 1
    assert carrier.taken == [message_id(letter) for letter in letters]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "nobody",
        "a@b.example\nBcc: c@d.example",
        "a@b.example, c@d.example",
        '"a,b"@d.example',
        "=?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxl?=@d.example",
    ],
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(UnusableRecipient):
        a_letter(to=to)
    assert Message.objects.count() == 0


def test_a_line_break_cannot_become_a_header(tmp_path: Path) -> None:
    a_letter(
        subject="Ciao\r\nBcc: altra@rete.example",
        sender="Rete\r\nBcc: altra@rete.example <rete@rete.example>",
    )
    assert send_waiting(Folder(tmp_path)) == 1
    (file,) = tmp_path.glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Ciao Bcc: altra@rete.example"
    assert letter["To"] == "segreteria@rete.example"


@pytest.mark.parametrize(
    "hidden",
    ["=?utf-8?q?=0d=0aBcc:_a@b.example?=", "=?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxlDQoNCjxoMT4=?="],
)
def test_an_encoded_line_break_cannot_become_a_header(tmp_path: Path, hidden: str) -> None:
    """What looks encoded was typed so: programs would decode it, and write the line break."""
    a_letter(subject=f"Ciao {hidden}", sender=f'"{hidden}" <rete@rete.example>')
    assert send_waiting(Folder(tmp_path)) == 1
    (file,) = tmp_path.glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert letter.keys() == [
        "Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    ]  # fmt: skip
    assert letter["Subject"] == f"Ciao {hidden.replace('=?', '= ?')}"
    assert letter["From"].addresses[0].addr_spec == "rete@rete.example"


def test_a_letter_that_cannot_be_written_holds_up_none_behind_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoilt, whole, carrier = a_letter(subject="spoilt"), a_letter(), Carrier()

    def written(message: Message, links: Any) -> Any:
        if message.subject == "spoilt":
            raise UnicodeError(message.subject)
        return letter_of(message, links)

    monkeypatch.setattr("tavolo.messages.actions.outbox.letter_of", written)
    assert send_waiting(carrier) == 1
    assert carrier.taken == [message_id(whole)]
    spoilt.refresh_from_db()
    assert (spoilt.state, spoilt.fault) == (MessageState.QUEUED, "UnicodeError")


def test_a_refused_letter_about_access_keeps_no_link() -> None:
    message = a_letter(text="https://rete.example/invito/segreto/", html="<p>segreto</p>")
    send_waiting(Carrier(NotTakenError("550 no", final=True)))
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == (MessageState.REFUSED, "", "")


def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up() -> None:
    message = a_letter()
    pauses = []
    for _attempt in range(len(PAUSES) + 1):
        Message.objects.update(next_attempt_at=clock.now() - timedelta(seconds=1))
        assert send_waiting(Carrier(NotTakenError("451 later", final=False))) == 0
        message.refresh_from_db()
        pauses.append(round((message.next_attempt_at - clock.now()).total_seconds() / 60))
    assert pauses[:-1] == [pause.total_seconds() / 60 for pause in PAUSES]
    assert (message.state, message.fault) == (MessageState.REFUSED, "451 later")
    Message.objects.update(next_attempt_at=clock.now() - timedelta(days=1))
    assert send_waiting(Carrier()) == 0


def test_before_its_pause_is_over_a_letter_is_left_alone() -> None:
    a_letter()
    send_waiting(Carrier(NotTakenError("451 later", final=False)))
    assert send_waiting(Carrier()) == 0


def test_a_refusal_for_good_is_not_tried_again() -> None:
    message = a_letter()
    send_waiting(Carrier(NotTakenError("550 unknown", final=True)))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.REFUSED, 1)


def test_one_refused_letter_does_not_hold_up_the_next() -> None:
    a_letter()
    a_letter()
    assert send_waiting(Carrier(NotTakenError("550 unknown", final=True))) == 1


def test_two_workers_never_send_the_same_letter() -> None:
    """The second comes exactly while the first is sending: it finds nothing to take."""
    a_letter()
    second = Carrier()
    first = Carrier(before=lambda: send_waiting(second))
    assert send_waiting(first) == 1
    assert (len(first.taken), second.taken) == (1, [])


def test_a_worker_that_chose_the_letter_too_late_leaves_it() -> None:
    a_letter()
    a_letter()
    inner = Carrier()
    # While the first letter leaves, another worker sends the second, which this one has also chosen.
    outer = Carrier(before=lambda: send_waiting(inner))
    send_waiting(outer)
    assert len(set(outer.taken + inner.taken)) == len(outer.taken + inner.taken) == 2


def test_a_worker_that_dies_while_sending_gives_the_letter_back_under_the_same_id() -> None:
    message = a_letter()

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_waiting(Carrier(before=die))
    assert send_waiting(Carrier()) == 0
    Message.objects.update(next_attempt_at=clock.now() - HELD_FOR)
    again = Carrier()
    assert send_waiting(again) == 1
    assert again.taken == [message_id(message)]


@pytest.mark.django_db(transaction=True)
def test_a_letter_goes_with_the_act_that_is_undone() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_letter()
        raise ZeroDivisionError
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_letter_leaves() -> None:
    a_letter()
    open_then: list[bool] = []
    carrier = Carrier(before=lambda: open_then.append(transaction.get_connection().in_atomic_block))
    send_waiting(carrier)
    assert open_then == [False]


def test_mail_of_django_goes_into_the_outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tavolo.messages.backend.OutboxBackend"
    sent = send_mail("Oggetto", "Testo", "rete@rete.example", ["a@b.example", "c@d.example"])
    assert sent == 1
    kept = list(Message.objects.order_by("id").values_list("recipient", "sender", "text"))
    assert kept == [
        ("a@b.example", "rete@rete.example", "Testo"),
        ("c@d.example", "rete@rete.example", "Testo"),
    ]


def test_the_html_of_a_letter_is_kept_beside_its_text(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "tavolo.messages.backend.OutboxBackend"
    letter = EmailMultiAlternatives("Oggetto", "Testo", to=["a@b.example"])
    letter.attach_alternative("<p>Testo</p>", "text/html")
    letter.send()
    send_waiting(Folder(tmp_path))
    (file,) = tmp_path.glob("*.eml")
    kept = message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert [part.get_content().strip() for part in kept.iter_parts()] == ["Testo", "<p>Testo</p>"]


def test_the_periodic_job_sends_to_where_the_environment_says(
    settings: Any, tmp_path: Path
) -> None:
    settings.TAVOLO_EMAIL_URL = f"file://{tmp_path / 'mail'}"
    message = a_letter()
    jobs.send_letters()
    assert [file.stem for file in (tmp_path / "mail").iterdir()] == [str(message.uid)]


def test_nothing_is_opened_when_nothing_waits(settings: Any) -> None:
    settings.TAVOLO_EMAIL_URL = "smtp://nowhere.invalid"
    assert send_waiting() == 0
