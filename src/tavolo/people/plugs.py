"""What is held about a person, room by room; and whose a page is on which somebody is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Registry
from tavolo.people.models import Person


@dataclass(frozen=True)
class HeldAbout:
    """One thing that is held about somebody: what it is, what it says, since when, from where."""

    label: str
    value: str
    since: str = ""
    source: str = ""


@dataclass(frozen=True)
class Kept:
    """What stays after an erasure, and the reason in law."""

    label: str
    why: Sentence


class PersonalData(Protocol):
    """A room's data about persons; found in its `personal.py`."""

    key: str
    label: Sentence
    order: int

    def held(self, person: Person) -> Sequence[HeldAbout]:
        """Everything that the room holds about her, in a constant number of queries."""
        ...

    def known_in(self, person: Person) -> set[UUID]:
        """The networks in which the room knows her, now or formerly, by uid."""
        ...

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        """Empty what may be emptied, in the caller's transaction; says what stays and why."""
        ...


personal_data: Registry[PersonalData] = Registry("personal data")


class PageOwner(Protocol):
    """Which network answers for the pages of a room; found in its `personal.py`."""

    key: str

    def network_of(self, url_name: str, kwargs: Mapping[str, object]) -> Network | None:
        """The network behind an address of ours, given as Django resolves it; None if it is not known."""
        ...


page_owners: Registry[PageOwner] = Registry("owner of pages")
