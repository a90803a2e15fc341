"""The public pages: Italy, an area, a municipality; each as a map and as a table."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.plugs import kind_by_slug
from tavolo.territory.web import addresses, pages


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """Italy by regions."""
    return render(request, "territory/country.html", pages.country(on=clock.today()))


@require_safe
def area(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """An area by the areas or the municipalities that it is divided into; a former code redirects."""
    known = kind_by_slug(kind)
    if known is None:
        raise NotFound
    found, is_former = queries.area_at(known.key, code)
    if is_former:
        return HttpResponsePermanentRedirect(addresses.area(found.kind, found.code))
    return render(request, "territory/area.html", pages.area(request, found, on=clock.today()))


@require_safe
def municipality(request: HttpRequest, istat: str) -> HttpResponse:
    """A municipality among its neighbours."""
    found = queries.municipality_at(istat)
    context = pages.municipality(request, found, on=clock.today())
    return render(request, "territory/municipality.html", context)
