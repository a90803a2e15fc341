"""The areas of one kind, and how far they cover the country."""

from collections.abc import Sequence

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind
from tavolo.territory.queries.coverage import ProvinceCovered, coverage_of
from tavolo.territory.web import maps
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.pages import shaded
from tavolo.territory.web.pages.common import Context, Request
from tavolo.territory.web.parts import frame, rows
from tavolo.ui import words
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table

MANY = 12  # missing municipalities that a line names


def kind_list(request: Request, kind: AreaKind) -> Context:
    """Every area of the kind on that day, on the map of Italy and in a list."""
    asked, to = request.asked, request.to
    year = queries.population_year(asked.on)
    areas = Area.objects.filter(kind=kind.key)
    summaries = queries.summaries(areas, on=asked.on, year=year)
    held = queries.municipalities_by_area(areas, on=asked.on)
    shading = shaded.of_areas(asked, areas, held)
    drawing = queries.areas_as_held(areas, Level.COARSE, held=held, redrawn=not asked.is_today)
    ground = queries.areas_drawn(Area.objects.filter(kind="region"), Level.COARSE)
    return {
        "kind": kind,
        "day": frame.Day.of(asked, request.http.GET),
        "breadcrumbs": frame.breadcrumbs(to, str(kind.plural)),
        "heading": _("On the map"),
        "tabs": frame.figure_tabs(asked, request.http.GET, plain=_("Areas")),
        "map": maps.country_map(str(kind.plural), drawing, ground, to=to, shading=shading),
        "table": rows.areas_table(
            str(kind.plural),
            summaries,
            None,
            shading,
            request,
            empty=EmptyState(_("No areas of this kind"), _("On this day none is known.")),
        ),
        **_coverage(request, kind),
    }


def _coverage(request: Request, kind: AreaKind) -> Context:
    """Of a kind in which each municipality must lie: who does not."""
    if not kind.covers:
        return {}
    provinces = coverage_of(kind.key, on=request.asked.on)
    return {
        "covered": sum(each.covered for each in provinces),
        "municipalities": sum(each.municipalities for each in provinces),
        "untouched": sum(each.covered == 0 for each in provinces),
        "gaps": _gaps_table([each for each in provinces if each.is_begun], request.to),
    }


def _gaps_table(provinces: Sequence[ProvinceCovered], to: Addresses) -> Table | None:
    if not provinces:
        return None
    return Table(
        caption=_("Provinces of which a part is covered"),
        columns=(
            Column(_("Province")),
            Column(_("Covered")),
            Column(_("In no area")),
        ),
        rows=tuple(_gap(each, to) for each in provinces),
        empty=EmptyState(_("No gaps"), _("Every municipality lies in an area of this kind.")),
        key="scoperti",
        dense=True,
    )


def _gap(each: ProvinceCovered, to: Addresses) -> Row:
    both = {"shared": words.number(each.covered), "all": words.number(each.municipalities)}
    names = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((to.municipality(town.istat_code), town.name) for town in each.missing[:MANY]),
    )
    beyond = len(each.missing) - MANY
    more = _("and %(number)s more") % {"number": words.number(beyond)} if beyond > 0 else ""
    return Row.of(
        Cell(each.title, to.area(each.kind, each.code)),
        _("%(shared)s of %(all)s municipalities") % both,
        Cell(names, note=more),
    )
