"""Plugs: contracts, the registries that hold them, and the door by which they are found in folders."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.utils.functional import Promise

if TYPE_CHECKING:
    from tavolo.kernel.actor import Actor
    from tavolo.kernel.models import Network


class Plug(Protocol):
    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Plug)

PLUG_FILES = (
    "roles",
    "panels",
    "search",
    "due",
    "nav",
    "calendar",
    "figures",
    "holdings",
    "personal",
    "holders",
    "letters",
    "links",
    "numbered",
    "archives",
    "demo",
    "reactions",
    "jobs",
)
PLUG_FOLDERS = (
    "exporters",
    "importers",
    "indicators",
    "signatures",
    "districts",
    "case_forms",
    "kinds",
)


class Registry(Generic[P]):
    """The plugs of one kind, each under its English key; a key is taken once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._plugs: dict[str, P] = {}

    def add(self, plug: P) -> P:
        """Take a plug in; ImproperlyConfigured where its key is taken by another."""
        if self._plugs.setdefault(plug.key, plug) is not plug:
            raise ImproperlyConfigured(f"Two plugs of kind {self.kind} are called {plug.key!r}.")
        return plug

    def get(self, key: str) -> P:
        return self._plugs[key]

    def all(self) -> list[P]:
        """In the order in which they were found: rooms by row, files by name."""
        return list(self._plugs.values())

    def __iter__(self) -> Iterator[P]:
        return iter(self.all())


def load_rooms(rooms: Iterable[str]) -> None:
    """Import each room's plug files and every file of its plug folders: nothing is listed by hand."""
    for room in rooms:
        for name in (*PLUG_FILES, *PLUG_FOLDERS):
            module = f"tavolo.{room}.{name}"
            if find_spec(module) is not None:
                load_folder(module)


def load_folder(module: str) -> None:
    """Import a module and, where it is a package, the modules in it."""
    package = import_module(module)
    for found in iter_modules(getattr(package, "__path__", [])):
        import_module(f"{module}.{found.name}")


@dataclass(frozen=True)
class Example:
    """An address that exists in the demonstration: tests walk it, and documentation names it.

    `who` may open it: "anyone", "stranger" (an account without roles), "member", "secretary" or
    "insider" (a member and a secretary).
    """

    url_name: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    who: str = "anyone"


@dataclass(frozen=True)
class DemoContext:
    """Equal for equal `seed` and `reference_day`; `say` reports progress to whoever waits."""

    seed: int
    reference_day: date
    say: Callable[[str], None] = lambda _sentence: None


class DemoPart(Protocol):
    """A room's share of the demonstration; found in its `demo.py`, loaded in row order."""

    key: str

    def load(self, context: DemoContext) -> None:
        """Enter the room's demonstration data through actions."""
        ...

    def examples(self) -> list[Example]:
        """At least one example for every address of the room."""
        ...


demo_parts: Registry[DemoPart] = Registry("demo part")


@dataclass(frozen=True)
class Due:
    """Something that waits for somebody to act, and the one thing that she can do about it.

    `key` names it within its source and stays the same from day to day. `last_day` is the last on
    which it is in time, None without a term; `at` the instant where an hour counts. `since` is when
    it began to wait. `action` is a verb and the address where it is done. `network` is the uid of
    the one in which it is due, `owner` that of the organisation that owes it: None where the actor
    herself or the secretariat does.
    """

    key: str
    title: str
    action: tuple[str | Promise, str]
    network: UUID | None = None
    last_day: date | None = None
    at: datetime | None = None
    since: date | None = None
    owner: UUID | None = None
    note: str = ""


class DueSource(Protocol):
    """A kind of things that fall due, for *Oggi*; found in the room's `due.py`.

    `label` is the word of the kind ("Impegni"), `slug` its name in addresses. Both answers take the
    same number of queries for one thing as for 200, and give an actor only what she may act upon.
    """

    @property
    def key(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def order(self) -> int: ...

    def due(self, actor: "Actor", *, on: date, until: date) -> Sequence[Due]:
        """What waits for the actor on that day: overdue, due until that day (it too), or without a term.

        What somebody asked and waits for is given whatever its term.
        """
        ...

    def owed(self, organisations: Sequence[UUID], *, actor: "Actor", on: date) -> Sequence[Due]:
        """What those organisations owe, whatever its term, as far as the actor may see it."""
        ...


class NothingOwed:
    """Of a source whose things no organisation owes."""

    def owed(self, *_asked: Any, **_more: Any) -> Sequence[Due]:
        return ()


due_sources: Registry[DueSource] = Registry("source of what falls due")


@dataclass(frozen=True)
class Registrable:
    """A thing that can have a number in an external register (the protocol of an administration).

    `code` is our own provisional receipt, "" without one; `note` who sent it; `at` when it came;
    `href` its page. It never holds an official number: that is the register's alone.
    """

    uid: UUID
    title: str
    at: datetime
    code: str = ""
    note: str = ""
    href: str = ""


class Numbered(Protocol):
    """A kind of things that wait for a number given outside; found in the room's `numbered.py`.

    `slug` is its name in addresses. Numbers are kept by `messages` (`ExternalNumber`); the same
    things can be what a PEC answers. Each answer takes the same number of queries for one thing as for 200.
    """

    @property
    def key(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def label(self) -> str | Promise: ...

    @property
    def order(self) -> int: ...

    def may(self, actor: "Actor", network: UUID) -> bool:
        """Whether the actor enters the numbers of these things there; who may not does not see them."""
        ...

    def waiting(self, network: UUID, *, limit: int) -> Sequence[Registrable]:
        """Those without a number that want one, the oldest first."""
        ...

    def named(self, network: UUID, uids: Sequence[UUID]) -> Mapping[UUID, Registrable]:
        """Those of that network among `uids`, with or without a number."""
        ...

    def found(self, network: UUID, words: str, *, limit: int) -> Sequence[Registrable]:
        """Those of that network whose code or title holds `words`, the newest first; "" finds all."""
        ...

    def number(self, uid: UUID, number: str, day: date, by: "Actor") -> None:
        """What the room does besides, in the act's transaction, once a number is entered."""
        ...


numbered: Registry[Numbered] = Registry("numbered")


class Goes(StrEnum):
    """Which way the rows of a model belong to a network that moves.

    WITH_NETWORK: to it alone. SHARED: to the installation; they go along where a row that goes points
    at them, and where the other installation has them already, those are meant. OF_SHARED: they say
    something of a shared row and go wherever it is new. STAYS: they do not go.
    """

    WITH_NETWORK = "with_network"
    SHARED = "shared"
    OF_SHARED = "of_shared"
    STAYS = "stays"


@dataclass(frozen=True)
class Travel:
    """How the rows of a model (`key`, "registry.Seat") go along when a network moves.

    Found in the room's `archives.py`; each model has one. `path` is the lookup that leads to the network,
    or to the shared row; `only` narrows it down, `also` names shared rows that nothing points at.
    Shared rows are known again by `known_by`, and have to say the same in `equal`; those that match
    `fixed` are never made: the other installation must have its own.

    Of fields: `emptied` do not travel, and what stands instead; `secret` likewise, unless accounts are
    asked for; `opened` are read and written through two functions; `soft` hold the uid of a row
    of another model without a key; `mentions` hold uids of shared rows in words or JSON; `contents` hold the digest
    of a content; `loose` are keys that may lead to what does not travel, and are empty there; `in_trust`
    are keys to a network, and where that is unknown it is the one that moves.

    `accounts`: the rows go only where accounts are asked for. `why`: why rows stay.
    `of_organisation` are the lookups by which a row is one organisation's, which may take it along.
    """

    key: str
    goes: Goes
    path: str = ""
    why: str = ""
    only: Callable[["Network"], Q] = lambda _network: Q()
    also: Callable[["Network"], Iterable[int]] = lambda _network: ()
    known_by: tuple[str, ...] = ("uid",)
    equal: tuple[str, ...] = ()
    fixed: Callable[[], Q] | None = None
    accounts: bool = False
    emptied: Mapping[str, Any] = field(default_factory=dict)
    secret: Mapping[str, Any] = field(default_factory=dict)
    opened: Mapping[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = field(
        default_factory=dict
    )
    soft: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    in_trust: tuple[str, ...] = ()
    of_organisation: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        travels.add(self)


travels: Registry[Travel] = Registry("travel")
