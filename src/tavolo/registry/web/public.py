"""The register of organisations, for everybody."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel.paging import page_of
from tavolo.registry import queries
from tavolo.registry.choices import LegalForm, OrganisationKind
from tavolo.registry.queries import REGISTER_ORDER
from tavolo.registry.queries.today import todays
from tavolo.registry.web import register, rows
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
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Paging, Table
from tavolo.ui.plugs import panels_of

BATCH = 1000


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The register as of any day: by name, kind, form, network, place, page by page."""
    networks = list(queries.networks())
    wanted = register.Wanted.read(request, networks)
    page = page_of(
        wanted.rows(),
        order=REGISTER_ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = Table(
        caption=_("Organisations in alphabetical order"),
        columns=rows.columns(),
        rows=register.lines(page.items, wanted),
        empty=nothing(wanted),
        key="organisations",
        paging=Paging.of(page, request.GET),
        filters=register.filters(wanted, networks),
        kept=tuple(wanted.asked.day_query.items()),
        narrow="brief",
        exports=(
            CardLink(_("All as CSV"), reverse("registry:organisations_csv") + wanted.query),
            CardLink(_("All as PDF"), reverse("registry:organisations_pdf") + wanted.query),
        ),
    )
    context = {
        "table": table,
        "total": page.total,
        "narrowed": wanted.narrows,
        "day": Day.of(wanted.asked, request.GET),
    }
    return render(request, "registry/organisations.html", context)


@require_safe
def organisations_csv(request: HttpRequest) -> StreamingHttpResponse:
    """What the list shows, all pages of it, with what is public of each on that day."""
    wanted = register.Wanted.read(request, list(queries.networks()))
    header = (
        *("uid", "code", _("Name"), _("Kind"), _("Legal form"), _("Municipality of the seat")),
        *(_("ISTAT code"), _("Networks"), _("Website"), _("Public e-mail"), _("Telephone")),
        *(_("Tax code"), _("Source")),
    )
    return csv_answer(_("organisations"), header, _lines(wanted))


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


def nothing(wanted: register.Wanted) -> EmptyState:
    """Nobody answers to the filters; or nobody was there."""
    show_all = CardLink(_("Show all"), reverse("registry:organisations"))
    if wanted.where and not wanted.place:
        return EmptyState(
            _("No municipality and no province is called so"),
            _("Write the whole name, for example Rozzano or provincia di Lucca."),
            (show_all,),
        )
    if wanted.narrows:
        return EmptyState(
            _("No organisation answers to this"),
            _("Try with fewer letters of the name, or without a filter."),
            (show_all,),
        )
    if not wanted.asked.is_today:
        return EmptyState(
            _("Of this day no organisation is known"),
            _("Choose a later day, or look at the register of today."),
            (show_all,),
        )
    return EmptyState(
        _("No organisation has been entered yet"),
        _("Here will stand who takes part in the networks. The secretariat enters them."),
    )


def _lines(wanted: register.Wanted) -> Iterator[tuple[object, ...]]:
    on = wanted.asked.on
    source = wanted.rows().order_by(*REGISTER_ORDER).iterator(chunk_size=BATCH)
    while batch := list(islice(source, BATCH)):
        taking_part = queries.networks_of(batch, on=on)
        known = todays(batch, on=on)
        for row in batch:
            then = known[row.pk].columns(row)
            seat = then["municipality"]
            networks = rows.SEPARATOR.join(p.network.name for p in taking_part.get(row.pk, []))
            yield (
                *(row.uid, row.code, then["name"], _label(OrganisationKind, then["kind"])),
                _label(LegalForm, then["legal_form"]),
                *((seat.name, seat.istat_code) if seat else ("", "")),
                *(networks, then["website"], then["public_email"], then["phone"]),
                *(then["tax_code"], row.source),
            )


def _label(choices: type[TextChoices], key: str) -> str:
    return str(choices(key).label) if key else ""
