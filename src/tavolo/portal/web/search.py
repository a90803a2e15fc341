"""`/cerca/`: one box for networks, organisations and places, by the beginnings of their words."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.kernel.text import search_key
from tavolo.portal import queries
from tavolo.portal.web.parts import Line
from tavolo.registry.models import Organisation
from tavolo.registry.web.rows import kind_words
from tavolo.territory.models import Area, Municipality
from tavolo.territory.plugs import area_kinds
from tavolo.territory.web import addresses
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Paging
from tavolo.ui.words import day_words

LONGEST = 100
FIRST = 8
ORDER = ("closeness", "sort_key", "id")

TITLES: dict[str, str | Promise] = {
    "reti": gettext_lazy("Networks"),
    "organizzazioni": gettext_lazy("Organisations"),
    "aree": gettext_lazy("Areas"),
    "comuni": gettext_lazy("Municipalities"),
}


@dataclass(frozen=True)
class Hits:
    """What was found of one sort: the first of `total`, or one page of them."""

    key: str
    title: str
    lines: tuple[Line, ...]
    paging: Paging

    @property
    def more(self) -> bool:
        return self.paging.total > len(self.lines)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What begins with the typed words, the closest first; `dove` pages through one sort."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    where = request.GET.get("dove", "")
    asked = bool(search_key(typed))
    chosen = [hay for hay in queries.haystacks() if where in ("", hay.key)] if asked else []
    found = [_hits(request, hay, typed, alone=bool(where)) for hay in chosen]
    context = {
        "typed": typed,
        "where": where if where in TITLES else "",
        "asked": asked,
        "found": [hits for hits in found if hits.paging.total],
        "total": sum(hits.paging.total for hits in found),
        "nothing": nothing(),
    }
    return render(request, "portal/search.html", context)


def nothing() -> EmptyState:
    return EmptyState(
        _("Nothing begins like this"),
        _("Try with fewer letters, or with the name of a municipality."),
    )


def _hits(request: HttpRequest, hay: queries.Haystack, typed: str, *, alone: bool) -> Hits:
    rows = queries.found_in(hay, typed)
    if alone:
        page = page_of(
            rows,
            order=ORDER,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
    else:
        page = page_of(rows, order=ORDER, size=FIRST)
    return Hits(
        hay.key,
        str(TITLES[hay.key]),
        tuple(_hit(row) for row in page.items),
        Paging.of(page, request.GET),
    )


def _hit(row: Any) -> Line:
    if isinstance(row, Network):
        return Line(row.name, reverse("portal:network", args=[row.slug]), row.summary)
    if isinstance(row, Organisation):
        seat = f", {row.municipality.name}" if row.municipality else ""
        href = reverse("registry:organisation", args=[row.code])
        return Line(row.name, href, f"{kind_words(row)}{seat}")
    if isinstance(row, Municipality):
        return _municipality_hit(row)
    return _area_hit(row)


def _municipality_hit(row: Municipality) -> Line:
    """One that is no more is shown as it was on its last day: its code may be another's since."""
    href = addresses.municipality(row.istat_code)
    if row.last_day is None:
        return Line(row.name, href, row.province.title)
    told = {"province": row.province.title, "day": day_words(row.last_day, weekday=False)}
    text = _("%(province)s, until %(day)s") % told
    return Line(row.name, f"{href}?al={row.last_day.isoformat()}", text)


def _area_hit(row: Area) -> Line:
    above = f", {row.parent.name}" if row.parent else ""
    kind = area_kinds.get(row.kind)
    return Line(row.title, addresses.area(row.kind, row.code), f"{kind.label}{above}")
