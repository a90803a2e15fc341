"""Where the pages of districts lie, and what of them is there for whoever asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, page
from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest, NotFound
from tavolo.kernel.models import Network
from tavolo.people.web.sending import actor_of
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind, area_kinds, kind_by_slug
from tavolo.territory.queries.choosing import district_at
from tavolo.territory.rules import TERRITORY
from tavolo.ui.components.breadcrumbs import Crumb


@dataclass(frozen=True)
class Here:
    """A district of a network that the actor runs."""

    network: Network
    area: Area

    @property
    def kind(self) -> AreaKind:
        return area_kinds.get(self.area.kind)

    def href(self, name: str = "area", **query: str) -> str:
        address = reverse(
            f"desk:{name}",
            kwargs={"slug": self.network.slug, "kind": self.kind.slug, "code": self.area.code},
        )
        told = {key: value for key, value in query.items() if value}
        return f"{address}?{urlencode(told)}" if told else address

    def page(
        self,
        request: HttpRequest,
        template: str,
        *,
        here: str,
        beneath: bool = True,
        **context: Any,
    ) -> HttpResponse:
        crumbs = [crumb_of(self.network), crumb_of_areas(self.network)]
        if beneath:
            crumbs.append(Crumb(self.area.title, self.href()))
        return page(
            request,
            template,
            self.network,
            *crumbs,
            here=here,
            area=self.area,
            kind=self.kind,
            **context,
        )


def district_here(request: HttpRequest, slug: str, kind: str, code: str) -> Here:
    """Refuses with NotFound, as for what is not there, a district that is not the network's."""
    network = network_at(actor_of(request), slug, TERRITORY)
    known = kind_by_slug(kind)
    if known is None or known.official:
        raise NotFound
    return Here(network, district_at(network, known.key, code, on=clock.today()))


def areas_href(network: Network) -> str:
    return reverse("desk:areas", kwargs={"slug": network.slug})


def crumb_of_areas(network: Network) -> Crumb:
    return Crumb(_("Districts"), areas_href(network))


def import_href(network: Network) -> str:
    return reverse("desk:import_kind", kwargs={"slug": network.slug, "kind": "distretti"})


def day_in(request: HttpRequest, name: str) -> date:
    """The day in the address, else today. Refuses with BadRequest what is no day."""
    text = request.GET.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as fault:
        raise BadRequest(_("The address names a day that does not exist.")) from fault
