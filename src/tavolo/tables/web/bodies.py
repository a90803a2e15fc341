"""The bodies of all networks, for everybody."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.registry.queries import networks
from tavolo.tables import queries
from tavolo.tables.models import Body
from tavolo.tables.plugs import body_kinds, kinds_in_order
from tavolo.tables.queries import BODY_ORDER
from tavolo.territory.web.asof import Asked, asked
from tavolo.territory.web.parts.frame import Day
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table

LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that no list has are no filter."""

    asked: Asked
    words: str
    kind: str
    network: Network | None

    @classmethod
    def read(cls, request: HttpRequest, known: list[Network]) -> "Wanted":
        query = request.GET
        slugs = {plug.slug: plug.key for plug in body_kinds}
        return cls(
            asked(request),
            query.get("q", "").strip()[:LONGEST],
            slugs.get(query.get("tipo", ""), ""),
            next((one for one in known if one.slug == query.get("rete")), None),
        )

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.kind or self.network)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Tables, coordinations, groups, commissions as of any day, page by page."""
    known = list(networks())
    wanted = Wanted.read(request, known)
    on = wanted.asked.on
    rows = queries.bodies_on(on, network=wanted.network, kind=wanted.kind, words=wanted.words)
    page = page_of(
        queries.with_adherents(rows, on=on),
        order=BODY_ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    table = Table(
        caption=_("Bodies in alphabetical order"),
        columns=(
            Column(_("Body")),
            Column(_("Kind")),
            Column(_("Network")),
            Column(_("Adherents"), numeric=True),
        ),
        rows=tuple(lines(page.items, wanted.asked)),
        empty=_nothing(wanted),
        key="bodies",
        paging=Paging.of(page, request.GET),
        filters=_filters(wanted, known),
        kept=tuple(wanted.asked.day_query.items()),
        caption_hidden=True,
    )
    day = Day.of(wanted.asked, request.GET)
    context = {"table": table, "total": page.total, "narrowed": wanted.narrows, "day": day}
    return render(request, "tables/bodies.html", context)


def lines(found: list[Body], asked: Asked) -> list[Row]:
    """One row each, under the names of the day; one query for the names."""
    names = queries.names_on(found, on=asked.on)
    return [
        Row.of(
            Cell(names[body.pk], href=body_href(body, asked), note=part_of(body)),
            str(body_kinds.get(body.kind).label),
            body.network.name,
            body.adherents,  # type: ignore[attr-defined]  # `with_adherents`
        )
        for body in found
    ]


def body_href(body: Body, asked: Asked) -> str:
    """The page of a body on the day that is looked at."""
    stem = reverse("tables:body", args=[body.code])
    return f"{stem}?{urlencode(asked.day_query)}" if asked.day_query else stem


def part_of(body: Body) -> str:
    """Of what it is a part, with its number there; "" where it is a part of nothing."""
    if body.parent is None:
        return ""
    said = {"number": body.number, "body": body.parent.name}
    if body.number is None:
        return _("part of: %(body)s") % said
    return _("group %(number)s of: %(body)s") % said


def _filters(wanted: Wanted, known: list[Network]) -> tuple[Filter, ...]:
    kinds = kinds_in_order()
    chosen = next((plug.slug for plug in kinds if plug.key == wanted.kind), "")
    options = tuple(Option(plug.slug, plug.label) for plug in kinds)
    found = [Filter("q", _("Name"), wanted.words), Filter("tipo", _("Kind"), chosen, options)]
    if len(known) > 1:
        slug = wanted.network.slug if wanted.network else ""
        of = tuple(Option(network.slug, network.name) for network in known)
        found.append(Filter("rete", _("Network"), slug, of))
    return tuple(found)


def _nothing(wanted: Wanted) -> EmptyState:
    show_all = CardLink(_("Show all"), reverse("tables:bodies"))
    if wanted.narrows or not wanted.asked.is_today:
        return EmptyState(
            _("No body answers to this"),
            _("Try with fewer letters of the name, without a filter, or on another day."),
            (show_all,),
        )
    return EmptyState(
        _("No body has been entered yet"),
        _("Here will stand the tables, the coordinations and the groups of the networks."),
    )
