"""The register of organisations as of any day: what it is asked, and how it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tavolo.kernel.models import Network
from tavolo.registry import queries
from tavolo.registry.choices import LegalForm, OrganisationKind
from tavolo.registry.models import Organisation, Standing
from tavolo.registry.queries import Meant
from tavolo.registry.web.page.parts import organisation_href
from tavolo.registry.web.rows import network_words, sorted_kinds
from tavolo.territory.web.asof import Asked, asked
from tavolo.ui.components.table import Cell, Filter, Option, Row

YES, NO = "si", "no"
LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that no list has are no filter.

    `where` is what was typed, `place` what it means: nothing where no place is called so.
    """

    asked: Asked
    words: str
    kind: str
    legal_form: str
    network: str
    administration: str
    where: str
    place: Meant

    @classmethod
    def read(cls, request: HttpRequest, networks: Sequence[Network]) -> Self:
        query = request.GET
        where = query.get("dove", "").strip()[:LONGEST]
        return cls(
            asked=asked(request),
            words=query.get("q", "").strip()[:LONGEST],
            kind=_one_of(query, "tipo", OrganisationKind.values),
            legal_form=_one_of(query, "forma", LegalForm.values),
            network=_one_of(query, "rete", [network.slug for network in networks]),
            administration=_one_of(query, "amministrazione", [YES, NO]),
            where=where,
            place=queries.place_meant(where),
        )

    @property
    def filters(self) -> dict[str, str]:
        """By the names that stand in the address."""
        return {
            "q": self.words,
            "tipo": self.kind,
            "forma": self.legal_form,
            "rete": self.network,
            "amministrazione": self.administration,
            "dove": self.where,
        }

    @property
    def narrows(self) -> bool:
        return any(self.filters.values())

    @property
    def query(self) -> str:
        """The filters and the day as the end of an address, without the page."""
        told = {name: value for name, value in self.filters.items() if value}
        told |= self.asked.day_query
        return f"?{urlencode(told)}" if told else ""

    def rows(self) -> QuerySet[Organisation]:
        """Who was there on that day and answers to all of it."""
        on = self.asked.on
        rows = queries.register_on(
            on,
            words=self.words,
            kind=self.kind,
            legal_form=self.legal_form,
            network=self.network,
        )
        if self.administration:
            said = Standing.objects.on(on).filter(
                organisation=OuterRef("pk"), is_administration=self.administration == YES
            )
            rows = rows.filter(Exists(said))
        if self.where:
            rows = queries.at_place(rows, self.place, on=on)
        return rows


def _one_of(query: QueryDict, name: str, known: Sequence[str]) -> str:
    given = query.get(name, "")
    return given if given in known else ""


def filters(wanted: Wanted, networks: Sequence[Network]) -> tuple[Filter, ...]:
    kinds = sorted_kinds(queries.kinds_in_use())
    forms = sorted(LegalForm, key=lambda form: str(form.label).casefold())
    found = [
        Filter("q", _("Name"), wanted.words),
        Filter("dove", _("Municipality or province"), wanted.where),
        Filter("tipo", _("Kind"), wanted.kind, tuple(Option(k, k.label) for k in kinds)),
        Filter(
            "forma", _("Legal form"), wanted.legal_form, tuple(Option(f, f.label) for f in forms)
        ),
        Filter(
            "amministrazione",
            _("Public administration"),
            wanted.administration,
            (
                Option(YES, pgettext("public administration", "yes")),
                Option(NO, pgettext("public administration", "no")),
            ),
        ),
    ]
    if len(networks) > 1:
        options = tuple(Option(network.slug, network.name) for network in networks)
        found.append(Filter("rete", _("Network"), wanted.network, options))
    return tuple(found)


def lines(found: Sequence[Any], wanted: Wanted) -> tuple[Row, ...]:
    """One row each, as `register_on` annotates them; where they take part is read for all at once."""
    taking_part = queries.networks_of(found, on=wanted.asked.on)
    return tuple(
        Row.of(
            Cell(row.name_then, href=organisation_href(row.code, wanted.asked.day_query)),
            str(OrganisationKind(row.kind_then).label),
            row.place_then or pgettext("seat", "not entered"),
            network_words(taking_part.get(row.pk, [])),
        )
        for row in found
    )
