"""All municipalities of Italy on one drawing, and the regions as a table."""

from django.utils.translation import gettext as _

from tavolo.territory import queries
from tavolo.territory.choices import ATTRIBUTION
from tavolo.territory.figures import DENSITY
from tavolo.territory.models import Area
from tavolo.territory.web import maps
from tavolo.territory.web.country.drawing import CountryDrawing, country_drawing
from tavolo.territory.web.country.svg import WIDTH
from tavolo.territory.web.pages.common import Context, Request
from tavolo.territory.web.parts import frame, rows
from tavolo.territory.web.shades import Shading
from tavolo.ui.components.map import Map, ViewBox

DEFAULT = DENSITY


def municipalities(request: Request) -> Context:
    """The drawing as a picture with its key; a region leads to its provinces and municipalities."""
    asked, to = request.asked, request.to
    figure = asked.figure or DEFAULT
    drawn = country_drawing(figure, asked.on)
    shading = drawn.shading(figure) if drawn else None
    regions = Area.objects.filter(kind="region")
    year = queries.population_year(asked.on)
    summaries = queries.summaries(regions, on=asked.on, year=year)
    whole = queries.country_summary(summaries, year) if summaries else None
    return {
        "day": frame.Day.of(asked, request.http.GET),
        "breadcrumbs": frame.breadcrumbs(to, _("All municipalities")),
        "heading": _("By municipalities"),
        "tabs": frame.figure_tabs(asked, request.http.GET, default=figure),
        "map": _picture(drawn, shading, request) if drawn and shading else None,
        "table": rows.areas_table(_("Regions"), summaries, whole, shading, request),
    }


def _picture(drawn: CountryDrawing, shading: Shading, request: Request) -> Map:
    address = request.to.drawing(v=drawn.tag)
    return Map(
        title=_("All municipalities of Italy: %(figure)s") % {"figure": shading.figure.label},
        shapes=(),
        view_box=ViewBox(0, 0, WIDTH, drawn.height),
        key=maps.KEY,
        width=WIDTH,
        legend=shading.legend,
        legend_title=shading.title,
        image_href=address,
        caption=str(ATTRIBUTION),
        list_href=f"#{maps.LIST}",
    )
