"""Who sits in a body, for those who keep the list: vacancies first, on any day, page by page, as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.people.web.access import work_area
from tavolo.registry.web.sheets import csv_answer
from tavolo.tables import queries
from tavolo.tables.choices import Category, DelegateKind, SeatRole
from tavolo.tables.models import Body
from tavolo.tables.queries import Roster, SeatLine
from tavolo.tables.web.body import category_asked, in_person
from tavolo.tables.web.story import when_words
from tavolo.tables.web.work.here import Here, at_work
from tavolo.territory.models import Municipality
from tavolo.territory.web.asof import Asked, asked
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.address import query_with
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table

A_PAGE = 100
LONGEST_PAGE = 4
VACANT, NO_DELEGATE = "vacanti", "senza-delegato"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a day, a category, a municipality, a group, the seats that lack somebody."""

    day: Asked
    category: str
    municipality: Municipality | None
    group: Body | None
    which: str
    groups: Sequence[Body]

    @classmethod
    def read(cls, request: HttpRequest, groups: Sequence[Body]) -> "Wanted":
        """What no list has narrows nothing."""
        query = request.GET
        code = query.get("comune", "")
        towns = Municipality.objects.filter(istat_code=code) if code else ()
        which = query.get("quali", "")
        return cls(
            asked(request),
            category_asked(request),
            next(iter(towns), None),
            next((one for one in groups if one.code == query.get("gruppo")), None),
            which if which in (VACANT, NO_DELEGATE) else "",
            groups,
        )

    def lines(self, here: Here) -> list[SeatLine]:
        """The seats that are asked for, those that nobody fills first."""
        found = queries.roster(
            here.body,
            on=self.day.on,
            category=self.category,
            municipality=self.municipality,
            group=self.group,
            actor=here.actor,
        ).lines
        kept = [line for line in found if self._keeps(line)]
        return sorted(kept, key=lambda line: not line.vacant)

    def _keeps(self, line: SeatLine) -> bool:
        if self.which == VACANT:
            return line.vacant
        return line.sends_nobody if self.which == NO_DELEGATE else True

    @property
    def narrows(self) -> bool:
        return bool(self.category or self.municipality or self.group or self.which)


@work_area
@require_safe
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """The seats of the day, and how many adherents they make by category and municipality."""
    here = at_work(request, code)
    groups = list(queries.bodies_on(asked(request).on).filter(parent=here.body).order_by("number"))
    wanted = Wanted.read(request, groups)
    whole = queries.roster(here.body, on=wanted.day.on, actor=here.actor)
    lines = wanted.lines(here) if wanted.narrows else _vacant_first(whole)
    return here.page(
        request,
        "tables/work_seats.html",
        here=_("Seats in the body"),
        table=_table(request, here, wanted, lines, whole),
        whole=whole,
        by_category=[(Category(key).label, n) for key, n in sorted(whole.by_category.items())],
        by_town=_by_town(request, whole),
        day=Day.of(wanted.day, request.GET),
        none_yet=not whole.count and wanted.day.is_today,
        open=wanted.day.on in here.body.period,
    )


@work_area
@require_safe
def seats_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same seats as a file, under the same choices; with the names that the secretariat sees."""
    here = at_work(request, code)
    day = asked(request).on
    groups = list(queries.bodies_on(day).filter(parent=here.body))
    wanted = Wanted.read(request, groups)
    header = (
        *("uid", _("Who sits there"), _("Category"), _("Role"), _("Municipality of the seat")),
        *(_("ISTAT code"), _("In person"), _("Substitutes"), _("Came by"), _("Act")),
        *(_("From"), _("Until")),
    )
    name = f"{here.body.code}-{day.isoformat()}"
    return csv_answer(name, header, _as_rows(wanted.lines(here)))


def _vacant_first(whole: Roster) -> list[SeatLine]:
    return sorted(whole.lines, key=lambda line: not line.vacant)


def _table(
    request: HttpRequest,
    here: Here,
    wanted: Wanted,
    lines: Sequence[SeatLine],
    whole: Roster,
) -> Table:
    number, last = page_in(request, len(lines))
    shown = lines[(number - 1) * A_PAGE : number * A_PAGE]
    return Table(
        caption=_("Seats in the body"),
        columns=(
            Column(_("Who")),
            Column(_("Role")),
            Column(_("In person")),
            Column(_("Since")),
            Column(_("To do")),
        ),
        rows=tuple(_row(here, line) for line in shown),
        empty=EmptyState(
            _("No seat answers to this"),
            _("Look among all seats, or on another day."),
            (CardLink(_("Show all"), here.seats),),
        ),
        key="seats",
        paging=Paging(
            shown=len(shown),
            total=len(lines),
            previous_href=query_with(request.GET, pagina=str(number - 1)) if number > 1 else "",
            next_href=query_with(request.GET, pagina=str(number + 1)) if number < last else "",
        ),
        filters=_filters(wanted, whole),
        kept=tuple(wanted.day.day_query.items()),
        exports=(
            CardLink(
                _("These as CSV"),
                here.href("seats_csv") + query_with(request.GET, pagina=None).removesuffix("?"),
            ),
        ),
        caption_hidden=True,
    )


def page_in(request: HttpRequest, total: int) -> tuple[int, int]:
    """Which page the address asks for, and the last there is; the last for whoever asks beyond it."""
    given = request.GET.get("pagina", "")
    number = (
        int(given) if given.isascii() and given.isdecimal() and len(given) < LONGEST_PAGE else 1
    )
    last = max(1, -(-total // A_PAGE))
    return min(max(number, 1), last), last


def _row(here: Here, line: SeatLine) -> Row:
    verb = _("Fill it") if line.vacant else _("Send somebody") if line.sends_nobody else _("Open")
    act = format_html('{}<span class="visually-hidden"> ({})</span>', verb, line.holder)
    return Row.of(
        Cell(line.holder, note=Category(line.category).label),
        str(SeatRole(line.role).label),
        in_person(line),
        when_words(line.seat.began) or _("not said"),
        Cell(act, here.href("seat", uid=line.seat.uid)),
    )


def _filters(wanted: Wanted, whole: Roster) -> tuple[Filter, ...]:
    there = {line.category for line in whole.lines}
    towns = {
        line.municipality.istat_code: line.municipality for line in whole.lines if line.municipality
    }
    found = [
        Filter(
            "categoria",
            _("Category"),
            wanted.category,
            tuple(Option(one, one.label) for one in Category if one in there),
        ),
        Filter(
            "quali",
            _("Which"),
            wanted.which,
            (Option(VACANT, _("vacant")), Option(NO_DELEGATE, _("without a delegate"))),
        ),
    ]
    if len(towns) > 1:
        by_name = sorted(towns.values(), key=lambda town: town.sort_key)
        code = wanted.municipality.istat_code if wanted.municipality else ""
        options = tuple(Option(town.istat_code, town.name) for town in by_name)
        found.append(Filter("comune", _("Municipality of the seat"), code, options))
    if wanted.groups:
        code = wanted.group.code if wanted.group else ""
        named = tuple(Option(one.code, one.name) for one in wanted.groups)
        found.append(Filter("gruppo", _("Who sits in the group too"), code, named))
    return tuple(found)


def _by_town(request: HttpRequest, whole: Roster) -> list[tuple[str, int, str]]:
    """How many adherents have their seat in each municipality: its name, the number, where they are listed."""
    names = {
        line.municipality.istat_code: line.municipality.name
        for line in whole.lines
        if line.municipality
    }
    found = sorted(
        whole.by_municipality.items(), key=lambda pair: (-pair[1], names.get(pair[0], ""))
    )
    return [
        (
            names.get(code, _("not known")),
            number,
            query_with(request.GET, comune=code, pagina=None) if code else "",
        )
        for code, number in found
    ]


def _as_rows(lines: Sequence[SeatLine]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        town, seat = line.municipality, line.seat
        named = [one.name for one in line.sent if one.kind == DelegateKind.SUBSTITUTE]
        yield (
            *(seat.uid, line.holder, Category(line.category).label, SeatRole(line.role).label),
            *((town.name, town.istat_code) if town else ("", "")),
            line.effective.name if line.effective else "",
            ", ".join(named),
            *(seat.get_basis_display(), seat.act),
            *(seat.began or seat.valid_from, seat.ended or seat.last_day),
        )
