"""Who may do what with documents: the room of the holder answers, and where nobody does it is no."""

import unicodedata
from collections.abc import Iterable
from uuid import UUID

from tavolo.documents.choices import Visibility
from tavolo.documents.plugs import DocumentHolder, document_holders
from tavolo.kernel.actor import Actor

# The part of a network's work that is about its papers as such (`roles.py`).
DOCUMENTS = "documents"


def works_on_papers(actor: Actor, network: UUID) -> bool:
    """Whether she keeps the network's templates, and decides what becomes of what is past its term."""
    return actor.has("operator") or actor.has("network_secretary", network=network, part=DOCUMENTS)


def holder_of(kind: str) -> DocumentHolder | None:
    """The plug of that kind; None where no room brings it."""
    return next((holder for holder in document_holders if holder.key == kind), None)


def may_keep(actor: Actor, kind: str, uid: UUID) -> bool:
    """Whether she adds documents to that thing, changes and withdraws them."""
    holder = holder_of(kind)
    return holder is not None and holder.may_add(actor, uid)


def seen_among(actor: Actor, kind: str, uids: Iterable[UUID], visibility: str) -> set[UUID]:
    """Of which of these things the actor sees the documents of that visibility; none by default."""
    holder, asked = holder_of(kind), set(uids)
    if holder is None or not asked:
        return set()
    return holder.may_see(actor, asked, Visibility(visibility)) & asked


def may_see(actor: Actor, kind: str, uid: UUID, visibility: str) -> bool:
    return uid in seen_among(actor, kind, (uid,), visibility)


def in_one_line(text: str) -> str:
    """Without signs that nobody sees or that turn the text around, and with single spaces."""
    line = " ".join(text.split())
    return "".join(
        sign for sign in line if sign == " " or unicodedata.category(sign)[0] not in "CZ"
    )
