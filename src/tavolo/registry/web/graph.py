"""The network as a graph, in which nobody stands above, and as a list that says the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.registry import queries
from tavolo.registry.web.tied import MOST_DRAWN, Members, graph_of, list_of
from tavolo.territory.web.asof import asked
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.address import address
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb


@require_safe
def network_graph(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part on a day, each tied to those with whom it shares more than the network.

    A network of more than `MOST_DRAWN` is listed, page by page, and not drawn.
    """
    network, day = queries.network_by_slug(slug), asked(request)
    members = Members.of(network, request.GET, day)
    context = {
        "network": network,
        "network_url": address(f"/reti/{network.slug}/"),
        "logo": queries.logo_of(network),
        "breadcrumbs": Breadcrumbs(
            (
                Crumb(_("Networks"), address("/reti/")),
                Crumb(network.name, address(f"/reti/{network.slug}/")),
            ),
            _("As a graph"),
        ),
        "day": Day.of(day, request.GET),
        "total": members.total,
        "most": MOST_DRAWN,
        "graph": graph_of(members),
        "table": list_of(members, reverse("registry:organisations_csv")),
    }
    return render(request, "registry/network_graph.html", context)
