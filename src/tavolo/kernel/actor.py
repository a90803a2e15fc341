"""Who acts: one frozen value a request, built from dated facts; rules are pure functions on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
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
class Grant:
    """What a principal lets a deputy do in a network for a time: all of it, or some `parts` of the work.

    With `scope` it is about her roles for that thing alone; None: about what she holds without one.
    """

    network: UUID
    scope: tuple[str, UUID] | None = None
    parts: frozenset[str] | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def of(self, role: Role) -> Role | None:
        """As much of the principal's role as this gives; None where it gives nothing of it."""
        if (role.network, role.scope) != (self.network, self.scope):
            return None
        return replace(
            role,
            valid_from=max(filter(None, (role.valid_from, self.valid_from)), default=None),
            valid_until=min(filter(None, (role.valid_until, self.valid_until)), default=None),
            parts=_both(role.parts, self.parts),
        )


class GrantSource(Protocol):
    """A room's dated facts by which one person acts for another; found in the room's `roles.py`."""

    key: str

    def grants(self, deputy: UUID, principal: UUID, on: date) -> set[Grant]:
        """What `principal` lets `deputy` do on that day; nothing once it ended or was revoked."""
        ...


grant_sources: Registry[GrantSource] = Registry("source of grants")


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


@dataclass(frozen=True)
class Passing:
    """That what `person` holds in a network is `to`'s from the day `on`, or with None nobody's.

    It is hers until the day before. `act`, in words, decided it; `by` enters it.
    """

    person: UUID
    to: UUID | None
    network: UUID
    on: date
    act: str
    by: Actor

    @property
    def last_day(self) -> date:
        return self.on - timedelta(days=1)


class Holding(Protocol):
    """A kind of things that a person holds in a network; found in the room's `holdings.py`."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> Sentence: ...

    @property
    def order(self) -> int: ...

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        """What the person holds on that day; the same number of queries for one thing and for 200."""
        ...

    def hand_over(self, held: UUID, passing: Passing) -> None:
        """Give it on, or leave it, by actions of the room; refuses what they refuse."""
        ...


holdings: Registry[Holding] = Registry("holding")

ANONYMOUS = Actor()
# Whoever has the shell of the installation: commands and the demonstration act as this.
OPERATOR = Actor(roles=frozenset({Role("operator")}))


def actor_of(
    person: UUID, *, on: date, network: UUID | None = None, acting_for: UUID | None = None
) -> Actor:
    """The actor with all roles that every source gives on that day.

    Who acts for another has of her roles as much as was granted, and nothing of her own: what she
    does is done in the principal's place. Without a grant, or once the principal's own role has
    ended, that is nothing. A principal's deputyships are no roles of hers, so none is passed on.
    """
    roles = _roles(acting_for or person, on)
    if acting_for is not None:
        roles = _granted(roles, _grants(person, acting_for, on))
    return Actor(person, acting_for, network, frozenset(roles))


def _roles(person: UUID, on: date) -> set[Role]:
    return {role for source in role_sources for role in source.roles(person, None, on)}


def _grants(deputy: UUID, principal: UUID, on: date) -> set[Grant]:
    return {grant for source in grant_sources for grant in source.grants(deputy, principal, on)}


def _granted(roles: set[Role], grants: set[Grant]) -> set[Role]:
    return {given for role in roles for grant in grants if (given := grant.of(role)) is not None}


def _both(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> frozenset[str] | None:
    """What is among both; None is everything."""
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return ours & theirs
