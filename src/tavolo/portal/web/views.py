"""The first page, and the page of a network."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.portal.web import pages
from tavolo.registry.queries import network_by_slug
from tavolo.registry.queries import networks as all_networks


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All networks on the map; the only one as its page; with none, what to do first."""
    found = list(all_networks())
    if not found:
        return render(request, "portal/nothing_yet.html")
    if len(found) == 1:
        return network_page(request, found[0])
    return render(request, "portal/home.html", pages.home(found, on=clock.today()))


@require_safe
def networks(_request: HttpRequest) -> HttpResponse:
    """The list of the networks is the first page."""
    return HttpResponseRedirect(reverse("portal:home"))


@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    return network_page(request, network_by_slug(slug))


def network_page(request: HttpRequest, network: Network) -> HttpResponse:
    return render(request, "portal/network.html", pages.network(request, network, on=clock.today()))
