"""`/municipalities`: names, codes, predecessors, successors, people, on any day."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from tavolo.territory import queries
from tavolo.territory.queries import records as known
from tavolo.territory.web.api import examples, features, records, types
from tavolo.territory.web.api.parameters import (
    AreaCode,
    AreaKind,
    Istat,
    known_kind,
    municipality_on,
    wanted_area,
)
from tavolo.ui.api import GEOJSON, After, AsOf, Limit, Router, Words, answer, day_of, listed


def offer(router: Router) -> None:
    """The addresses, the most particular first."""
    router.reads(
        "/municipalities",
        name="municipalities",
        answers=types.Municipalities,
        summary=gettext_noop("Municipalities that were there on a day"),
        description=gettext_noop("By name, under the names and codes of the day."),
        example=examples.MUNICIPALITIES,
    )(municipalities)
    router.reads(
        "/municipalities/{istat}.geojson",
        name="municipality_geojson",
        answers=types.Feature,
        media=GEOJSON,
        summary=gettext_noop("The boundary of a municipality"),
        description=gettext_noop(
            "With the name of the day; the boundary is that of the year in boundary_year."
        ),
        example=examples.FEATURE,
    )(municipality_geojson)
    router.reads(
        "/municipalities/{istat}/population",
        name="municipality_population",
        answers=types.Series,
        summary=gettext_noop("Who lived in a municipality, year by year"),
        description=gettext_noop(
            "Women and men by age on 1 January, for all years that are known."
        ),
        example=examples.SERIES,
    )(municipality_population)
    router.reads(
        "/municipalities/{istat}",
        name="municipality",
        answers=types.Municipality,
        summary=gettext_noop("A municipality on a day"),
        description=gettext_noop(
            "A code that is no longer borne, or not yet, is answered too: with its nearest name, "
            "its period, and what came before and after. Only a code that nobody ever bore is "
            "not there."
        ),
        example=examples.MUNICIPALITY,
    )(municipality)


def municipalities(
    request: HttpRequest,
    *,
    q: Words,
    area_kind: AreaKind,
    area_code: AreaCode,
    as_of: AsOf,
    after: After,
    limit: Limit,
) -> HttpResponse:
    day = day_of(as_of)
    area = wanted_area(area_kind, area_code, day)
    if area_kind:
        known_kind("area_kind", area_kind)
    rows = known.municipalities_known(on=day, words=q, area=area, kind=area_kind)
    return listed(
        request,
        rows,
        lambda found: [records.municipality_in_list(row, row.municipality) for row in found],
        after=after,
        limit=limit,
    )


def municipality(
    request: HttpRequest,  # noqa: ARG001
    *,
    istat: Istat,
    as_of: AsOf,
) -> HttpResponse:
    day = day_of(as_of)
    record = known.record_of(municipality_on(istat, day), istat, on=day)
    town = record.municipality
    return answer(
        records.municipality(
            record,
            known.areas_of(town, on=day),
            queries.population_on(town, day),
            queries.units_of(town, on=day),
        )
    )


def municipality_population(
    request: HttpRequest,  # noqa: ARG001
    *,
    istat: Istat,
    as_of: AsOf,
) -> HttpResponse:
    day = day_of(as_of)
    record = known.record_of(municipality_on(istat, day), istat, on=day)
    return answer(
        types.Series(
            istat_code=record.version.istat_code,
            name=record.version.name,
            items=[records.by_age(year) for year in known.populations_of(record.municipality)],
        )
    )


def municipality_geojson(
    request: HttpRequest,  # noqa: ARG001
    *,
    istat: Istat,
    as_of: AsOf,
) -> HttpResponse:
    day = day_of(as_of)
    record = known.record_of(municipality_on(istat, day), istat, on=day)
    people = queries.population_on(record.municipality, day)
    return answer(features.of_municipality(record, people), content_type=GEOJSON)
