"""A body as the secretariat works on it: everything known, by kind, each line with its one action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.people.web.access import work_area
from tavolo.registry.web.work.said import has_ended, period_words, source_words
from tavolo.tables import queries
from tavolo.tables.actions import edit_body, found_groups
from tavolo.tables.forms.bodies import EditBodyForm, GroupsForm
from tavolo.tables.models import Body, BodyName, BodyPurpose, BodyTerritory, Sphere
from tavolo.tables.plugs import body_kinds, group_presets
from tavolo.tables.queries import BodyAsOf, Roster
from tavolo.tables.queries.regulations import regulation_of
from tavolo.tables.queries.work import ToPass, seats_to_pass
from tavolo.tables.web.body import about
from tavolo.tables.web.story import story_of
from tavolo.tables.web.work.here import CONFLICT, FORM, Asking, Here, at_work, work_href
from tavolo.tables.web.work.sections import SECTIONS, Section, said_words
from tavolo.territory.web.asof import Asked
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table


@dataclass(frozen=True)
class Block:
    """A kind of facts on the page: what holds, what held once, and how to add."""

    section: Section
    now: Table | None
    before: Table | None
    ended: int
    add: CardLink


@work_area
@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    here, today = at_work(request, code), clock.today()
    row = here.body
    # What has not begun, or is over, is shown as it is on the nearest of its days.
    day = _a_day_of(row, today)
    known = queries.body_as_of(row, on=day)
    whole = queries.roster(row, on=day, actor=here.actor)
    facts = _facts_of(row)
    return here.page(
        request,
        "tables/work_body.html",
        kind=body_kinds.get(row.kind).label,
        ended=has_ended(row, today),
        about=[line for line in about(known, Asked(today, today)) if line[1]],
        blocks=[_block(here, known, section, facts[section.slug], today) for section in SECTIONS],
        groups=_groups(known),
        numbers=_numbers(here, whole),
        to_pass=[_passing(here, one) for one in seats_to_pass(row, on=today)],
        regulation=regulation_of(row, on=day),
        story=story_of(known, work_href),
        day=day,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What it says of itself; who saves second is shown what stands there now."""
    here = at_work(request, code)
    form = EditBodyForm.of(here.body, request.POST or None)

    def change() -> str:
        told = form.cleaned_data
        edit_body(body=here.body, expected=told["version"], by=here.actor, **form.about())
        return here.overview

    asking = Asking(
        heading=_("Edit in brief"),
        submit=_("Save"),
        said=_("Saved."),
        cancel=here.overview,
        lead=_("Names, territory and purposes have days of their own: they stand on its page."),
    )
    try:
        return here.ask(request, form, change, asking)
    except StaleVersion:
        now = at_work(request, code)
        form.again(version=str(now.body.version))
        return now.page(
            request,
            FORM,
            here=asking.heading,
            form=asking.view(form),
            stale=[line for line in about(_known(now.body), _today()) if line[1]],
            status=CONFLICT,
        )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, code: str) -> HttpResponse:
    """A whole set of numbered groups, in one act."""
    here = at_work(request, code)
    if has_ended(here.body, clock.today()):
        raise NotFound
    form = GroupsForm(request.POST or None)

    def found() -> str:
        preset = group_presets.get(form.cleaned_data["preset"])
        found_groups(parent=here.body, preset=preset, by=here.actor)
        return f"{here.overview}#gruppi"

    asking = Asking(
        heading=_("Begin with a set of groups"),
        submit=_("Found these groups"),
        said=_("The groups are founded."),
        cancel=here.overview,
    )
    return here.ask(
        request,
        form,
        found,
        asking,
        template="tables/work_groups.html",
        sets=[(one.label, one.source, one.groups) for one in group_presets],
    )


def _today() -> Asked:
    return Asked(clock.today(), clock.today())


def _known(row: Body) -> BodyAsOf:
    return queries.body_as_of(row, on=_a_day_of(row, clock.today()))


def _a_day_of(row: Body, today: date) -> date:
    """Today where the body is there, else its first day or its last."""
    if row.valid_from is not None and today < row.valid_from:
        return row.valid_from
    last = row.last_day
    return last if last is not None and last < today else today


def _facts_of(row: Body) -> dict[str, list[Any]]:
    """Every fact by the slug of its section, those of the past too; three queries."""
    names = BodyName.objects.known().filter(body=row).order_by("valid_from", "id")
    places = BodyTerritory.objects.known().filter(body=row).select_related("area", "municipality")
    purposes = BodyPurpose.objects.known().filter(body=row).order_by("number", "id")
    return {
        "nomi": list(names),
        "territorio": list(places.order_by("id")),
        "finalita": list(purposes),
    }


def _block(
    here: Here, known: BodyAsOf, section: Section, facts: Iterable[Any], today: date
) -> Block:
    lines = [(_line(here, section, fact, known.spheres), has_ended(fact, today)) for fact in facts]
    now, before = ([row for row, over in lines if over is past] for past in (False, True))
    add = CardLink(str(section.add), here.href("new_said", section=section.slug))
    return Block(
        section=section,
        now=_table(str(section.title), section.slug, now) if now else None,
        before=_table(_("%(title)s, no longer") % {"title": section.title}, "x", before)
        if before
        else None,
        ended=len(before),
        add=add,
    )


def _line(here: Here, section: Section, fact: Any, spheres: Iterable[Sphere]) -> Row:
    words, note = said_words(fact, spheres)
    verb = format_html(
        '{}<span class="visually-hidden"> {}</span>', _("End or withdraw"), words[:80]
    )
    href = here.href("said", section=section.slug, uid=fact.uid)
    return Row(
        (
            Cell(words, note=note),
            Cell(period_words(fact)),
            Cell(source_words(fact)),
            Cell(verb, href),
        )
    )


def _table(caption: str, key: str, rows: list[Row]) -> Table:
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
        caption_hidden=True,
    )


def _groups(known: BodyAsOf) -> list[tuple[str, str]]:
    return [
        (f"{one.number}. {one.name}" if one.number else one.name, work_href(one))
        for one in known.groups
    ]


def _numbers(here: Here, whole: Roster) -> list[tuple[str, int, str]]:
    """What the page says of its seats: words, number, and where one sees which."""
    sending = [line for line in whole.lines if line.sends_nobody]
    return [
        (_("Seats in the body"), whole.count, here.seats),
        (_("Adherents"), len(whole.adherents), here.seats),
        (_("Vacant seats"), len(whole.vacancies), f"{here.seats}?quali=vacanti"),
        (_("Without a delegate"), len(sending), f"{here.seats}?quali=senza-delegato"),
    ]


def _passing(here: Here, one: ToPass) -> tuple[ToPass, str, str]:
    """The proposal, its words, and where the seat is passed on."""
    row, seat = one.succession, one.seat
    assert seat.organisation is not None  # noqa: S101  # the query gives those of organisations
    told = {
        "holder": seat.organisation.name,
        "successor": row.successor.name,
        "how": row.get_manner_display(),
    }
    query = {"a": row.successor.code}
    if row.valid_from:
        query["dal"] = row.valid_from.isoformat()
    href = here.href("seat_act", uid=seat.uid, act="passa")
    words = _("%(holder)s: %(how)s. In its place: %(successor)s.") % told
    return one, words, f"{href}?{urlencode(query)}"
