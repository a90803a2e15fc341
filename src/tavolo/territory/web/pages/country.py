"""Italy by regions."""

from django.utils.translation import gettext as _

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area
from tavolo.territory.plugs import area_kinds
from tavolo.territory.web import maps
from tavolo.territory.web.asof import Asked
from tavolo.territory.web.country.drawing import country_drawing
from tavolo.territory.web.pages.common import Context, Request
from tavolo.territory.web.parts import facts, rows
from tavolo.territory.web.parts.frame import Day, figure_tabs
from tavolo.territory.web.shades import Shading


def country(request: Request) -> Context:
    """The regions of the day, and the ways to everything else."""
    asked, to, query = request.asked, request.to, request.http.GET
    year = queries.population_year(asked.on)
    regions = Area.objects.filter(kind="region")
    summaries = queries.summaries(regions, on=asked.on, year=year)
    whole = queries.country_summary(summaries, year) if summaries else None
    shading = _shading(asked)
    drawing = queries.areas_drawn(regions, Level.COARSE)
    return {
        "day": Day.of(asked, query),
        "facts": facts.area_facts(whole),
        "tabs": figure_tabs(asked, query, plain=_("Regions")),
        "map": maps.regions_map(_("Italy by regions"), drawing, to=to, shading=shading),
        "table": rows.areas_table(_("Regions"), summaries, whole, shading, request),
        "kinds": [(kind.plural, to.kind(kind.key)) for kind in area_kinds],
        "municipalities_href": to.whole_country(),
        "comparison_href": to.comparison("province", "region"),
    }


def _shading(asked: Asked) -> Shading | None:
    """Of the regions; their values are kept with the drawing of all municipalities."""
    kept = country_drawing(asked.figure, asked.on) if asked.figure else None
    if kept is None or asked.figure is None:
        return None
    whole = kept.shading(asked.figure)
    return Shading.of(asked.figure, whole.note, kept.regions, kept.whole)
