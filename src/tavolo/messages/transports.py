"""How letters leave: by SMTP, or as files in a folder (TAVOLO_EMAIL_URL)."""

import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import SplitResult, unquote, urlsplit

from tavolo.messages.errors import NotTakenError, UnknownTransportError

PATIENCE = 20  # seconds
PERMANENT = 500


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
        try:
            self._connection().send_message(letter)
        except smtplib.SMTPRecipientsRefused as fault:
            # What the other side says of the one recipient decides whether to try again.
            code, said = next(iter(fault.recipients.values()))
            self._close()
            raise refused(code, said) from fault
        except smtplib.SMTPResponseException as fault:
            self._close()
            about_us = isinstance(fault, smtplib.SMTPAuthenticationError)
            raise refused(fault.smtp_code, fault.smtp_error, ours=about_us) from fault
        except (smtplib.SMTPException, OSError) as fault:
            self._close()
            raise NotTakenError(type(fault).__name__, final=False) from fault

    def _connection(self) -> smtplib.SMTP:
        if self.open is None:
            self.open = self.connect()
            if self.user:
                self.open.login(self.user, self.password)
        return self.open

    def _close(self) -> None:
        if self.open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.open.quit()
        self.open = None


def refused(code: int, said: bytes | str, *, ours: bool = False) -> NotTakenError:
    """5xx is for good, 4xx for now; a fault of our own sign-in can be mended and is tried again."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return NotTakenError(f"{code} {words}", final=code >= PERMANENT and not ours)


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
