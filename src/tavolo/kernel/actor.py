"""Who acts: one frozen value a request, built from dated facts; rules are pure functions on it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from tavolo.kernel.plugs import Registry


@dataclass(frozen=True)
class Role:
    """What a dated fact gives: `key` in a network, for one `scope` (kind and uid) or for all of it."""

    key: str
    network: UUID | None = None
    scope: tuple[str, UUID] | None = None
    valid_from: date | None = None
    valid_until: date | None = None


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
        self, key: str, *, network: UUID | None = None, scope: tuple[str, UUID] | None = None
    ) -> bool:
        """Whether a role of that key is held, in `network` and for `scope` where they are given."""
        return any(
            role.key == key
            and (network is None or role.network == network)
            and (scope is None or role.scope is None or role.scope == scope)
            for role in self.roles
        )

    def networks(self, key: str) -> set[UUID]:
        """The networks in which a role of that key is held."""
        return {role.network for role in self.roles if role.key == key and role.network}


class RoleSource(Protocol):
    """A room's dated facts that give rights; found in the room's `roles.py`."""

    key: str

    def roles(self, person: UUID, network: UUID | None, on: date) -> set[Role]:
        """The roles of `person` on that day, in one network or, with None, in all."""
        ...


role_sources: Registry[RoleSource] = Registry("role source")

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
