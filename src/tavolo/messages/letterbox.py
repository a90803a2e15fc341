"""The folder into which letters fall where there is no mail server, read back for a demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from tavolo.messages.composing import pieces_of

SHOWN = 200


@dataclass(frozen=True)
class Fallen:
    """A letter as it lies in the folder; `lines` are its text, each in pieces: words, and whether an address."""

    uid: UUID
    to: str
    subject: str
    at: datetime | None
    lines: tuple[tuple[tuple[str, bool], ...], ...]
    attached: tuple[str, ...]


def folder_of(url: str) -> Path | None:
    """The folder that TAVOLO_EMAIL_URL names; None where letters leave by a server."""
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def fallen(folder: Path) -> list[Fallen]:
    """The latest letters of a folder, the last first."""
    try:
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return list(_read_all(files[:SHOWN]))


def one(folder: Path, uid: UUID) -> Fallen | None:
    return next(_read_all([folder / f"{uid}.eml"]), None)


def _read_all(files: list[Path]) -> Iterator[Fallen]:
    for file in files:
        try:
            yield _read(UUID(file.stem), file.read_bytes())
        except (OSError, ValueError):
            # Swept away meanwhile, or not a letter of ours.
            continue


def _read(uid: UUID, content: bytes) -> Fallen:
    letter = message_from_bytes(content, policy=policy.default)
    body = letter.get_body(("plain",))
    text = body.get_content() if body else ""
    return Fallen(
        uid=uid,
        to=str(letter["To"]),
        subject=str(letter["Subject"]),
        at=parsedate_to_datetime(letter["Date"]) if letter["Date"] else None,
        lines=tuple(tuple(pieces_of(line)) for line in text.splitlines()),
        attached=tuple(_attached(letter)),
    )


def _attached(letter: EmailMessage) -> Iterator[str]:
    for part in letter.iter_attachments():
        yield part.get_filename() or part.get_content_type()
