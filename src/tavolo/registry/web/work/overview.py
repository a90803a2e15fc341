"""An organisation as the clerk works on it: everything known, by kind, each line with its one action."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tavolo.documents.queries import documents_of
from tavolo.documents.shown import add_href, documents_table
from tavolo.kernel import clock
from tavolo.people.web.access import work_area
from tavolo.registry import queries, rules
from tavolo.registry.choices import HOLDS_PAPERS, UnitKind
from tavolo.registry.models import (
    Contact,
    Identifier,
    OfficeHolding,
    OrganisationName,
    OrganisationSuccession,
    OrganisationUnit,
    Participation,
    Seat,
    Standing,
)
from tavolo.registry.queries.known import facts_of, units_of
from tavolo.registry.web.work.here import Here, at_work
from tavolo.registry.web.work.said import Said, has_ended, period_words, said, source_words
from tavolo.registry.web.work.sections import SECTIONS, Section
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table

# What the page asks for first where it is missing, in this order.
FIRST = (OrganisationName, Standing, Seat, Identifier, Contact, OfficeHolding)


@dataclass(frozen=True)
class OtherBlock:
    """What stands on the page beside the facts."""

    slug: str
    title: str | Promise
    empty: str | Promise


UNITS = OtherBlock(
    "unita",
    gettext_lazy("Units"),
    gettext_lazy(
        "Enter its parts that stand for themselves: Polizia Locale, the guarantee committee, a centre."
    ),
)
NETWORKS = OtherBlock(
    "reti",
    gettext_lazy("In the networks"),
    gettext_lazy("Let it take part in a network: as promoter, as participant, or working with it."),
)


DOCUMENTS = OtherBlock(
    "documenti",
    gettext_lazy("Documents"),
    gettext_lazy("Add its statute, its regulations, a balance sheet: you say who reads each."),
)


@dataclass(frozen=True)
class Line:
    cells: Row
    ended: bool


@dataclass(frozen=True)
class Block:
    """A kind of facts on the page: what holds, what held once, and how to add."""

    slug: str
    title: str | Promise
    empty: str | Promise
    now: Table | None
    before: Table | None
    ended: int
    add: CardLink | None
    more: tuple[CardLink, ...] = ()


@work_area
@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    here, today = at_work(request, code), clock.today()
    known = {section.slug: _visible(here, section) for section in SECTIONS}
    units = units_of(here.organisation)
    parts = list(queries.participations_of(here.organisation))
    blocks = [_block(here, section, known[section.slug], today) for section in SECTIONS]
    at = next(place for place, block in enumerate(blocks) if block.slug == "incarichi")
    blocks.insert(at, _units_block(here, units, today))
    blocks += [_networks_block(here, parts, today), _documents_block(here)]
    return here.page(
        request,
        "registry/work_organisation.html",
        blocks=blocks,
        first=_first(here, known),
        merged_into=here.organisation.merged_into,
        proposals=here.proposals if here.edits else 0,
    )


def _visible(here: Here, section: Section) -> list[Any]:
    """What she may see of it: of others' organisations what everybody sees."""
    if section.personal and not here.names_persons:
        return []
    rows = facts_of(here.organisation, section.model)
    return rows if here.edits else [row for row in rows if getattr(row, "public", True)]


def _block(here: Here, section: Section, facts: Sequence[Any], today: date) -> Block:
    lines = [_line(here, section, fact, today) for fact in facts]
    may = here.names_persons if section.personal else here.edits
    add = CardLink(section.add, here.href("new_fact", section=section.slug)) if may else None
    more: tuple[CardLink, ...] = ()
    if section.model is OfficeHolding and may and lines:
        more = (CardLink(_("After an election"), here.href("elections")),)
    return _as_block(section, lines, add, more)


def _line(here: Here, section: Section, fact: Any, today: date) -> Line:
    told = said(fact)
    may = here.names_persons if section.personal else here.edits
    href = here.href("fact", section=section.slug, uid=fact.uid) if may else ""
    if isinstance(fact, OrganisationSuccession) and fact.organisation_id != here.organisation.pk:
        words = _("It took the place of %(name)s") % {"name": fact.organisation.name}
        told, href = Said(words, told.note), ""
    return Line(_cells(told, fact, href), has_ended(fact, today))


def _cells(told: Said, row: Any, href: str, verb: str = "") -> Row:
    act = format_html(
        '{}<span class="visually-hidden"> {}</span>', verb or _("Change or correct"), told.words
    )
    return Row(
        (
            Cell(told.words, note=told.note),
            Cell(period_words(row)),
            Cell(source_words(row)),
            Cell(act, href) if href else Cell(""),
        )
    )


def _as_block(
    told: Section | OtherBlock,
    lines: Sequence[Line],
    add: CardLink | None,
    more: tuple[CardLink, ...] = (),
) -> Block:
    slug, title = told.slug, told.title
    now = [line.cells for line in lines if not line.ended]
    before = [line.cells for line in lines if line.ended]
    return Block(
        slug=slug,
        title=title,
        empty=told.empty,
        now=_table(title, slug, now) if now else None,
        before=_table(_("%(title)s, no longer") % {"title": title}, f"{slug}-prima", before)
        if before
        else None,
        ended=len(before),
        add=add,
        more=more,
    )


def _table(caption: str | Promise, key: str, rows: Sequence[Row]) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column(_("What")),
            Column(_("For what time")),
            Column(_("Source")),
            Column(_("To do")),
        ),
        rows=tuple(rows),
        empty=EmptyState(_("Nothing yet"), _("Nothing is entered here.")),
        key=key,
        dense=True,
        caption_hidden=True,
    )


def _units_block(here: Here, units: Sequence[OrganisationUnit], today: date) -> Block:
    lines = [_unit_line(here, unit, today) for unit in units]
    add = CardLink(_("Add a unit"), here.href("new_unit")) if here.edits else None
    return _as_block(UNITS, lines, add)


def _unit_line(here: Here, unit: OrganisationUnit, today: date) -> Line:
    kind = str(UnitKind(unit.kind).label)
    note = (
        _("%(kind)s of %(name)s") % {"kind": kind, "name": unit.parent.name}
        if unit.parent
        else kind
    )
    href = here.href("unit", unit=unit.code) if here.edits else ""
    return Line(_cells(Said(unit.name, note), unit, href), has_ended(unit, today))


def _networks_block(here: Here, parts: Sequence[Participation], today: date) -> Block:
    lines = [_part_line(here, row, today) for row in parts]
    # As `networks_to_admit` has it, of rows that are read already.
    there = {row.network.uid for row in parts if today in row.period}
    free = here.actor.networks("network_secretary", part=rules.ORGANISATIONS) - there
    add = CardLink(_("Let it take part"), here.href("admit")) if free else None
    return _as_block(NETWORKS, lines, add)


def _part_line(here: Here, row: Participation, today: date) -> Line:
    may = rules.may_admit(here.actor, row.network.uid) and row.valid_until is None
    href = here.href("participation", uid=row.uid) if may else ""
    told = Said(row.network.name, str(row.get_role_display()))
    return Line(_cells(told, row, href, _("End")), has_ended(row, today))


def _documents_block(here: Here) -> Block:
    uid = here.organisation.uid
    found = documents_of(HOLDS_PAPERS, (uid,), actor=here.actor).get(uid, [])
    return Block(
        slug=DOCUMENTS.slug,
        title=DOCUMENTS.title,
        empty=DOCUMENTS.empty,
        now=documents_table(found, caption=DOCUMENTS.title, empty=DOCUMENTS.empty)
        if found
        else None,
        before=None,
        ended=0,
        add=CardLink(_("Add a document"), add_href(HOLDS_PAPERS, uid)) if here.edits else None,
    )


def _first(here: Here, known: dict[str, list[Any]]) -> EmptyState | None:
    """What is missing that one enters first; nothing where the record stands."""
    if not here.edits or here.organisation.merged_into_id:
        return None
    missing = next(_missing(known), None)
    if missing is None:
        return None
    return EmptyState(
        _("Still missing: %(what)s") % {"what": str(missing.title)},
        missing.empty,
        (CardLink(missing.add, here.href("new_fact", section=missing.slug)),),
    )


def _missing(known: dict[str, list[Any]]) -> Iterator[Section]:
    order: dict[type[Model], int] = {model: place for place, model in enumerate(FIRST)}
    for section in sorted(
        (section for section in SECTIONS if section.model in order),
        key=lambda section: order[section.model],
    ):
        if not known[section.slug]:
            yield section
