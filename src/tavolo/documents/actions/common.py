"""What the actions of this room share."""

from typing import Any
from uuid import UUID

from tavolo.documents import rules
from tavolo.documents.errors import TitleMissing, UnknownClass, VisibilityNotOffered
from tavolo.documents.models import Document
from tavolo.documents.plugs import document_holders
from tavolo.documents.terms import retention_classes
from tavolo.journal.actions import record
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotAllowed, NotFound
from tavolo.kernel.facts import Fact, announce

LONGEST_TITLE = 300


def require_keeper(by: Actor, kind: str, uid: UUID) -> None:
    """Refuse with NotAllowed whoever the holder's room does not let work on its documents."""
    if not rules.may_keep(by, kind, uid):
        raise NotAllowed


def fitting_title(title: str) -> str:
    """In one line, without signs that nobody sees. Refuses with TitleMissing."""
    line = rules.in_one_line(title)[:LONGEST_TITLE].strip()
    if not line:
        raise TitleMissing
    return line


def offered(kind: str, visibility: str) -> str:
    """Refuses with NotFound a holder that nobody brings, with VisibilityNotOffered what it does not offer."""
    if kind not in {holder.key for holder in document_holders}:
        raise NotFound
    if visibility not in document_holders.get(kind).visibilities:
        raise VisibilityNotOffered
    return visibility


def known_class(retention: str) -> str:
    """Refuses with UnknownClass what is no class of retention."""
    if retention not in {each.key for each in retention_classes}:
        raise UnknownClass
    return retention


def note(action: str, row: Document, by: Actor, fact: Fact, values: dict[str, Any]) -> None:
    """Enter it into the journal and announce it."""
    record(action=f"documents.{action}", actor=by, subject=row, network=row.network, values=values)
    announce(fact, network=row.network)
