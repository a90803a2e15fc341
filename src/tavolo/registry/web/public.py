"""The register of organisations, for everybody."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.paging import page_of
from tavolo.registry import queries
from tavolo.registry.models import Organisation
from tavolo.registry.web import rows
from tavolo.registry.web.frame import shared
from tavolo.registry.web.page.details import details
from tavolo.registry.web.page.gone import gone
from tavolo.registry.web.page.parts import Page, organisation_href
from tavolo.registry.web.page.places import places
from tavolo.registry.web.page.story import story_of
from tavolo.registry.web.page.title import head, title
from tavolo.registry.web.page.voices import voices
from tavolo.registry.web.promised import promised
from tavolo.registry.web.sheets import csv_answer
from tavolo.territory.web.asof import asked
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Paging, Table
from tavolo.ui.plugs import panels_of

BATCH = 1000


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The register: searched by name, filtered by kind and network, page by page."""
    today = clock.today()
    networks = list(queries.networks())
    wanted = rows.Wanted.read(request, networks)
    found = queries.organisations(
        words=wanted.words, kind=wanted.kind, network=wanted.network, on=today
    )
    page = page_of(found, after=wanted.after, before=wanted.before)
    table = Table(
        caption=_("Organisations in alphabetical order"),
        columns=rows.columns(),
        rows=rows.rows(page.items, url_name="registry:organisation", on=today),
        empty=nothing(wanted.narrows),
        key="organisations",
        paging=Paging.of(page, request.GET),
        filters=rows.filters(wanted, networks, queries.kinds_in_use()),
        narrow="brief",
        exports=(CardLink(_("All as CSV"), reverse("registry:organisations_csv") + wanted.query),),
    )
    context = {"table": table, "total": page.total, "narrowed": wanted.narrows}
    return render(request, "registry/organisations.html", context)


@require_safe
def organisations_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it, with what is public of each."""
    today = clock.today()
    wanted = rows.Wanted.read(request, queries.networks())
    found = queries.organisations(
        words=wanted.words, kind=wanted.kind, network=wanted.network, on=today
    )
    header = (
        *("uid", "code", _("Name"), _("Kind"), _("Municipality of the seat"), _("ISTAT code")),
        *(_("Networks"), _("Website"), _("Public e-mail"), _("Telephone"), _("Tax code")),
        _("Source"),
    )
    return csv_answer(_("organisations"), header, _lines(found.order_by("sort_key", "id")))


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation as of any day; who turned out to be another leads to that one, which says so."""
    found, day = queries.organisation_by_code(code), asked(request)
    if found.merged_into_id is not None:
        there = queries.followed(found).code
        return HttpResponseRedirect(organisation_href(there, {**day.day_query, "da": code}))
    page = Page.of(request, found, day, actor=request.actor)  # type: ignore[attr-defined]
    if not page.as_of.exists:
        context = {**title(page), "gone": gone(page), "story": story_of(page)}
        return render(request, "registry/organisation_elsewhen.html", context)
    context = {
        **title(page),
        **head(page),
        **voices(page),
        **places(page),
        **details(page),
        **shared(found, page.as_of.name),
        "promised": promised(found, actor=page.actor, on=page.on),
        "story": story_of(page),
        "panels": panels_of(found, page.actor),
    }
    return render(request, "registry/organisation.html", context)


def nothing(narrowed: bool) -> EmptyState:  # noqa: FBT001  # whether filters hid what there is
    if narrowed:
        return EmptyState(
            _("No organisation answers to this"),
            _("Try with fewer letters of the name, or without a filter."),
            (CardLink(_("Show all"), reverse("registry:organisations")),),
        )
    return EmptyState(
        _("No organisation has been entered yet"),
        _("Here will stand who takes part in the networks. The secretariat enters them."),
    )


def _lines(found: QuerySet[Organisation]) -> Iterator[tuple[object, ...]]:
    source = found.iterator(chunk_size=BATCH)
    while batch := list(islice(source, BATCH)):
        taking_part = queries.networks_of(batch, on=clock.today())
        for row in batch:
            seat = row.municipality
            networks = rows.SEPARATOR.join(p.network.name for p in taking_part.get(row.pk, []))
            yield (
                *(row.uid, row.code, row.name, rows.kind_words(row)),
                *((seat.name, seat.istat_code) if seat else ("", "")),
                *(networks, row.website, row.public_email, row.phone, row.tax_code, row.source),
            )
