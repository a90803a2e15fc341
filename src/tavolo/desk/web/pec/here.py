"""Where the pages of PEC lie, and who comes to them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.desk.queries import network_at
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Numbered, Registrable
from tavolo.messages.models import PecMessage
from tavolo.messages.pec import queries
from tavolo.messages.pec.rules import PEC
from tavolo.messages.pec.things import REQUESTS
from tavolo.people.web.sending import actor_of
from tavolo.registry.queries import network_by_slug
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.words import day_words

# Where the page of a thing lies, by the key of its kind, if it is another than that of its number.
PAGES = {queries.PECS: "desk:pec_message", REQUESTS: "desk:request"}


def network_here(request: HttpRequest, slug: str) -> Network:
    """The network, for who keeps its PEC. Refuses with NotFound."""
    return network_at(actor_of(request), slug, PEC)


def message_here(request: HttpRequest, slug: str, uid: UUID) -> PecMessage:
    """A message of that network. Refuses with NotFound."""
    found = queries.pec_at(network_here(request, slug), uid)
    if found is None:
        raise NotFound
    return found


def plugs_here(request: HttpRequest, slug: str) -> tuple[Network, list[Numbered]]:
    """The network, and the kinds of things whose numbers the actor enters there. Refuses with NotFound."""
    network = network_by_slug(slug)
    plugs = queries.plugs_for(actor_of(request), network)
    if not plugs:
        raise NotFound
    return network, plugs


def thing_here(
    request: HttpRequest, slug: str, kind: str, uid: UUID
) -> tuple[Network, Numbered, Registrable]:
    """A thing that can be numbered there. Refuses with NotFound."""
    network, plugs = plugs_here(request, slug)
    for plug in plugs:
        if plug.slug == kind:
            thing = plug.named(network.uid, [uid]).get(uid)
            if thing is not None:
                return network, plug, thing
    raise NotFound


def pecs_href(network: Network) -> str:
    return reverse("desk:pec", args=[network.slug])


def message_href(message: PecMessage, name: str = "pec_message") -> str:
    return reverse(f"desk:{name}", args=[message.network.slug, message.uid])


def numbers_href(network: Network) -> str:
    return reverse("desk:numbers", args=[network.slug])


def number_href(network: Network, plug: Numbered, uid: UUID, name: str = "number") -> str:
    return reverse(f"desk:{name}", args=[network.slug, plug.slug, uid])


def thing_href(network: Network, plug: Numbered, thing: Registrable) -> str:
    """The page of the thing itself, or that of its number."""
    if thing.href:
        return thing.href
    if plug.key in PAGES:
        return reverse(PAGES[plug.key], args=[network.slug, thing.uid])
    return number_href(network, plug, thing.uid)


def crumb_of_pecs(network: Network) -> Crumb:
    return Crumb(_("PEC"), pecs_href(network))


def crumb_of_numbers(network: Network) -> Crumb:
    return Crumb(_("Register numbers"), numbers_href(network))


def second_words(instant: datetime) -> str:
    """To the second, on an Italian clock, with its distance from Greenwich: the clock goes back once a year."""
    there = clock.in_rome(instant)
    zone = there.strftime("%z")
    return _("%(day)s, %(time)s (UTC%(zone)s)") % {
        "day": day_words(there.date()),
        "time": there.strftime("%H:%M:%S"),
        "zone": f"{zone[:3]}:{zone[3:]}",
    }
