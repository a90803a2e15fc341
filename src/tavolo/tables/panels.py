"""Where an organisation sits, on its page."""

from collections.abc import Hashable, Mapping, Sequence

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.registry.models import Organisation
from tavolo.tables.choices import SeatRole
from tavolo.tables.queries import SeatLine, where_they_sit
from tavolo.ui import words
from tavolo.ui.components.base import Component
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.plugs import panels, to_all
from tavolo.ui.words import Missing


class WhereItSits:
    """Its seats of today; nothing where it has none."""

    key = "tables.seats"
    subject: type[Model] = Organisation
    order = 20

    def visible(self, actor: Actor) -> bool:
        return to_all(actor)

    def load(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Component]:
        rows = [row for row in subjects if isinstance(row, Organisation)]
        found = where_they_sit(rows, on=clock.today(), actor=actor)
        return {pk: _table(lines) for pk, lines in found.items()}


def _table(lines: Sequence[SeatLine]) -> Table:
    return Table(
        caption=_("Where it sits"),
        columns=(Column(_("Body")), Column(_("Role")), Column(_("In person")), Column(_("Since"))),
        rows=tuple(_row(line) for line in lines),
        empty=EmptyState(_("No seat"), _("On this day no seat is known.")),
        key="seats",
    )


def _row(line: SeatLine) -> Row:
    body, first = line.seat.body, line.effective
    named = first.name or _("named, not public") if first else Missing.UNKNOWN
    return Row.of(
        Cell(body.name, href=reverse("tables:body", args=[body.code])),
        str(SeatRole(line.role).label),
        named,
        words.date_words(line.seat.began) if line.seat.began else Missing.UNKNOWN,
    )


panels.add(WhereItSits())
