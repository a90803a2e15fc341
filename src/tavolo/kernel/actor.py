"""Who acts: one frozen value a request, built from dated facts; rules are pure functions on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class Part:
    """A part of the work that can be given to a deputy by itself; rooms name theirs in `roles.py`."""

    key: str
    label: Sentence


parts_of_work: Registry[Part] = Registry("part of the work")


@dataclass(frozen=True)
class Role:
    """What a dated fact gives: `key` in a network, for one `scope` (kind and uid) or for all of it.

    `parts` is None where it is given whole; a deputy's may be given for some parts of the work.
    """

    key: str
    network: UUID | None = None
    scope: tuple[str, UUID] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    parts: frozenset[str] | None = None

    def covers(self, part: str) -> bool:
        """Whether it gives that part of the work; with "" whether it is given whole."""
        return self.parts is None or part in self.parts


@dataclass(frozen=True)
class Actor:
    """`person` acts, `acting_for` is the principal of a deputy, `network` the one that the request is in."""

    person: UUID | None = None
    acting_for: UUID | None = None
    network: UUID | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    def has(
        self,
        key: str,
        *,
        network: UUID | None = None,
        scope: tuple[str, UUID] | None = None,
        part: str = "",
    ) -> bool:
        """Whether a role of that key is held, in `network` and for `scope` where they are given.

        Without `part` it must be held whole; with it, whole or for that part of the work.
        """
        return any(
            role.key == key
            and role.covers(part)
            and (network is None or role.network == network)
            and (scope is None or role.scope is None or role.scope == scope)
            for role in self.roles
        )

    def networks(self, key: str, *, part: str = "") -> set[UUID]:
        """The networks in which a role of that key is held, whole or for that part of the work."""
        return {
            role.network
            for role in self.roles
            if role.key == key and role.network and role.covers(part)
        }


class RoleSource(Protocol):
    """A room's dated facts that give rights; found in the room's `roles.py`."""

    key: str

    def roles(self, person: UUID, network: UUID | None, on: date) -> set[Role]:
        """The roles of `person` on that day, in one network or, with None, in all."""
        ...


role_sources: Registry[RoleSource] = Registry("role source")


@dataclass(frozen=True)
class Held:
    """A thing that a person holds: its uid, what it is, where it can be looked at.

    `needed`: somebody must hold it, so it is handed over and never simply left.
    """

    uid: UUID
    label: str
    note: str = ""
    href: str = ""
    needed: bool = False


class Holding(Protocol):
    """A kind of things that a person holds in a network; found in the room's `holdings.py`."""

    key: str
    label: Sentence
    order: int

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        """What the person holds on that day; the same number of queries for one thing and for 200."""
        ...

    def hand_over(
        self, held: UUID, *, person: UUID, to: UUID | None, network: UUID, on: date, by: Actor
    ) -> None:
        """Give it to the person `to` from `on`, or with None leave it: one action of the room.

        Refuses to leave what is needed.
        """
        ...


holdings: Registry[Holding] = Registry("holding")

ANONYMOUS = Actor()
# Whoever has the shell of the installation: commands and the demonstration act as this.
OPERATOR = Actor(roles=frozenset({Role("operator")}))


def actor_of(
    person: UUID, *, on: date, network: UUID | None = None, acting_for: UUID | None = None
) -> Actor:
    """The actor with all roles that every source gives on that day (for a deputy, the principal's too)."""
    held = {
        role
        for source in role_sources.all()
        for who in (person, acting_for)
        if who is not None
        for role in source.roles(who, None, on)
    }
    return Actor(person, acting_for, network, frozenset(held))
