"""Organisations that are perhaps there twice, side by side, each pair with the way to merge it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.people.web.access import work_area
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.likeness import Reason
from tavolo.registry.models import Organisation
from tavolo.registry.queries.duplicates import Double, probable_doubles
from tavolo.registry.web.work.register import actor_in_office
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table

SHOWN = 100


@work_area
@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """The likeliest first; whoever runs no network finds nothing here."""
    found, total = probable_doubles(actor_in_office(request), most=SHOWN)
    heading = _("Perhaps there twice")
    table = Table(
        caption=heading,
        columns=(
            Column(_("This organisation")),
            Column(_("This other one")),
            Column(_("Why")),
            Column(_("To do")),
        ),
        rows=tuple(_row(double) for double in found),
        empty=EmptyState(
            _("Nothing looks double"),
            _("Here stand organisations whose number, name or web domain is nearly the same."),
        ),
        key="doppioni",
        paging=Paging(shown=len(found), total=total),
        dense=True,
        caption_hidden=True,
    )
    above = (Crumb(_("Organisations"), reverse("registry:work_organisations")),)
    context = {"heading": heading, "table": table, "breadcrumbs": Breadcrumbs(above, heading)}
    return render(request, "registry/work_doubles.html", context)


def _row(double: Double) -> Row:
    merge = reverse("registry:merge", args=[double.one.code])
    return Row(
        (
            _cell(double.one),
            _cell(double.other),
            Cell(_why(double.reason)),
            Cell(_("Compare them"), f"{merge}?{urlencode({'con': double.other.code})}"),
        )
    )


def _cell(row: Organisation) -> Cell:
    told = (
        OrganisationKind(row.kind).label,
        row.municipality.name if row.municipality else _("without a municipality"),
        row.tax_code,
        row.website,
        row.steward.name,
    )
    note = " · ".join(str(each) for each in told if each)
    return Cell(row.name, reverse("registry:organisation", args=[row.code]), note=note)


def _why(reason: Reason) -> str:
    return {
        Reason.NUMBER: _("the same number"),
        Reason.NAME: _("nearly the same name, in one place"),
        Reason.DOMAIN: _("the same website or e-mail domain"),
    }[reason]
