"""The public pages: Italy, a kind of area, an area, a municipality; each as a map and as a table, on any day."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.plugs import AreaKind, kind_by_slug
from tavolo.territory.queries import State
from tavolo.territory.web.asof import asked
from tavolo.territory.web.country.drawing import country_drawing
from tavolo.territory.web.country.serving import served
from tavolo.territory.web.pages.area import area as area_page
from tavolo.territory.web.pages.common import Request
from tavolo.territory.web.pages.comparison import comparison as comparison_page
from tavolo.territory.web.pages.country import country as country_page
from tavolo.territory.web.pages.kind import kind_list as kind_page
from tavolo.territory.web.pages.municipalities import DEFAULT
from tavolo.territory.web.pages.municipalities import municipalities as municipalities_page
from tavolo.territory.web.pages.municipality import elsewhen as elsewhen_page
from tavolo.territory.web.pages.municipality import municipality as municipality_page


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """Italy by regions."""
    page = Request(request, asked(request))
    return render(request, "territory/country.html", country_page(page))


@require_safe
def area(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """An area by the areas or the municipalities that it is divided into.

    A former code leads to today's for good; what another took the place of leads there on days
    after that.
    """
    page = Request(request, asked(request))
    found = queries.area_on(_kind(kind).key, code, page.asked.on)
    if found.leads_to is not None:
        there = page.to.area(found.leads_to.kind, found.leads_to.code)
        if found.leads_to == found.area:
            return HttpResponsePermanentRedirect(there)
        return HttpResponseRedirect(there)
    return render(request, "territory/area.html", area_page(page, found.area))


@require_safe
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The areas of a kind."""
    known = _kind(kind)
    page = Request(request, asked(request))
    return render(request, "territory/kind.html", kind_page(page, known))


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """All municipalities of Italy on one drawing."""
    page = Request(request, asked(request))
    return render(request, "territory/municipalities.html", municipalities_page(page))


@require_safe
def drawing(request: HttpRequest) -> HttpResponse:
    """That drawing as a file; asked for by its content (`v`) it may be kept for a year."""
    shown = asked(request)
    found = country_drawing(shown.figure or DEFAULT, shown.on)
    if found is None:
        raise NotFound
    return served(request, found)


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Two kinds of area laid over each other."""
    page = Request(request, asked(request))
    return render(request, "territory/comparison.html", comparison_page(page))


@require_safe
def municipality(request: HttpRequest, istat: str) -> HttpResponse:
    """A municipality among its neighbours, or what is to be said where it did not exist.

    Another code of the same municipality leads to that of the day, which then says why.
    """
    page = Request(request, asked(request))
    resolved = queries.municipality_on(istat, page.asked.on)
    if resolved.state is State.OTHER_CODE:
        return HttpResponseRedirect(page.to.municipality(resolved.version.istat_code, da=istat))
    if resolved.state is State.VALID:
        return render(request, "territory/municipality.html", municipality_page(page, resolved))
    return render(request, "territory/elsewhen.html", elsewhen_page(page, resolved))


def _kind(slug: str) -> AreaKind:
    known = kind_by_slug(slug)
    if known is None:
        raise NotFound
    return known
