"""The first page, and the page of a network."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.portal.web import pages
from tavolo.registry.queries import network_by_slug, networks
from tavolo.ui.address import in_language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All networks on the map; the only one as its page; with none, what to do first.

    `/reti/`, which the addresses of networks lie beneath, is the same.
    """
    found = list(networks())
    if not found:
        return render(request, "portal/nothing_yet.html")
    if len(found) == 1:
        return network_page(request, found[0])
    return render(request, "portal/home.html", pages.home(found, on=clock.today()))


@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    return network_page(request, network_by_slug(slug))


def network_page(request: HttpRequest, network: Network) -> HttpResponse:
    """In a language that the network does not offer it leads to the first of those that it offers."""
    context = pages.network(request, network, on=clock.today())
    if get_language() not in context["languages"]:
        first = context["languages"][0]
        return HttpResponseRedirect(in_language(request.get_full_path(), first))
    return render(request, "portal/network.html", context)
