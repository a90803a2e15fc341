"""What a room above says of its things that hold documents; found in its `holders.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tavolo.documents.choices import Visibility
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class Told:
    """A thing that holds documents: what it is called, where it is looked at, and whose it is."""

    name: str
    href: str
    network: Network


class DocumentHolder(Protocol):
    """A kind of thing to which documents belong: an organisation, a step of a commitment.

    Where no holder of that key is registered, or it names a thing not, nobody sees its documents.
    """

    key: str
    label: Sentence

    @property
    def visibilities(self) -> tuple[Visibility, ...]:
        """Those that can be chosen, the proposed one first."""
        ...

    def may_see(self, actor: Actor, uids: Iterable[UUID], visibility: Visibility) -> set[UUID]:
        """Of which of these things the actor sees the documents of that visibility.

        In a constant number of queries; a thing that she does not see herself is never among them.
        """
        ...

    def may_add(self, actor: Actor, uid: UUID) -> bool:
        """Whether she adds documents to that thing, changes them and withdraws them."""
        ...

    def told(self, uids: Iterable[UUID]) -> Mapping[UUID, Told]:
        """What these things are called; those that are not there are left out."""
        ...


document_holders: Registry[DocumentHolder] = Registry("holder of documents")
