"""An area of any kind on a day."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from tavolo.territory import queries
from tavolo.territory.choices import Level
from tavolo.territory.models import Area
from tavolo.territory.plugs import AreaKind, area_kinds
from tavolo.territory.queries import AreaSummary, Member
from tavolo.territory.queries.records import predecessors_of
from tavolo.territory.web import maps
from tavolo.territory.web.pages import shaded
from tavolo.territory.web.pages.common import Context, Request, told
from tavolo.territory.web.parts import facts, frame, people, rows, story, tables
from tavolo.territory.web.parts.empty import nobody
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.table import Table
from tavolo.ui.plugs import panels_of


def area(request: Request, found: Area) -> Context:
    """An area by what it is divided into: other areas, or municipalities."""
    kind = area_kinds.get(found.kind)
    year = queries.population_year(request.asked.on)
    divided = _by_areas if kind.children else _by_municipalities
    # Ages are known by municipality: of a part of one, nobody tells them.
    inner = queries.municipalities_in(found, on=request.asked.on, whole=True)
    return {
        "area": found,
        "kind": kind,
        "day": frame.Day.of(request.asked, request.http.GET),
        "breadcrumbs": _breadcrumbs(request, found, kind),
        "ages": people.area_ages_table(queries.ages_of(inner, year=year, begins=people.AGES)),
        "exports": exports(request, found),
        "panels": panels_of(found, request.actor),
        "replaced_by": _replaced(request, found),
        **divided(request, found, year),
    }


def _replaced(request: Request, found: Area) -> CardLink | None:
    """What came in its place: the metropolitan city after its province."""
    heir = found.successor
    return CardLink(heir.title, request.to.area(heir.kind, heir.code)) if heir else None


def _breadcrumbs(request: Request, found: Area, kind: AreaKind) -> Breadcrumbs:
    to, above = request.to, found.parent
    if above is None:
        return frame.breadcrumbs(to, found.title, Crumb(kind.plural, to.kind(kind.key)))
    return frame.breadcrumbs(to, found.title, Crumb(above.title, to.area(above.kind, above.code)))


def _by_areas(request: Request, found: Area, year: int | None) -> Context:
    asked, to = request.asked, request.to
    children = area_kinds.get(found.kind).children
    inner = Area.objects.filter(parent=found, kind__in=children)
    all_of_them = Area.objects.filter(Q(pk=found.pk) | Q(pk__in=inner))
    sums = queries.summaries(all_of_them, on=asked.on, year=year)
    whole = next((each for each in sums if each.key == found.pk), None)
    parts = [each for each in sums if each.key != found.pk]
    held = queries.municipalities_by_area(inner, on=asked.on)
    shading = shaded.of_areas(asked, inner, held)
    drawing = queries.areas_as_held(inner, Level.MIDDLE, held=held, redrawn=not asked.is_today)
    title = _("%(area)s by provinces") % {"area": found.title}
    events = story.area_story(queries.turns_of(found, on=asked.on), to)
    return {
        "heading": _("The provinces"),
        "facts": facts.area_facts(whole),
        "tabs": frame.figure_tabs(asked, request.http.GET, plain=_("Provinces")),
        "map": maps.provinces_map(title, drawing, to=to, shading=shading),
        "table": rows.areas_table(
            _("Provinces and metropolitan cities"), parts, whole, shading, request
        ),
        "since": story.since(events, asked),
        **told(events, asked),
    }


def _by_municipalities(request: Request, found: Area, year: int | None) -> Context:
    asked, to = request.asked, request.to
    everybody = queries.members_of(found, on=asked.on, year=year)
    members = [member for member in everybody if asked.on in member.period]
    whole = queries.summary_of(found, members, year) if members else None
    inner = queries.municipalities_in(found, on=asked.on)
    shading = shaded.of_municipalities(asked, inner, [member.key for member in members])
    drawing = queries.municipalities_drawn(inner, Level.FINE, year=year, on=asked.on)
    title = _("%(area)s by municipalities") % {"area": found.title}
    before = [] if members else predecessors_of(found)
    empty = nobody(found, everybody, before, asked)
    events = story.area_story(queries.turns(everybody), to)
    return {
        "heading": _("The municipalities"),
        "facts": facts.area_facts(whole),
        "tabs": frame.figure_tabs(asked, request.http.GET, plain=_("Municipalities")),
        "map": maps.municipalities_map(title, drawing, to=to, shading=shading),
        "undrawn": _undrawn(members, {shape.key for shape in drawing.shapes}),
        "table": rows.municipalities_table(members, whole, shading, request, empty),
        "sharing": _sharing(found, whole, request) if whole else None,
        "sources": sorted({member.source for member in members if member.source}),
        "invented": any(member.demonstration for member in members),
        "since": story.since(events, asked),
        **told(events, asked),
    }


def _sharing(found: Area, whole: AreaSummary, request: Request) -> Table:
    shared = queries.areas_sharing(found, size=whole.municipalities, on=request.asked.on)
    return tables.sharing_table((found.kind, found.code), shared, request.to)


def _undrawn(members: Sequence[Member], drawn: set[int]) -> list[str]:
    """Names of those whose boundary is not known: the map has a hole there."""
    return [member.name for member in members if member.key not in drawn]


def exports(request: Request, found: Area) -> tuple[CardLink, ...]:
    """The municipalities of the day as files, from the interface for programs."""
    stem = f"/api/v1/areas/{found.kind}/{found.code}"
    day = "" if request.asked.is_today else f"?as_of={request.asked.on.isoformat()}"
    return (
        CardLink(_("Municipalities (CSV)"), f"{stem}/municipalities.csv{day}"),
        CardLink(_("Boundaries (GeoJSON)"), f"{stem}.geojson{day}"),
        CardLink(_("All of this as data (JSON)"), f"{stem}{day}"),
    )
