"""How lists of organisations are asked for and shown, on public pages and at work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tavolo.kernel.models import Network
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation, Participation
from tavolo.registry.queries import networks_of
from tavolo.ui.components.table import Cell, Column, Filter, Option, Row

SEPARATOR = " · "


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that no list has are no filter."""

    words: str
    kind: str
    network: str
    after: str
    before: str

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.kind or self.network)

    @property
    def query(self) -> str:
        """The filters as the end of an address, without the page."""
        pairs = {"q": self.words, "tipo": self.kind, "rete": self.network}
        asked = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    @classmethod
    def read(cls, request: HttpRequest, networks: Iterable[Network]) -> "Wanted":
        asked = request.GET
        kind, network = asked.get("tipo", ""), asked.get("rete", "")
        return cls(
            words=asked.get("q", "").strip()[:100],
            kind=kind if kind in OrganisationKind.values else "",
            network=network if network in {n.slug for n in networks} else "",
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )


def filters(
    wanted: Wanted, networks: Sequence[Network], kinds: Iterable[OrganisationKind]
) -> tuple[Filter, ...]:
    found = [
        Filter("q", _("Name"), wanted.words),
        Filter(
            "tipo",
            _("Kind"),
            wanted.kind,
            tuple(Option(str(k), k.label) for k in sorted_kinds(kinds)),
        ),
    ]
    if len(networks) > 1:
        options = tuple(Option(network.slug, network.name) for network in networks)
        found.append(Filter("rete", _("Network"), wanted.network, options))
    return tuple(found)


def sorted_kinds(kinds: Iterable[OrganisationKind]) -> list[OrganisationKind]:
    """In the order of the reader's words."""
    return sorted(kinds, key=lambda kind: str(kind.label).casefold())


def columns() -> tuple[Column, ...]:
    return (
        Column(_("Organisation")),
        Column(_("Kind")),
        Column(_("Seat")),
        Column(_("Networks")),
    )


def rows(organisations: Sequence[Organisation], *, url_name: str, on: date) -> tuple[Row, ...]:
    """One row each; where they take part is read for all at once."""
    taking_part = networks_of(organisations, on=on)
    return tuple(
        Row.of(
            Cell(row.name, href=reverse(url_name, kwargs={"code": row.code})),
            kind_words(row),
            row.municipality.name if row.municipality else pgettext("seat", "not entered"),
            network_words(taking_part.get(row.pk, [])),
        )
        for row in organisations
    )


def kind_words(organisation: Organisation) -> str:
    return str(OrganisationKind(organisation.kind).label)


def network_words(taking_part: Iterable[Participation]) -> str:
    return SEPARATOR.join(row.network.name for row in taking_part) or pgettext("networks", "none")
