"""The bodies of the networks that she runs; founding one, and a coordination for each area of a kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.paging import Page, page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry.choices import DelegationTheme
from tavolo.tables import queries, rules
from tavolo.tables.actions import coordinate_areas, found_body
from tavolo.tables.forms.bodies import CoordinateForm, FoundBodyForm
from tavolo.tables.models import Body
from tavolo.tables.plugs import body_kinds
from tavolo.tables.queries import BODY_ORDER
from tavolo.tables.queries.work import WouldBe, bodies_at_work, networks_of_bodies, would_be
from tavolo.tables.web.bodies import part_of
from tavolo.tables.web.work.here import Asking, work_href
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table

LONGEST = 100
ENDED = "finiti"
ANYTHING = ("q", "rete", "quali")


@work_area
@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Those that are there, or on demand those that have ended, page by page."""
    known = _networks(actor_of(request))
    ended = request.GET.get("quali") == ENDED
    page = _asked(request, known, ended=ended)
    context = {
        "table": _table(request, page, known, ended=ended),
        "total": page.total,
        "first": not page.total and not any(request.GET.get(name) for name in ANYTHING),
        "heading": _("Tables and groups"),
    }
    return render(request, "tables/work_bodies.html", context)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def new_body(request: HttpRequest) -> HttpResponse:
    """A body, or a group of one that the address names (`?in=`), of a kind that it names (`?tipo=`)."""
    actor = actor_of(request)
    known = _networks(actor)
    form = FoundBodyForm(
        request.POST or None, networks=known, parents=_parents(known), initial=_begun(request)
    )
    asking = Asking(
        heading=_("Found a body"),
        submit=_("Found it"),
        said=_("It is founded. Now say who sits there."),
        cancel=reverse("tables:work_bodies"),
        fieldsets=(
            Fieldset(_("What it is"), ("network", "kind", "name", "official_name")),
            Fieldset(_("Where it belongs"), ("parent", "number", "place", "level", "theme")),
            Fieldset(
                _("By which act"), ("founding_kind", "founding_act", "established", "started")
            ),
            Fieldset(_("On whose word"), ("promoter", "on_impulse_of", "source")),
        ),
    )
    return _ask(
        request,
        form,
        asking,
        lambda: work_href(found_body(**form.values(), by=actor)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def coordinate(request: HttpRequest) -> HttpResponse:
    """A coordination for each area of a kind: first how many they would be, then the act."""
    actor = actor_of(request)
    known = _networks(actor)
    start = {
        "kind": "coordination_political",
        "area_kind": "health_social_district",
        "name": _("Coordination of the district {area}"),
        "theme": DelegationTheme.EQUAL_OPPORTUNITIES,
        "seats": True,
    }
    parents = _parents(known)
    form = CoordinateForm(request.POST or None, networks=known, parents=parents, initial=start)

    def coordinate_all() -> str:
        coordinate_areas(**form.values(), by=actor)
        return reverse("tables:work_bodies")

    asking = Asking(
        heading=_("A coordination for each area"),
        submit=_("Found them all"),
        said=_("They are founded."),
        cancel=reverse("tables:work_bodies"),
        lead=_("One act founds a coordination for every area of a kind. Look first at how many."),
    )
    if form.tried:
        seen = _would_be(form) if form.is_valid() else None
        return _page(request, asking, form, template="tables/work_coordinate.html", seen=seen)
    return _ask(request, form, asking, coordinate_all, template="tables/work_coordinate.html")


def _networks(actor: Actor) -> list[Network]:
    """Refuses with NotFound whoever runs the bodies of no network."""
    known = networks_of_bodies(actor) if rules.runs_some_bodies(actor) else []
    if not known:
        raise NotFound
    return known


def _asked(request: HttpRequest, known: list[Network], *, ended: bool) -> Page[Body]:
    chosen = [one for one in known if one.slug == request.GET.get("rete")] or known
    rows = bodies_at_work(chosen, on=clock.today(), ended=ended)
    words = request.GET.get("q", "").strip()[:LONGEST]
    return page_of(
        queries.called(rows, words),
        order=BODY_ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _table(request: HttpRequest, page: Page[Body], known: list[Network], *, ended: bool) -> Table:
    return Table(
        caption=_("Bodies in alphabetical order"),
        columns=(
            Column(_("Body")),
            Column(_("Kind")),
            Column(_("Adherents"), numeric=True),
            Column(_("Vacant seats"), numeric=True),
        ),
        rows=tuple(_rows(page.items)),
        empty=EmptyState(
            _("No body answers to this"),
            _("Try with fewer letters of the name, or among those that have ended."),
            (CardLink(_("Show all"), reverse("tables:work_bodies")),),
        ),
        key="bodies",
        paging=Paging.of(page, request.GET),
        filters=_filters(request, known, ended=ended),
        caption_hidden=True,
    )


def _rows(found: list[Body]) -> list[Row]:
    rosters = queries.rosters(found, on=clock.today())
    return [
        Row.of(
            Cell(body.name, href=work_href(body), note=part_of(body) or body.network.name),
            str(body_kinds.get(body.kind).label),
            len(rosters[body.pk].adherents),
            len(rosters[body.pk].vacancies),
        )
        for body in found
    ]


def _filters(request: HttpRequest, known: list[Network], *, ended: bool) -> tuple[Filter, ...]:
    which = (Option(ENDED, _("those that have ended")),)
    found = [
        Filter("q", _("Name"), request.GET.get("q", "").strip()[:LONGEST]),
        Filter("quali", _("Which"), ENDED if ended else "", which),
    ]
    if len(known) > 1:
        slugs = {one.slug for one in known}
        asked = request.GET.get("rete", "")
        of = tuple(Option(one.slug, one.name) for one in known)
        found.append(Filter("rete", _("Network"), asked if asked in slugs else "", of))
    return tuple(found)


def _parents(known: list[Network]) -> list[Body]:
    return list(bodies_at_work(known, on=clock.today()).order_by(*BODY_ORDER))


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What the address fills in beforehand."""
    asked = {"parent": request.GET.get("in", ""), "kind": request.GET.get("tipo", "")}
    return {name: value for name, value in asked.items() if value}


def _would_be(form: CoordinateForm) -> list[WouldBe]:
    told = form.values()
    known = told["established"]
    return would_be(
        network=told["network"],
        kind=told["kind"],
        area_kind=told["area_kind"],
        within=told["within"],
        on=known.first_day() if known else None,
    )


def _ask(
    request: HttpRequest,
    form: Any,
    asking: Asking,
    act: Any,
    template: str = "tables/work_ask.html",
) -> HttpResponse:
    done = sent_once(request, form, act, said=asking.said)
    return done or _page(request, asking, form, template=template)


def _page(
    request: HttpRequest, asking: Asking, form: Any, *, template: str, **more: Any
) -> HttpResponse:
    above = (Crumb(_("Tables and groups"), reverse("tables:work_bodies")),)
    context = {
        "heading": asking.heading,
        "form": asking.view(form),
        "breadcrumbs": Breadcrumbs(above, asking.heading),
    }
    return render(request, template, {**context, **more})
