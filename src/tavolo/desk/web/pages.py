"""What the desk's pages share: where they lie, and how a form does its act once."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.desk.forms import ActForm
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Refusal, StaleVersion
from tavolo.kernel.idempotency import once
from tavolo.kernel.models import Network
from tavolo.ui.address import address
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView
from tavolo.ui.context import Place

PLACES = {
    "network": gettext_lazy("The network"),
    "people": gettext_lazy("People"),
    "territory": gettext_lazy("Territory"),
    "areas": gettext_lazy("Districts"),
    "imports": gettext_lazy("Import"),
    "settings": gettext_lazy("Settings"),
}


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # ActorMiddleware gives it
    return actor


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
    frame = {
        "network": network,
        "network_url": desk_of(network),
        "public_url": address(f"/reti/{network.slug}/"),
        "heading": here,
        "breadcrumbs": Breadcrumbs(above, here),
        "places_here": list(_places(request.path, network)),
    }
    return render(request, template, {**frame, **context}, status=status)


def _places(path: str, network: Network) -> Iterator[Place]:
    """The pages of this network's desk, for the side of the page."""
    for name, label in PLACES.items():
        href = reverse(f"desk:{name}", kwargs={"slug": network.slug})
        beneath = name != "network" and path.startswith(href)
        yield Place(label, href, "page" if path == href else "true" if beneath else "")


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


def sent_once(
    request: HttpRequest, form: ActForm, act: Callable[[], str], *, said: str = ""
) -> HttpResponse | None:
    """As `done_once`, for an act that says itself where to go on."""
    if not form.is_valid():
        return None
    try:
        href = once(form.cleaned_data["form_key"], by=actor_of(request).person, do=act)
    except StaleVersion:
        # The page shows both versions.
        raise
    except Refusal as refusal:
        form.take(refusal)
        return None
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(href)


def form_view(form: ActForm, submit: str, back: str, **more: Any) -> FormView:
    return FormView(form=form, submit=submit, cancel_href=back, **more)
