"""How letters leave: by SMTP, or as files in a folder (TAVOLO_EMAIL_URL)."""

import os
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import SplitResult, unquote, urlsplit

from tavolo.messages.errors import NotTakenError, UnknownTransportError

PATIENCE = 20  # seconds
TAKEN, GO_ON = 250, 354
REFUSALS, PERMANENT = 400, 500
DOT = re.compile(rb"^\.", re.MULTILINE)
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class Transport(AbstractContextManager["Transport"], Protocol):
    """Something that takes letters while it is open."""

    def send(self, letter: EmailMessage) -> None:
        """Take one letter over, or refuse with NotTakenError."""
        ...


def transport_for(url: str) -> Transport:
    """`file:///folder`, `smtp://user:password@host:port`, `smtp+tls://…` (STARTTLS), `smtps://…` (TLS).

    Refuses with UnknownTransportError any other beginning.
    """
    parts = urlsplit(url)
    if parts.scheme not in TRANSPORTS:
        raise UnknownTransportError(f"TAVOLO_EMAIL_URL cannot begin with {parts.scheme!r}.")
    return TRANSPORTS[parts.scheme](parts)


class Folder(Transport):
    """One `.eml` a letter: written under a passing name, synced, renamed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_fault: object) -> None:
        """Nothing is held open."""

    def send(self, letter: EmailMessage) -> None:
        name = letter["Message-ID"].strip("<>").partition("@")[0]
        draft = self.path / f".{name}.{os.getpid()}"
        try:
            with draft.open("wb") as file:
                file.write(bytes(letter))
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self.path / f"{name}.eml")
        except OSError as fault:
            raise NotTakenError(type(fault).__name__, final=False) from fault


class Smtp(Transport):
    """One connection for a round, opened with its first letter and anew after a fault."""

    def __init__(self, connect: Callable[[], smtplib.SMTP], user: str, password: str) -> None:
        self.connect, self.user, self.password = connect, user, password
        self.open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._close()

    def send(self, letter: EmailMessage) -> None:
        body, handed_over = written_out(letter), False
        try:
            server = self._connection()
            self._address(server, letter)
            server.send(body)
            # From here on the other side may have the letter, whatever it answers or leaves unsaid.
            handed_over = True
            code, said = server.getreply()
        except smtplib.SMTPResponseException as fault:
            self._close()
            about_us = isinstance(fault, smtplib.SMTPAuthenticationError)
            raise refused(fault.smtp_code, fault.smtp_error, ours=about_us) from fault
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            self._drop()
            name = type(fault).__name__
            raise NotTakenError(name, final=False, away=True, uncertain=handed_over) from fault
        if code != TAKEN:
            self._drop()
            raise refused(code, said, uncertain=code < REFUSALS)

    def _address(self, server: smtplib.SMTP, letter: EmailMessage) -> None:
        """Say from whom and to whom; what the other side says of the one recipient decides."""
        server.ehlo_or_helo_if_needed()
        # One at a time: after a refusal a server that was asked for DATA would wait for the letter.
        steps: tuple[tuple[Callable[[], tuple[int, bytes]], int], ...] = (
            (lambda: server.mail(_bare(letter["From"])), TAKEN),
            (lambda: server.rcpt(_bare(letter["To"])), TAKEN),
            (lambda: server.docmd("DATA"), GO_ON),
        )
        for ask, wanted in steps:
            code, said = ask()
            if code != wanted:
                raise smtplib.SMTPResponseException(code, said)

    def _connection(self) -> smtplib.SMTP:
        if self.open is None:
            self.open = self.connect()
            if self.user:
                self.open.login(self.user, self.password)
        return self.open

    def _drop(self) -> None:
        """Without a good-bye, which a server that hangs would not answer either."""
        if self.open is not None:
            self.open.close()
        self.open = None

    def _close(self) -> None:
        if self.open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.open.quit()
        self.open = None


def written_out(letter: EmailMessage) -> bytes:
    """The letter as it goes over the line: a dot that begins a line is doubled, one alone ends it."""
    return DOT.sub(b"..", bytes(letter)).rstrip(b"\r\n") + b"\r\n.\r\n"


def refused(
    code: int, said: bytes | str, *, ours: bool = False, uncertain: bool = False
) -> NotTakenError:
    """5xx is for good, 4xx for now; a fault of our own sign-in can be mended and is tried again."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    final = code >= PERMANENT and not ours
    return NotTakenError(
        f"{code} {words}", final=final, code=code_of(code, words), uncertain=uncertain
    )


def code_of(code: int, words: str) -> str:
    """The numbers of an answer, without its words: `550 5.1.1`."""
    found = ENHANCED.match(words)
    return f"{code} {found[0]}" if found else str(code)


def _bare(header: AddressHeader) -> str:
    return header.addresses[0].addr_spec


def _folder(parts: SplitResult) -> Transport:
    return Folder(Path(unquote(parts.path)))


def _plain(parts: SplitResult) -> Transport:
    return _smtp(
        parts, lambda: smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=PATIENCE)
    )


def _starttls(parts: SplitResult) -> Transport:
    def connect() -> smtplib.SMTP:
        server = smtplib.SMTP(parts.hostname or "", parts.port or 587, timeout=PATIENCE)
        server.starttls(context=ssl.create_default_context())
        return server

    return _smtp(parts, connect)


def _tls(parts: SplitResult) -> Transport:
    def connect() -> smtplib.SMTP:
        return smtplib.SMTP_SSL(
            parts.hostname or "",
            parts.port or 465,
            timeout=PATIENCE,
            context=ssl.create_default_context(),
        )

    return _smtp(parts, connect)


def _smtp(parts: SplitResult, connect: Callable[[], smtplib.SMTP]) -> Transport:
    return Smtp(connect, unquote(parts.username or ""), unquote(parts.password or ""))


TRANSPORTS: dict[str, Callable[[SplitResult], Transport]] = {
    "file": _folder,
    "smtp": _plain,
    "smtp+tls": _starttls,
    "smtps": _tls,
}
