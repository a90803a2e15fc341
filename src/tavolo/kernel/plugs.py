"""Plugs: contracts, the registries that hold them, and the door by which they are found in folders."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Generic, Protocol, TypeVar

from django.core.exceptions import ImproperlyConfigured


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
