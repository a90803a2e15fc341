"""What the desk's pages share: where they lie, and how a form does its act once."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.desk.forms import ActForm
from tavolo.desk.places import places_of
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry.rules import works_at
from tavolo.ui.address import address
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView
from tavolo.ui.context import Place


def desk_of(network: Network) -> str:
    return reverse("desk:network", kwargs={"slug": network.slug})


def people_of(network: Network) -> str:
    return reverse("desk:people", kwargs={"slug": network.slug})


def page(
    request: HttpRequest,
    template: str,
    network: Network,
    *crumbs: Crumb,
    here: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of a network's desk."""
    above = (Crumb(_("Today"), reverse("desk:today")), *crumbs)
    actor = actor_of(request)
    places = list(_places(request.path, network, actor))
    frame = {
        "network": network,
        "network_url": desk_of(network) if works_at(actor, network.uid) else "",
        "public_url": address(f"/reti/{network.slug}/"),
        "heading": here,
        "breadcrumbs": Breadcrumbs(above, here),
        "places_here": places,
        "open_here": {place.href for place in places},
    }
    return render(request, template, {**frame, **context}, status=status)


def _places(path: str, network: Network, actor: Actor) -> Iterator[Place]:
    """The pages of this network's desk that the actor may open, for the side of the page."""
    home = desk_of(network)
    for label, href in places_of(network, actor):
        beneath = href != home and path.startswith(href)
        yield Place(label, href, "page" if path == href else "true" if beneath else "")


def crumbs_to(network: Network, actor: Actor) -> tuple[Crumb, ...]:
    """The way to the network's desk, for those who have a part of it."""
    return (crumb_of(network),) if works_at(actor, network.uid) else ()


def crumb_of(network: Network) -> Crumb:
    return Crumb(network.name, desk_of(network))


def crumb_of_people(network: Network) -> Crumb:
    return Crumb(_("People"), people_of(network))


def done_once(
    request: HttpRequest, form: ActForm, act: Callable[[], object], *, back: str, said: str
) -> HttpResponse | None:
    """Do what the form asks, once, and go back with a word; None where it was refused or is not sent.

    What the action refuses is said in the form, whose values stay.
    """

    def do() -> str:
        act()
        return back

    return sent_once(request, form, do, said=said)


def form_view(form: ActForm, submit: str, back: str, **more: Any) -> FormView:
    return FormView(form=form, submit=submit, cancel_href=back, **more)
