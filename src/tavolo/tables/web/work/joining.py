"""Which municipalities of a body's territory have no seat in it, on any day: a page and a file."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.people.web.access import work_area
from tavolo.registry.web.sheets import csv_answer
from tavolo.tables.queries import NotJoined, not_joined
from tavolo.tables.web.work.adding import seats_crumb
from tavolo.tables.web.work.here import Here, at_work
from tavolo.tables.web.work.seats import A_PAGE, page_in
from tavolo.territory.web.asof import asked
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.address import query_with
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table


@work_area
@require_safe
def lacking(request: HttpRequest, code: str) -> HttpResponse:
    """Each with the seat that can be given to it, or with what the register lacks."""
    here, day = at_work(request, code), asked(request)
    found = not_joined(here.body, on=day.on)
    return here.page(
        request,
        "tables/work_lacking.html",
        here=_("Who has not joined"),
        above=[seats_crumb(here)],
        table=_table(request, here, found),
        total=len(found),
        day=Day.of(day, request.GET),
    )


@work_area
@require_safe
def lacking_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    here, day = at_work(request, code), asked(request)
    found = not_joined(here.body, on=day.on)
    header = (_("Municipality"), _("ISTAT code"), _("In the register"))
    return csv_answer(f"{here.body.code}-mancano-{day.on.isoformat()}", header, _lines(found))


def _table(request: HttpRequest, here: Here, found: Sequence[NotJoined]) -> Table:
    number, last = page_in(request, len(found))
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    sheet = here.href("lacking_csv") + query_with(request.GET, pagina=None).removesuffix("?")
    return Table(
        caption=_("Municipalities without a seat"),
        columns=(Column(_("Municipality")), Column(_("In the register")), Column(_("To do"))),
        rows=tuple(_row(here, one) for one in shown),
        empty=EmptyState(
            _("Nobody is missing"),
            _(
                "Every municipality of its territory has a seat, or no territory is said: it is said"
                " on the page of the body."
            ),
            (CardLink(here.body.name, f"{here.overview}#territorio"),),
        ),
        key="lacking",
        paging=Paging(
            shown=len(shown),
            total=len(found),
            previous_href=query_with(request.GET, pagina=str(number - 1)) if number > 1 else "",
            next_href=query_with(request.GET, pagina=str(number + 1)) if number < last else "",
        ),
        exports=(CardLink(_("These as CSV"), sheet),),
        caption_hidden=True,
    )


def _row(here: Here, one: NotJoined) -> Row:
    town, known = one.municipality, one.organisation
    if known is None:
        verb, href = _("Enter it in the register"), reverse("registry:add_organisation")
    else:
        verb, href = _("Give it a seat"), f"{here.href('new_seat')}?org={known.code}"
    act = format_html('{}<span class="visually-hidden"> ({})</span>', verb, town.name)
    return Row.of(town.name, known.name if known else _("not yet"), Cell(act, href))


def _lines(found: Sequence[NotJoined]) -> Iterator[tuple[object, ...]]:
    for one in found:
        town, known = one.municipality, one.organisation
        yield (town.name, town.istat_code, known.name if known else "")
