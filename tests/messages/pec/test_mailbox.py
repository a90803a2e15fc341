"""Fetching PEC from a mailbox: each message once, nothing deleted, whatever the server does."""

import socket
import time
from collections.abc import Iterator

import pytest

from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.messages.actions import enqueue_message, send_waiting
from tavolo.messages.composing import message_id
from tavolo.messages.models import PecMailbox, PecMessage
from tavolo.messages.pec import imap
from tavolo.messages.pec.actions import (
    MailboxTold,
    fetch_all,
    fetch_mailbox,
    receiving,
    set_mailbox,
    try_mailbox,
)
from tavolo.messages.pec.choices import MailFault, Security, Way
from tavolo.messages.pec.errors import HostRefused, MailboxRefused, PasswordMissing
from tavolo.messages.pec.imap import Account, MailboxError
from tavolo.messages.pec.reading.message import Read, read
from tavolo.messages.queries import bad_addresses, stories_of
from tavolo.people.sealing import unseal
from tests.factories.people import a_network, a_person, secretary_of
from tests.messages.carrying import Carrier
from tests.messages.pec.building import Made, pec
from tests.messages.pec.stub import PASSWORD, USER, ImapServer, imap_server
from tests.messages.reports import a_report

pytestmark = pytest.mark.django_db


class Bare(imap.Connection):
    """The stub knows no encryption."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return socket.create_connection((self._address, self._account.port), timeout)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[ImapServer]:
    settings.TAVOLO_IMAP_PRIVATE = True
    monkeypatch.setattr(imap, "Connection", Bare)
    with imap_server() as found:
        yield found


def account(port: int = 993, **changes: object) -> Account:
    told = {
        "host": "127.0.0.1",
        "port": port,
        "security": Security.TLS,
        "folder": "INBOX",
        "user": USER,
        "password": PASSWORD,
    }
    return Account(**{**told, **changes})  # type: ignore[arg-type]


def a_mailbox(server: ImapServer, **changes: object) -> PecMailbox:
    told = MailboxTold(account(server.port, **changes))
    return set_mailbox(network=a_network(), told=told, version=None, by=OPERATOR)


# Signed once: a signature of the next second is of other bytes.
RECEIPT = pec(Made())


def some(count: int) -> dict[int, bytes]:
    made = RECEIPT
    return {
        uid: made.replace(b"ricevuta.1@", f"ricevuta.{uid}@".encode())
        for uid in range(3, 3 + count)
    }


def kept() -> list[str]:
    return list(PecMessage.objects.order_by("id").values_list("message_id", flat=True))


def fetched(row: PecMailbox) -> int:
    row.refresh_from_db()
    return fetch_mailbox(mailbox=row)


def fault_of(row: PecMailbox) -> str:
    row.refresh_from_db()
    return row.fault


def test_what_is_new_is_fetched_once_and_left_as_it_is(server: ImapServer) -> None:
    server.messages = some(3)
    row = a_mailbox(server)
    assert (fetched(row), fetched(row)) == (3, 0)
    server.messages |= {9: pec(kind="accettazione", receipt="")}
    assert fetched(row) == 1
    assert server.fetched() == [3, 4, 5, 9]
    assert server.seen == set()
    assert not any("STORE" in each or "EXPUNGE" in each for each in server.commands)
    assert set(PecMessage.objects.values_list("way", "received_by")) == {(Way.MAILBOX, None)}
    row.refresh_from_db()
    assert (row.last_uid, row.uid_validity, row.fault) == (9, 7, "")


def test_what_was_fetched_is_marked_where_that_is_wished(server: ImapServer) -> None:
    server.messages = some(2)
    row = a_mailbox(server)
    PecMailbox.objects.update(mark_seen=True)
    assert fetched(row) == 2
    assert server.seen == {3, 4}


def test_a_server_that_dies_in_the_middle_is_gone_on_with(server: ImapServer) -> None:
    server.messages = some(4)
    server.dies_after = 2
    row = a_mailbox(server)
    assert fetched(row) == 2
    assert fault_of(row) == MailFault.UNREACHABLE
    server.dies_after = None
    fetched(row)
    assert kept() == [f"ricevuta.{uid}@pec.gestore.example" for uid in (3, 4, 5, 6)]


def test_messages_under_new_numbers_are_recognised(server: ImapServer) -> None:
    server.messages = some(3)
    row = a_mailbox(server)
    fetched(row)
    server.validity, server.messages = 8, {uid + 100: each for uid, each in some(3).items()}
    assert fetched(row) == 0
    assert len(kept()) == 3
    row.refresh_from_db()
    assert (row.uid_validity, row.last_uid) == (8, 105)


def test_a_message_that_repeats_itself_is_kept_once(server: ImapServer) -> None:
    server.messages = dict.fromkeys((3, 4, 5), pec())
    row = a_mailbox(server)
    assert fetched(row) == 1
    assert len(kept()) == 1


def test_a_folder_of_ten_thousand_is_read_in_rounds(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tavolo.messages.pec.actions.mailbox.A_ROUND", 2)
    server.messages = dict.fromkeys(range(1, 10_001), b"") | some(3)
    row = a_mailbox(server)
    PecMailbox.objects.update(last_uid=2, uid_validity=7)
    assert [fetched(row) for _round in range(2)] == [2, 1]
    row.refresh_from_db()
    # Empty ones are no messages: they are named, and never asked for again.
    assert (row.last_uid, row.left) == (6, [6])


def test_what_is_too_large_is_named_and_not_fetched(server: ImapServer) -> None:
    server.messages = some(3)
    server.sizes = {4: 10**11}
    row = a_mailbox(server)
    assert fetched(row) == 2
    row.refresh_from_db()
    assert (row.left, server.fetched()) == ([4], [3, 5])


@pytest.mark.parametrize(
    ("name", "told", "fault"),
    [
        ("LOGIN", b"TAG NO wrong", MailFault.LOGIN),
        ("EXAMINE", b"TAG NO nothing", MailFault.FOLDER),
        ("UID SEARCH", b"* SEARCH x y\r\nTAG OK", MailFault.GARBAGE),
        ("UID SEARCH", b"TAG BAD what", MailFault.GARBAGE),
        ("GREETING", b"HTTP/1.1 200 OK", MailFault.GARBAGE),
        ("GREETING", b"* OK " + b"x" * 3_000_000, MailFault.GARBAGE),
        ("UID FETCH", b"* 1 FETCH (UID 3 RFC822.SIZE 9)\r\nTAG OK", MailFault.GARBAGE),
        ("UID FETCH", b"* 1 FETCH (UID 99 RFC822.SIZE 9)\r\nTAG OK", MailFault.GARBAGE),
        ("UID FETCH", b"* 1 FETCH (UID 3 RFC822.SIZE 9 X {99999999999}\r\n", MailFault.GARBAGE),
    ],
)
def test_nonsense_is_a_fault_and_no_error(
    server: ImapServer, name: str, told: bytes, fault: MailFault
) -> None:
    server.messages = some(1)
    server.instead = {name: told}
    row = a_mailbox(server)
    assert fetched(row) == 0
    assert fault_of(row) == fault
    assert kept() == []


@pytest.mark.parametrize("name", ["GREETING", "LOGIN", "UID FETCH"])
def test_a_server_that_hangs_is_left_in_time(
    server: ImapServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.messages = some(1)
    server.instead = {name: None}
    row = a_mailbox(server)
    there = account(server.port)
    begun = time.monotonic()
    with pytest.raises(MailboxError) as late, imap.opened(there, seconds=0.3) as box:
        box.size(3)
    assert late.value.fault == MailFault.LATE
    assert time.monotonic() - begun < 10
    assert row.fault == ""


def test_a_password_with_any_signs_arrives(server: ImapServer) -> None:
    assert try_mailbox(mailbox=a_mailbox(server), by=OPERATOR) == 0


def test_trying_says_what_is_wrong_and_writes_nothing(server: ImapServer) -> None:
    server.messages = some(2)
    row = a_mailbox(server, password="sbagliata")
    with pytest.raises(MailboxRefused) as refused:
        try_mailbox(mailbox=row, by=OPERATOR)
    assert str(refused.value) == str(MailFault.LOGIN.label)
    assert (fault_of(row), kept()) == ("", [])


@pytest.mark.parametrize("words", ['a"\r\nX LOGOUT', "a\nb", "rete\0"])
def test_no_word_becomes_a_command(server: ImapServer, words: str) -> None:
    for name in ("user", "password", "folder"):
        with pytest.raises(MailboxError), imap.opened(account(server.port, **{name: words})):
            pass
    assert not any("LOGOUT" in each for each in server.commands)


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("127.0.0.1", 993),
        ("localhost", 143),
        ("10.0.0.8", 993),
        ("192.168.1.1", 993),
        ("169.254.169.254", 143),
        ("::1", 993),
        ("::ffff:127.0.0.1", 993),
        ("0.0.0.0", 993),
        ("224.0.0.1", 993),
        ("8.8.8.8", 22),
        ("nessun.server.invalid", 993),
        ("a" * 70 + ".example", 993),
    ],
)
def test_private_hosts_and_other_ports_are_refused(host: str, port: int) -> None:
    with pytest.raises(MailboxError) as refused:
        imap.address_of(account(port, host=host))
    assert refused.value.fault == MailFault.HOST


def test_the_password_is_sealed_and_in_no_journal(server: ImapServer) -> None:
    from tavolo.journal.models import EntryValue

    row = a_mailbox(server)
    assert PASSWORD not in row.password
    assert unseal(row.password) == PASSWORD
    texts = list(EntryValue.objects.values_list("text", flat=True))
    assert texts
    assert not any("gre" in each or row.password in each for each in texts)


def test_another_server_needs_the_password_anew(server: ImapServer) -> None:
    row = a_mailbox(server)
    same = MailboxTold(account(server.port, password="", folder="Archivio"))
    row = set_mailbox(network=row.network, told=same, version=row.version, by=OPERATOR)
    assert (unseal(row.password), row.folder) == (PASSWORD, "Archivio")
    elsewhere = MailboxTold(account(server.port, password="", host="imap.altrove.example"))
    with pytest.raises(PasswordMissing):
        set_mailbox(network=row.network, told=elsewhere, version=row.version, by=OPERATOR)
    with pytest.raises(StaleVersion):
        set_mailbox(network=row.network, told=same, version=1, by=OPERATOR)


def test_other_ports_are_not_entered(settings) -> None:
    told = MailboxTold(account(25))
    with pytest.raises(HostRefused):
        set_mailbox(network=a_network(), told=told, version=None, by=OPERATOR)


def test_only_the_secretariat_in_person_sets_it(server: ImapServer) -> None:
    row = a_mailbox(server)
    person = a_person()
    strangers = [Actor(person=person.uid), secretary_of(a_network("altra"), person)]
    deputy = Actor(person.uid, acting_for=person.uid, roles=secretary_of(row.network).roles)
    for actor in (*strangers, deputy):
        with pytest.raises(NotAllowed):
            set_mailbox(
                network=row.network, told=MailboxTold(account()), version=row.version, by=actor
            )
        with pytest.raises(NotAllowed):
            try_mailbox(mailbox=row, by=actor)


def test_a_lost_key_is_a_fault(server: ImapServer) -> None:
    row = a_mailbox(server)
    PecMailbox.objects.update(password="sealed by nobody")
    assert fetched(row) == 0
    assert fault_of(row) == MailFault.LOGIN


def test_of_two_at_once_one_reads(server: ImapServer) -> None:
    server.messages = some(1)
    row = a_mailbox(server)
    first, second = (PecMailbox.objects.get(pk=row.pk) for _worker in range(2))
    assert (fetch_mailbox(mailbox=first), fetch_mailbox(mailbox=second)) == (1, 0)


def test_the_job_reads_all_and_stops_in_time(server: ImapServer) -> None:
    server.messages = some(2)
    row = a_mailbox(server)
    assert fetch_all(seconds=0) == 0
    assert fetch_all() == 2
    PecMailbox.objects.update(active=False)
    server.messages |= {50: pec(kind="accettazione", receipt="")}
    assert fetch_all() == 0
    assert fault_of(row) == ""


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_no_password_goes_to_who_does_not_encrypt(security: str, settings) -> None:
    settings.TAVOLO_IMAP_PRIVATE = True
    with imap_server() as server:
        there = account(server.port, security=security)
        with pytest.raises(MailboxError), imap.opened(there, seconds=2):
            pass
        assert not any(each.startswith("LOGIN") for each in server.commands)


def test_what_comes_before_the_encryption_is_no_answer(settings) -> None:
    settings.TAVOLO_IMAP_PRIVATE = True
    with imap_server() as server:
        server.instead = {
            "CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK",
            "STARTTLS": b"TAG OK now\r\n* OK injected",
        }
        there = account(server.port, security=Security.STARTTLS)
        with pytest.raises(MailboxError), imap.opened(there, seconds=2):
            pass
        assert not any(each.startswith("LOGIN") for each in server.commands)


def test_a_server_that_never_stops_talking_is_left(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "ALL_BYTES", 100)
    server.instead = {"UID SEARCH": b"* 1 EXISTS\r\n" * 20_000}
    with pytest.raises(MailboxError) as late, imap.opened(account(server.port)) as box:
        box.after(0)
    assert late.value.fault == MailFault.LATE


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?b?a?=",
        b"From: " + b"(" * 5000 + b"a@b.example",
        b"Date: Fri, 31 Dec 9999 23:30:00 +0000",
    ],
    ids=["no base64", "brackets within brackets", "the end of time"],
)
def test_a_message_that_breaks_its_readers_holds_up_none_behind_it(
    server: ImapServer, header: bytes
) -> None:
    server.messages = {3: header + b"\r\nTo: a@b.example\r\n\r\nHello\r\n", 4: RECEIPT}
    row = a_mailbox(server)
    assert fetched(row) == 2
    row.refresh_from_db()
    assert (row.last_uid, row.left, row.fault) == (4, [], "")
    assert PecMessage.objects.order_by("id").values_list("header_at", flat=True)[0] is None


def test_what_nobody_can_read_is_named_and_left(
    server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(content: bytes, roots: tuple[bytes, ...]) -> Read:
        if b"spoilt" in content:
            raise RuntimeError(content)
        return read(content, roots)

    monkeypatch.setattr(receiving, "read", broken)
    server.messages = {3: b"From: a@b.example\r\nSubject: spoilt\r\n\r\n", 4: RECEIPT}
    row = a_mailbox(server)
    assert fetched(row) == 1
    row.refresh_from_db()
    assert (row.last_uid, row.left, row.fault) == (4, [3], "")


def test_a_report_about_a_letter_is_noted_there_and_is_no_pec(server: ImapServer) -> None:
    row = a_mailbox(server)
    letter = enqueue_message(
        to="ada@casa.example", subject="Domanda", text="Sì?", network=row.network
    )
    elsewhere = enqueue_message(to="b@casa.example", subject="Altrui", text="Sì?")
    send_waiting(Carrier())
    server.messages = {
        3: a_report(message_id(letter), "5.1.1"),
        4: RECEIPT,
        5: a_report(message_id(letter), "5.1.1"),
        6: a_report(message_id(elsewhere), "5.1.1"),
    }
    PecMailbox.objects.update(mark_seen=True)
    # What is about no letter of this network is an ordinary message to it.
    assert fetched(row) == 2
    assert server.seen == {3, 4, 5, 6}
    assert list(bad_addresses(["ada@casa.example", "b@casa.example"])) == ["ada@casa.example"]
    story = [event.kind for told in stories_of([letter]) for event in told.events]
    assert story == ["queued", "sent", "bounced"]
