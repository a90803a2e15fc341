"""What became of letters, in words and as a table: at the thing they are about, and in the log."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.models import Message
from tavolo.messages.queries import Told, deliveries_of, kind_of
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import instant_words

SHAPES: dict[MessageState, State] = {
    MessageState.QUEUED: "wait",
    MessageState.SENT: "done",
    MessageState.REFUSED: "late",
    MessageState.BOUNCED: "late",
    MessageState.GATHERED: "left",
}
BY_PERSON = (EventKind.ANSWERED, EventKind.LINK_OPENED)


def deliveries(about: UUID) -> Table | None:
    """The letters about a thing, with how each has come; None where there is none. Two queries."""
    found = deliveries_of([about])[about]
    return _table(found) if found else None


def badge(told: Told) -> Badge:
    """Where a letter stands: what its recipient did with it counts before what a server said."""
    for kind in BY_PERSON:
        if any(event.kind == kind for event in told.events):
            return Badge("on", kind.label)
    return state_badge(told.message)


def state_badge(message: Message) -> Badge:
    state = MessageState(message.state)
    return Badge(SHAPES[state], state.label)


def recipient_words(message: Message) -> str:
    return message.person.name if message.person else message.recipient


def _table(found: Sequence[Told]) -> Table:
    return Table(
        caption=_("Letters and what became of them"),
        columns=(Column(_("To")), Column(_("Letter")), Column(_("Last")), Column(_("State"))),
        rows=tuple(
            Row.of(
                Cell(recipient_words(told.message)),
                str(kind_of(told.message.kind).label),
                instant_words(told.last.at) if told.last else "",
                badge(told),
            )
            for told in found
        ),
        empty=EmptyState(_("No letters"), _("Nobody was written to about this.")),
        key="letters",
        caption_hidden=True,
        dense=True,
    )
