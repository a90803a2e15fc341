"""My tables: for a member, where she and those she acts for sit, and what waits there."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.documents.queries import documents_of
from tavolo.documents.shown import documents_table
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.plugs import Due, due_sources
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.choices import HOLDS_PAPERS
from tavolo.tables.choices import DelegateKind, SeatRole
from tavolo.tables.queries import SeatLine
from tavolo.tables.queries.mine import AHEAD, Ending, Mine, endings_of, my_seats
from tavolo.tables.web.body import in_person
from tavolo.tables.web.story import when_words
from tavolo.ui.components.base import Component
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table
from tavolo.ui.words import day_words

PROMISES, MANDATES = "registry.commitments", "tables.mandates"


@work_area
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in: of her own and of her organisations; for others it says how one comes to it."""
    actor, today = actor_of(request), clock.today()
    found = my_seats(actor, on=today)
    seats = [line.seat for line in found.lines]
    owed = _owed(found, actor, today)
    context = {
        "heading": _("My tables"),
        "seats": _seats(found) if found.lines else None,
        "renew": [_ending(one) for one in endings_of(seats, on=today, until=today + AHEAD)],
        "asked": _things(_("What is asked"), "asked", owed["asked"]),
        "promises": _things(_("Promises"), "promises", owed["promises"]),
        "papers": list(_papers(found, actor)),
        "nothing": EmptyState(
            _("No table yet"),
            _(
                "Here stand the tables and groups where you sit, or where the organisations for which"
                " you act have a seat; the secretariat of the network gives the seats."
            ),
            (CardLink(_("Tables and groups"), reverse("tables:bodies")),),
        ),
    }
    return render(request, "tables/mine.html", context)


def _seats(found: Mine) -> Table:
    return Table(
        caption=_("Where we sit"),
        columns=(Column(_("Body")), Column(_("Who")), Column(_("Role")), Column(_("In person"))),
        rows=tuple(_line(line) for line in found.lines),
        empty=EmptyState(_("No table yet"), _("Nothing is entered here.")),
        key="seats",
        caption_hidden=True,
    )


def _line(line: SeatLine) -> Row:
    body = line.seat.body
    substitutes = [
        one.name for one in line.sent if one.kind == DelegateKind.SUBSTITUTE and one.name
    ]
    sits = in_person(line)
    note = _("substitutes: %(names)s") % {"names": ", ".join(substitutes)} if substitutes else ""
    return Row.of(
        Cell(body.name, href=reverse("tables:body", args=[body.code]), note=_since(line)),
        line.holder,
        str(SeatRole(line.role).label),
        Cell(sits.value, note=note or sits.note),
    )


def _since(line: SeatLine) -> str:
    began = when_words(line.seat.began)
    return _("since %(day)s") % {"day": began} if began else ""


def _ending(one: Ending) -> str:
    """As in: «Tavolo permanente», Ada Rossi, effective delegate: until 20 January 2027."""
    told = {"body": one.seat.body.name, "day": day_words(one.last_day, weekday=False)}
    if one.delegate is None:
        return _("%(body)s: the seat is held until %(day)s.") % told
    told |= {"name": one.delegate.person.name, "kind": str(DelegateKind(one.delegate.kind).label)}
    return _("%(body)s: %(name)s, %(kind)s, is sent until %(day)s.") % told


def _owed(found: Mine, actor: Actor, on: date) -> dict[str, list[Due]]:
    """What her organisations owe, promises apart; what ends stands in a section of its own."""
    owed: dict[str, list[Due]] = {"asked": [], "promises": []}
    uids = [row.uid for row in found.organisations]
    for source in sorted(due_sources, key=lambda source: (source.order, source.key)):
        if uids and source.key != MANDATES:
            key = "promises" if source.key == PROMISES else "asked"
            owed[key] += source.owed(uids, actor=actor, on=on)
    return {key: sorted(rows, key=_by_term) for key, rows in owed.items()}


def _by_term(due: Due) -> tuple[date, str]:
    return due.last_day or date.max, due.title


def _things(caption: str, key: str, owed: list[Due]) -> Table | None:
    if not owed:
        return None
    return Table(
        caption=caption,
        columns=(Column(_("What")), Column(_("By when")), Column(_("To do"))),
        rows=tuple(
            Row.of(
                Cell(due.title, note=due.note),
                day_words(due.last_day, weekday=False) if due.last_day else _("Without a term"),
                Cell(due.action[0], due.action[1]),
            )
            for due in owed
        ),
        empty=EmptyState(_("Nothing yet"), _("Nothing is entered here.")),
        key=key,
        caption_hidden=True,
    )


def _papers(found: Mine, actor: Actor) -> Iterator[tuple[str, Component]]:
    """The documents of each of her organisations."""
    held = documents_of(HOLDS_PAPERS, [row.uid for row in found.organisations], actor=actor)
    for row in found.organisations:
        papers = held.get(row.uid)
        if papers:
            empty = _("Nothing is entered here.")
            yield row.name, documents_table(papers, caption=row.name, empty=empty)
