"""A mailbox by IMAP, read within a stated time and never further than the limits allow; nothing is deleted."""

import imaplib
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tavolo.messages.pec.choices import MailFault, Security

PORTS = {143, 993}
# A connection lasts no longer than this, whatever the other side does.
SECONDS = 30
CONNECT_SECONDS = 10
LITERAL_BYTES = 60 * 1024 * 1024
LINE_BYTES = 1024 * 1024
# Of one connection, so that one who never stops talking does not fill the memory.
ALL_BYTES = 256 * 1024 * 1024
PIECE = 64 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_UID = re.compile(rb"\bUID (\d{1,10})\b")


class MailboxError(Exception):
    """The mailbox could not be read; `fault` says why."""

    def __init__(self, fault: MailFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Account:
    """Where and as whom; `password` in clear, so it is never kept or logged."""

    host: str
    port: int
    security: str
    folder: str
    user: str
    password: str


class Connection(imaplib.IMAP4):
    """One that goes to an address that was looked at, and ends at a deadline."""

    def __init__(self, account: Account, address: str, seconds: float) -> None:
        self._account, self._address = account, address
        self._until, self._held = time.monotonic() + seconds, bytearray()
        self._received = 0
        super().__init__(account.host, account.port, timeout=min(CONNECT_SECONDS, seconds))
        if account.security == Security.STARTTLS:
            self.starttls(ssl.create_default_context())
            if self._held:
                # What came before the encryption would be taken for an answer within it.
                raise MailboxError(MailFault.GARBAGE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        bare = socket.create_connection((self._address, self._account.port), timeout)
        if self._account.security != Security.TLS:
            return bare
        context = ssl.create_default_context()
        return context.wrap_socket(bare, server_hostname=self._account.host)

    def read(self, size: int) -> bytes:
        if size > LITERAL_BYTES:
            raise MailboxError(MailFault.GARBAGE)
        while len(self._held) < size:
            self._receive()
        return self._taken(size)

    def readline(self) -> bytes:
        looked = 0
        while (end := self._held.find(b"\n", looked)) < 0:
            looked = len(self._held)
            if looked > LINE_BYTES:
                raise MailboxError(MailFault.GARBAGE)
            self._receive()
        return self._taken(end + 1)

    def _receive(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0 or self._received > ALL_BYTES:
            raise TimeoutError
        self.sock.settimeout(left)
        piece = self.sock.recv(PIECE)
        if not piece:
            raise MailboxError(MailFault.UNREACHABLE)
        self._received += len(piece)
        self._held += piece

    def _taken(self, size: int) -> bytes:
        told = bytes(self._held[:size])
        del self._held[:size]
        return told


@contextmanager
def opened(
    account: Account, *, write: bool = False, seconds: float = SECONDS
) -> Iterator["Mailbox"]:
    """The folder of an account, opened to read. Refuses with MailboxError, in the block as well.

    Loopback and private addresses are refused unless the operator allows them (TAVOLO_IMAP_PRIVATE).
    """
    connection: Connection | None = None
    try:
        connection = Connection(account, address_of(account), seconds)
        yield Mailbox(connection, account, write=write)
    except TimeoutError as fault:
        raise MailboxError(MailFault.LATE) from fault
    except OSError as fault:
        raise MailboxError(MailFault.UNREACHABLE) from fault
    except (imaplib.IMAP4.error, ValueError, IndexError, TypeError) as fault:
        raise MailboxError(MailFault.GARBAGE) from fault
    finally:
        if connection is not None:
            with suppress(OSError, imaplib.IMAP4.error, MailboxError):
                connection.shutdown()


def address_of(account: Account) -> str:
    """The address behind the name: looked up once, so that it cannot change between look and use."""
    try:
        found = socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise MailboxError(MailFault.HOST) from fault
    addresses = [str(each[4][0]) for each in found]
    if settings.TAVOLO_IMAP_PRIVATE:
        return addresses[0]
    if account.port not in PORTS or not all(map(_is_public, addresses)):
        raise MailboxError(MailFault.HOST)
    return addresses[0]


def _is_public(address: str) -> bool:
    there = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(there, ipaddress.IPv6Address) and there.ipv4_mapped:
        return there.ipv4_mapped.is_global
    return there.is_global and not there.is_multicast


class Mailbox:
    """An opened folder: which messages there are, and each of them byte for byte."""

    def __init__(self, connection: Connection, account: Account, *, write: bool) -> None:
        self.connection = connection
        self._log_in(account)
        self.validity = self._select(account, write=write)

    def _log_in(self, account: Account) -> None:
        if not account.password.isprintable():
            raise MailboxError(MailFault.LOGIN)
        try:
            self.connection.login(quoted(account.user), account.password)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeError) as fault:
            raise MailboxError(MailFault.LOGIN) from fault

    def _select(self, account: Account, *, write: bool) -> int:
        try:
            told, _count = self.connection.select(quoted(account.folder), readonly=not write)
        except imaplib.IMAP4.readonly as fault:
            raise MailboxError(MailFault.FOLDER) from fault
        if told != "OK":
            raise MailboxError(MailFault.FOLDER)
        _name, values = self.connection.response("UIDVALIDITY")
        return int(values[0] or 0)

    def after(self, uid: int) -> list[int]:
        """The messages that came after that one, in order."""
        _told, data = self.connection.uid("SEARCH", "UID", f"{uid + 1}:*")
        # "n:*" names the last message even where all are older.
        found = {int(each) for line in data if line for each in line.split()}
        return sorted(each for each in found if each > uid)

    def size(self, uid: int) -> int:
        _told, data = self.connection.uid("FETCH", str(uid), "(UID RFC822.SIZE)")
        for line in map(_line, data):
            named, found = _UID.search(line), _SIZE.search(line)
            if named and found and int(named.group(1)) == uid:
                return int(found.group(1))
        raise MailboxError(MailFault.GARBAGE)

    def content(self, uid: int) -> bytes:
        """The message, without marking it as read."""
        _told, data = self.connection.uid("FETCH", str(uid), "(UID BODY.PEEK[])")
        for each in data:
            if isinstance(each, tuple) and (named := _UID.search(each[0])):
                if int(named.group(1)) != uid:
                    break
                return bytes(each[1])
        raise MailboxError(MailFault.GARBAGE)

    def mark_seen(self, uid: int) -> None:
        self.connection.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")


def quoted(text: str) -> str:
    """As IMAP takes words; a line break in them would begin another command."""
    if not text.isprintable():
        raise MailboxError(MailFault.LOGIN)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(data: Any) -> bytes:
    return bytes(data[0] if isinstance(data, tuple) else data or b"")
