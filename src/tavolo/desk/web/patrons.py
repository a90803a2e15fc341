"""The patron saints of a network's municipalities: what is known, and a form for one more."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.patrons import PatronForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.kernel import clock
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.territory.actions import set_patron
from tavolo.territory.models import PatronSaint
from tavolo.territory.queries import municipalities_of, patrons_in
from tavolo.territory.rules import TERRITORY
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import until_words


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def patrons(request: HttpRequest, slug: str) -> HttpResponse:
    here, day = network_at(actor_of(request), slug, TERRITORY), clock.today()
    territory = set(municipalities_of(here, on=day).values_list("pk", flat=True))
    form = PatronForm(request.POST or None, territory=territory)

    def write() -> None:
        told = form.cleaned_data
        set_patron(
            municipality=told["municipality"],
            month=told["month"],
            day=told["day"],
            name=told["name"],
            source=told["source"],
            since=told["since"],
            network=here,
            by=actor_of(request),
        )

    back = reverse("desk:patrons", kwargs={"slug": here.slug})
    answer = done_once(request, form, write, back=back, said=_("Saved."))
    if answer is not None:
        return answer
    place = reverse("desk:territory", kwargs={"slug": here.slug})
    rows = page_of(
        patrons_in(here, on=day),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return page(
        request,
        "desk/patrons.html",
        here,
        crumb_of(here),
        Crumb(_("Territory"), place),
        here=_("Patron saints"),
        table=_table(rows.items, Paging.of(rows, request.GET)),
        form=form_view(form, _("Save"), place),
    )


def _table(rows: list[PatronSaint], paging: Paging) -> Table:
    return Table(
        caption=_("Patron saints"),
        columns=(
            Column(_("Municipality")),
            Column(_("Day")),
            Column(_("Patron saint")),
            Column(_("Source")),
        ),
        rows=tuple(_row(row) for row in rows),
        empty=EmptyState(
            _("No patron saint is entered yet"),
            _("The day of the patron saint is a holiday of the municipality’s offices."),
        ),
        key="patroni",
        dense=True,
        caption_hidden=True,
        paging=paging,
    )


def _row(row: PatronSaint) -> Row:
    ends = until_words(row.valid_until) if row.valid_until else ""
    return Row(
        (
            Cell(f"{row.municipality.name} ({row.municipality.province.short})"),
            Cell(f"{row.day} {str(MONTHS[row.month]).lower()}", note=ends),
            Cell(row.name),
            Cell(row.source),
        )
    )
