"""A municipality on a day: as it was, where it has gone, or not yet come."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Municipality, MunicipalityVersion
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import Belonging, Resolved
from tavolo.territory.web import maps
from tavolo.territory.web.maps import districts as district_maps
from tavolo.territory.web.pages.common import Context, Request, told
from tavolo.territory.web.parts import facts, frame, gone, people, story, tables
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.plugs import panels_of

ABOVE = ("region", "province", "metropolitan_city")


def municipality(request: Request, resolved: Resolved) -> Context:
    """A municipality that lived on the day: who lives there, among whom it lies, what it belongs to."""
    asked, to, found = request.asked, request.to, resolved.municipality
    everything = queries.memberships_of(found)
    belongings = [each for each in everything if asked.on in each.period]
    series = queries.populations_of(found)
    counted = next((each for each in reversed(series) if each.year <= asked.on.year), None)
    year = counted.year if counted else queries.population_year(asked.on)
    around = queries.neighbourhood_drawn(found, year=year, on=asked.on)
    return {
        **_frame(request, resolved, queries.versions_of(found), everything),
        "belongs": _above(belongings),
        "facts": facts.municipality_facts(found, counted),
        "map": maps.neighbourhood_map(around, to=to) if around else None,
        "neighbours": tables.neighbours_table(around.neighbours if around else (), to),
        "districts": _districts(request, found, belongings),
        "belongings": tables.belongings_table(belongings, to),
        "units": tables.units_table(queries.units_of(found, on=asked.on)),
        "ages": people.ages_table(counted),
        "series": people.series_table(series),
        "first_year": series[0].year if series else None,
        "exports": _exports(request, resolved.version),
        "panels": panels_of(found, request.actor),
    }


def elsewhen(request: Request, resolved: Resolved) -> Context:
    """A municipality that did not live on the day: what became of it, or what it will be made of."""
    everything = queries.memberships_of(resolved.municipality)
    versions = queries.versions_of(resolved.municipality)
    return {
        **_frame(request, resolved, versions, everything),
        "gone": gone.told(resolved, versions, request.asked, request.to),
    }


def _frame(
    request: Request,
    resolved: Resolved,
    versions: Sequence[MunicipalityVersion],
    everything: Sequence[Belonging],
) -> Context:
    """What both pages show: name and codes, the day, the story."""
    asked, found = request.asked, resolved.municipality
    events = story.story_of(resolved, versions, everything, request.to)
    belongings = [each for each in everything if asked.on in each.period]
    return {
        "municipality": found,
        "version": resolved.version,
        "day": frame.Day.of(asked, request.http.GET),
        "breadcrumbs": _breadcrumbs(request, resolved.version, belongings),
        "renamed": gone.renamed(resolved.version, versions),
        "came_by": gone.came_by(request.http.GET.get("da", ""), resolved.version, versions),
        "names": gone.names_table(versions),
        "since": story.since(events, asked),
        **told(events, asked),
    }


def _breadcrumbs(
    request: Request, version: MunicipalityVersion, belongings: Sequence[Belonging]
) -> Breadcrumbs:
    """Down through region and province of the day, each at the shape from which one came."""
    to = request.to
    above = sorted(
        (each for each in belongings if each.kind in ABOVE), key=lambda each: ABOVE.index(each.kind)
    )
    crumbs = (
        Crumb(
            each.title,
            to.area(each.kind, each.code)
            + ("" if each.kind == "region" else f"#{maps.KEY}-{version.istat_code}"),
        )
        for each in above
    )
    return frame.breadcrumbs(to, version.name, *crumbs)


def _above(belongings: Sequence[Belonging]) -> str:
    """Province and region of the day, as far as they are known."""
    above = [each for each in belongings if each.kind in ABOVE]
    above.sort(key=lambda each: ABOVE.index(each.kind), reverse=True)
    return ", ".join(each.title for each in above)


def _districts(
    request: Request, found: Municipality, belongings: Sequence[Belonging]
) -> district_maps.Districts | None:
    """The districts that overlap here, on one map; None where it belongs to none."""
    mine = [each for each in belongings if not area_kinds.get(each.kind).official and not each.unit]
    if not mine:
        return None
    areas = [each.area for each in mine]
    held, drawing = queries.members_drawn(areas, Level.MIDDLE, on=request.asked.on)
    return district_maps.overlapping(found.pk, mine, held, drawing, request.to)


def _exports(request: Request, version: MunicipalityVersion) -> tuple[CardLink, ...]:
    stem = f"/api/v1/municipalities/{version.istat_code}"
    day = "" if request.asked.is_today else f"?as_of={request.asked.on.isoformat()}"
    return (
        CardLink(_("Boundary (GeoJSON)"), f"{stem}.geojson{day}"),
        CardLink(_("All of this as data (JSON)"), f"{stem}{day}"),
    )
