"""Tables and badges of PEC and register numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tavolo.desk.web.pec.here import message_href, number_href, second_words, thing_href
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, Registrable
from tavolo.messages.models import PecMessage
from tavolo.messages.pec.choices import Integrity, PecKind, PecState
from tavolo.messages.pec.pasting import Line
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.badge import State as Shape
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.words import Missing, day_words

STATES: dict[str, Shape] = {
    PecState.TO_BIND: "wait",
    PecState.BOUND: "done",
    PecState.SET_ASIDE: "left",
}
INTEGRITIES: dict[str, Shape] = {
    Integrity.WHOLE: "done",
    Integrity.ALTERED: "not",
    Integrity.UNREADABLE: "late",
    Integrity.UNSIGNED: "off",
}


def state_badge(message: PecMessage) -> Badge:
    return Badge(STATES[message.state], message.get_state_display())


def integrity_badge(message: PecMessage) -> Badge:
    return Badge(INTEGRITIES[message.integrity], message.get_integrity_display())


def messages_table(
    network: Network, rows: Sequence[PecMessage], state: str, paging: Paging
) -> Table:
    return Table(
        caption=_("What came, the last first"),
        columns=(
            Column(_("Message")),
            Column(_("Certified time")),
            Column(_("Content")),
            Column(_("State")),
        ),
        rows=tuple(_row(network, row) for row in rows),
        empty=EmptyState(
            _("No message yet"),
            _("Bring a receipt or a message as a file .eml: it is read and kept as it is."),
        ),
        key="pec",
        paging=paging,
        filters=(
            Filter(
                "stato",
                _("State"),
                state if state in set(PecState) else "",
                tuple(Option(value, label) for value, label in PecState.choices),
            ),
        ),
        dense=True,
    )


def _row(network: Network, row: PecMessage) -> Row:
    row.network = network
    title = row.subject or _("without a subject")
    certified = row.told_at if row.integrity == Integrity.WHOLE else None
    plain = row.kind == PecKind.PLAIN
    return Row(
        (
            Cell(title, message_href(row), f"{row.get_kind_display()}, {row.code}"),
            Cell(second_words(certified) if certified else Missing.NOT_FORESEEN),
            Cell(Badge("off", _("no PEC")) if plain else integrity_badge(row)),
            Cell(state_badge(row)),
        )
    )


def waiting_table(network: Network, plug: Numbered, things: Sequence[Registrable]) -> Table:
    return Table(
        caption=str(plug.label),
        columns=(
            Column(_("Receipt")),
            Column(_("What it is")),
            Column(_("Came")),
            Column(_("Number")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(thing.code or thing.title, thing_href(network, plug, thing)),
                    Cell(thing.title, note=thing.note),
                    Cell(day_words(clock.in_rome(thing.at).date(), weekday=False)),
                    Cell(_("Enter the number"), number_href(network, plug, thing.uid)),
                )
            )
            for thing in things
        ),
        empty=EmptyState(_("Nothing waits"), _("Everything here has its number.")),
        key=f"attesa-{plug.slug}",
        dense=True,
    )


def lines_table(lines: Sequence[Line]) -> Table:
    return Table(
        caption=_("The lines as they were understood"),
        columns=(
            Column(_("Line")),
            Column(_("Receipt")),
            Column(_("Number")),
            Column(_("Date of registration")),
            Column(_("What happens")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(line.place),
                    Cell(line.code or line.text, note=line.thing.title if line.thing else ""),
                    Cell(line.number or Missing.NOT_FORESEEN),
                    Cell(day_words(line.day, weekday=False) if line.day else Missing.NOT_FORESEEN),
                    Cell(Badge("not", line.fault) if line.fault else Badge("on", _("is entered"))),
                )
            )
            for line in lines
        ),
        empty=EmptyState(_("No line"), _("Paste one line for each number.")),
        key="righe",
        dense=True,
    )
