"""What can be imported: a kind is one file in a room's `importers/`; the engine does the rest.

The engine reads the file, matches columns, shows what would happen, asks, writes in one
transaction, undoes. A kind says which columns it wants, what a row would change, and writes it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, runtime_checkable

from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Registry

# What is there under a subject, whole and as JSON: two equal states are the same thing unchanged.
State = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be imported: `message` is a message id (mark it with `gettext_noop`).

    `values` fill it in; `field` is the key of the field at fault, "" where it is the row as a whole.
    """

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""


class CellFault(Exception):  # noqa: N818  a fault of the file, not of the program
    """Raised by `Field.read` for a text that is not such a value."""

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(frozen=True)
class Field:
    """A column, or an option asked once for the whole file.

    `read` turns a text (trimmed, not empty) into the value, which JSON must be able to hold, or
    raises CellFault; `imports.values` has the usual ones. `aliases` are other headings under which
    the column goes about. `choices` are the words that it may hold, with what each says.
    """

    key: str
    label: Sentence
    read: Callable[[str], Any]
    required: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: Sentence = ""
    choices: tuple[tuple[str, Sentence], ...] = ()


@dataclass(frozen=True)
class Given:
    """A row whose cells could all be read: values by field, None where a cell is empty."""

    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Planned:
    """What a row would make (`before` None) or change; equal states: it is as it was."""

    number: int
    subject: str
    label: str
    before: State | None
    after: State


@dataclass(frozen=True)
class Likely:
    """Something that is there and may be what the row means; somebody has to say."""

    number: int
    subject: str
    label: str
    why: Sentence


@dataclass(frozen=True)
class Plan:
    """A row may bring several changes, none (as it was), faults, or a question."""

    changes: Sequence[Planned] = ()
    faults: Sequence[tuple[int, Fault]] = ()
    likely: Sequence[Likely] = ()


@dataclass(frozen=True)
class Context:
    """Who imports, where, on which day, with which options (read values by key).

    `decisions` says of a row number what somebody answered to a `Likely`: "new" or the subject.
    `progress(done, total)` may be called while a kind writes or restores at length.
    """

    on: date
    actor: Actor = OPERATOR
    network: Network | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[int, str] = field(default_factory=dict)
    progress: Callable[[int, int], None] = lambda _done, _total: None


class ImportKind(Protocol):
    """A kind of rows. `plan` and `states` cost the same number of queries for one row and for 8,000.

    `write` and `restore` run inside the engine's transaction, at most once each for a batch; each
    is an action of the room: it records and announces what the room would for one by one.
    """

    key: str
    slug: str
    label: Sentence
    help: Sentence
    fields: Sequence[Field]
    options: Sequence[Field]

    def may(self, actor: Actor, network: Network | None) -> bool:
        """Whether the actor may import and export this there; without network: for the installation."""
        ...

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        """What the rows would do on what is there now; writes nothing."""
        ...

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        """Make and change what was planned in this same transaction. Changes are never `same`."""
        ...

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        """What is there now; a subject that is not there has no entry."""
        ...

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        """Bring each subject back to that state, byte for byte; None: it is to be gone."""
        ...

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """What the actor may see, as rows that could be imported: values by field key."""
        ...


@runtime_checkable
class ShownOnPages(Protocol):
    """A kind whose things stand on pages of their own: they are offered once a batch is imported."""

    def pages(self, subjects: Collection[str], context: Context) -> Sequence[tuple[Sentence, str]]:
        """Label and address of the pages on which these can be seen, in order, at most ten."""
        ...


@runtime_checkable
class ToldByFields(Protocol):
    """A kind whose states are not the values of its fields: it says which fields one would fill in."""

    def told(self, state: State) -> Mapping[str, Any]:
        """Values by the key of a field; what the label says already, or nobody reads, is left out."""
        ...


import_kinds: Registry[ImportKind] = Registry("kind of import")
