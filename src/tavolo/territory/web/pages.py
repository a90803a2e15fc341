"""What each page shows: components made of what the queries answer."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.paging import page_of
from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area, Municipality
from tavolo.territory.plugs import area_kinds
from tavolo.territory.web import maps, parts
from tavolo.ui.plugs import panels_of

Context = dict[str, Any]


def country(*, on: date) -> Context:
    """Italy by regions."""
    year = queries.latest_year()
    regions = Area.objects.filter(kind="region")
    rows = queries.summaries(regions, on=on, year=year)
    whole = queries.country_summary(rows, year) if rows else None
    drawing = queries.areas_drawn(regions, Level.COARSE)
    return {
        "summary": whole,
        "facts": parts.area_facts(whole),
        "map": maps.regions_map(_("Italy by regions"), drawing),
        "table": parts.areas_table(_("Regions"), rows, whole),
    }


def area(request: HttpRequest, found: Area, *, on: date) -> Context:
    """An area by what it is divided into: other areas, or municipalities."""
    year = queries.latest_year()
    kind = area_kinds.get(found.kind)
    whole = next(iter(queries.summaries(Area.objects.filter(pk=found.pk), on=on, year=year)), None)
    context = {
        "area": found,
        "kind": kind,
        "summary": whole,
        "facts": parts.area_facts(whole),
        "breadcrumbs": parts.breadcrumbs(found.title, found.parent),
        "panels": panels_of(found, getattr(request, "actor", ANONYMOUS)),
    }
    if kind.children:
        return context | _by_areas(found, kind.children, on, year)
    return context | _by_municipalities(request, found, on, year)


def _by_areas(found: Area, children: tuple[str, ...], on: date, year: int | None) -> Context:
    inner = Area.objects.filter(parent=found, kind__in=children)
    rows = queries.summaries(inner, on=on, year=year)
    title = _("%(area)s by provinces") % {"area": found.title}
    return {
        "map": maps.provinces_map(title, queries.areas_drawn(inner, Level.MIDDLE)),
        "table": parts.areas_table(_("Provinces and metropolitan cities"), rows, None),
    }


def _by_municipalities(request: HttpRequest, found: Area, on: date, year: int | None) -> Context:
    inner = queries.municipalities_in(found, on=on)
    page = page_of(
        queries.with_residents(inner, year),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    drawing = queries.municipalities_drawn(inner, Level.FINE, year=year)
    title = _("%(area)s by municipalities") % {"area": found.title}
    return {
        "map": maps.municipalities_map(title, drawing),
        "table": parts.municipalities_table(page, request.GET),
    }


def municipality(request: HttpRequest, found: Municipality, *, on: date) -> Context:
    """A municipality: who lives there, among whom it lies, what it belongs to."""
    year = queries.latest_year()
    population = queries.population_of(found, year=year)
    around = queries.neighbourhood_drawn(found, year=year)
    return {
        "municipality": found,
        "facts": parts.municipality_facts(found, population, year),
        "map": maps.neighbourhood_map(around) if around else None,
        "neighbours": parts.neighbours_table(list(around.neighbours) if around else []),
        "belongings": parts.belongings_table(queries.belongings_of(found, on=on)),
        "ages": parts.ages_table(population),
        "breadcrumbs": parts.breadcrumbs(found.name, found.region, found.province),
        "panels": panels_of(found, getattr(request, "actor", ANONYMOUS)),
    }
