"""What is held about a person, room by room: she may see it, and have erased what may be erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
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

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        """Empty what may be emptied, in the caller's transaction; says what stays and why."""
        ...


personal_data: Registry[PersonalData] = Registry("personal data")
