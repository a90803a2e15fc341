"""`/areas` and `/kinds`: which areas, who belongs to them, who lives there, on any day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop

from tavolo.imports.writing import FORMATS, write_table
from tavolo.territory import models, queries
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries import records as known
from tavolo.territory.queries.members import Member, members_of, summary_of
from tavolo.territory.web.api import examples, features, records, types
from tavolo.territory.web.api.parameters import Code, Kind, WantedKind, area_on, known_kind
from tavolo.ui.address import query_with
from tavolo.ui.api import (
    GEOJSON,
    After,
    AsOf,
    Limit,
    Router,
    Words,
    answer,
    attached,
    day_of,
    listed,
    moved,
)

CSV, SUFFIX = FORMATS["csv"]
COLUMNS = (
    "istat_code",
    "name",
    "units",
    "km2",
    "population_year",
    "population_total",
    "population_women",
    "population_men",
)
MOVED = gettext_noop(
    "The code of a former province leads to what came in its place, with status 308, on days when "
    "it had no municipalities any more."
)


def offer(router: Router) -> None:
    """The addresses, the most particular first."""
    router.reads(
        "/kinds",
        name="kinds",
        answers=types.AreaKinds,
        summary=gettext_noop("Kinds of area"),
        example=examples.KINDS,
    )(kinds)
    router.reads(
        "/areas",
        name="areas",
        answers=types.Areas,
        summary=gettext_noop("Areas that had municipalities on a day"),
        example=examples.AREAS,
    )(areas)
    router.reads(
        "/areas/{kind}/{code}/municipalities.csv",
        name="area_csv",
        answers=None,
        media=CSV,
        summary=gettext_noop("The municipalities of an area as a table"),
        description=gettext_noop(
            "For Italian spreadsheets: semicolons, decimal commas, UTF-8 with a mark at its beginning."
        ),
        example=examples.TABLE,
        also={308: types.AreaRef},
    )(area_csv)
    router.reads(
        "/areas/{kind}/{code}.geojson",
        name="area_geojson",
        answers=types.FeatureCollection,
        media=GEOJSON,
        summary=gettext_noop("The municipalities of an area with their boundaries"),
        description=gettext_noop("Where no boundary is known, the geometry is empty."),
        example=examples.FEATURES,
        also={308: types.AreaRef},
    )(area_geojson)
    router.reads(
        "/areas/{kind}/{code}",
        name="area",
        answers=types.Area,
        summary=gettext_noop("An area on a day"),
        description=MOVED,
        example=examples.AREA,
        also={308: types.AreaRef},
    )(area)


def kinds(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return answer(
        {
            "items": [
                types.AreaKind(
                    key=kind.key,
                    slug=kind.slug,
                    label=str(kind.label),
                    plural=str(kind.plural),
                    official=kind.official,
                    partitions=kind.partitions,
                    covers=kind.covers,
                )
                for kind in area_kinds
            ]
        }
    )


def areas(
    request: HttpRequest, *, kind: WantedKind, q: Words, as_of: AsOf, after: After, limit: Limit
) -> HttpResponse:
    day = day_of(as_of)
    rows = known.areas_known(on=day, words=q, kind=kind and known_kind("kind", kind))
    return listed(request, rows, lambda found: _summed(found, day), after=after, limit=limit)


def _summed(areas: Sequence[models.Area], day: date) -> list[types.AreaInList]:
    year, keys = queries.population_year(day), [area.pk for area in areas]
    these = models.Area.objects.filter(pk__in=keys)
    sums = {(row.kind, row.code): row for row in queries.summaries(these, on=day, year=year)}
    invented = known.invented_among(keys, on=day)
    return [
        records.area_in_list(
            area, sums[area.kind, area.code].residents, demonstration=area.pk in invented
        )
        for area in areas
    ]


def area(request: HttpRequest, *, kind: Kind, code: Code, as_of: AsOf) -> HttpResponse:
    return _asked(request, kind, code, day_of(as_of), _as_json)


def area_csv(request: HttpRequest, *, kind: Kind, code: Code, as_of: AsOf) -> HttpResponse:
    return _asked(request, kind, code, day_of(as_of), _as_csv)


def area_geojson(request: HttpRequest, *, kind: Kind, code: Code, as_of: AsOf) -> HttpResponse:
    return _asked(request, kind, code, day_of(as_of), _as_geojson)


@dataclass(frozen=True)
class Found:
    """An area with its members of the day, and the year of which people are known."""

    area: models.Area
    members: list[Member]
    year: int | None
    day: date


def _asked(
    request: HttpRequest, kind: str, code: str, day: date, shown: Callable[[Found], HttpResponse]
) -> HttpResponse:
    """The area as it is shown, or where what came in its place is shown in the same way."""
    resolved = area_on(kind, code, day)
    if resolved.leads_to is None:
        year = queries.population_year(day)
        everybody = members_of(resolved.area, on=day, year=year)
        members = [member for member in everybody if day in member.period]
        return shown(Found(resolved.area, members, year, day))
    heir, view = resolved.leads_to, request.resolver_match
    place = reverse(view.view_name if view else "", args=[heir.kind, heir.code])
    return moved(f"{place}{query_with(request.GET)}".rstrip("?"), records.area_ref(heir))


def _as_json(found: Found) -> HttpResponse:
    summary = summary_of(found.area, found.members, found.year)
    before = known.predecessors_of(found.area)
    return answer(records.area(found.area, before, summary.residents, found.members))


def _as_geojson(found: Found) -> HttpResponse:
    return answer(features.of_area(found.members, found.year), content_type=GEOJSON)


def _as_csv(found: Found) -> HttpResponse:
    stream = BytesIO()
    rows = [_line(same, found.year) for same in records.by_municipality(found.members)]
    write_table(stream, format="csv", title=found.area.title, headings=COLUMNS, rows=rows)
    name = f"{found.area.kind}-{found.area.code}-{found.day}{SUFFIX}"
    return attached(stream.getvalue(), name=name, content_type=CSV)


def _line(same: Sequence[Member], year: int | None) -> list[object]:
    """Of a municipality of which parts alone belong, neither surface nor people are known."""
    town, parts = same[0], records.parts_of(same)
    row: list[object] = [town.istat_code, town.name, ", ".join(parts)]
    if parts or town.residents is None:
        return [*row, None if parts else town.km2, None, None, None, None]
    return [*row, town.km2, year, town.residents, town.women, town.men]
