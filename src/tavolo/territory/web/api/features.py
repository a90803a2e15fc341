"""Municipalities with their boundaries, as GeoJSON."""

from collections.abc import Iterable, Iterator, Sequence

from tavolo.territory import models
from tavolo.territory.choices import ATTRIBUTION, Level
from tavolo.territory.geojson import Globe, Polygon, box_of
from tavolo.territory.queries.members import Member
from tavolo.territory.queries.records import Record, boundaries
from tavolo.territory.web.api import records, types

# Beyond so many municipalities the boundaries are those that a whole region is drawn with.
MOST_IN_DETAIL = 2000


def of_municipality(record: Record, people: models.Population | None) -> types.Feature:
    """One municipality at the finest level; one query."""
    key, version = record.municipality.pk, record.version
    known = boundaries([key], Level.FINE).get(key)
    properties = types.Described(
        istat_code=version.istat_code,
        name=version.name,
        km2=record.municipality.km2,
        boundary_year=known[1] if known else None,
        population=records.population(people),
        attribution=str(ATTRIBUTION),
    )
    return _feature(properties, Globe(Level.FINE).polygons(known[0]) if known else [])


def of_area(members: Sequence[Member], year: int | None) -> types.FeatureCollection:
    """The municipalities of an area, by name; one query."""
    level = Level.FINE if len(members) <= MOST_IN_DETAIL else Level.MIDDLE
    features = list(_features(members, level, year))
    collection = types.FeatureCollection(type="FeatureCollection", features=features)
    if box := _around(feature["bbox"] for feature in features if "bbox" in feature):
        collection["bbox"] = box
    return collection


def _features(members: Sequence[Member], level: Level, year: int | None) -> Iterator[types.Feature]:
    globe, attribution = Globe(level), str(ATTRIBUTION)
    known = boundaries([member.key for member in members], level)
    for same in records.by_municipality(members):
        path, boundary_year = known.get(same[0].key, ("", None))
        properties = types.Described(
            istat_code=same[0].istat_code,
            name=same[0].name,
            km2=same[0].km2,
            boundary_year=boundary_year,
            population=_people(same[0], year),
            attribution=attribution,
        )
        if parts := records.parts_of(same):
            properties |= {"km2": None, "units": parts}
        yield _feature(properties, globe.polygons(path) if path else [])


def _people(member: Member, year: int | None) -> types.People | None:
    total = member.residents
    if year is None or total is None or member.women is None or member.men is None:
        return None
    return types.People(year=year, total=total, women=member.women, men=member.men)


def _feature(properties: types.Described, polygons: list[Polygon]) -> types.Feature:
    feature = types.Feature(
        type="Feature",
        id=properties["istat_code"],
        geometry=_geometry(polygons),
        properties=properties,
    )
    if polygons:
        feature["bbox"] = box_of(polygons)
    return feature


def _geometry(polygons: list[Polygon]) -> types.Geometry | None:
    if not polygons:
        return None
    if len(polygons) == 1:
        return types.Geometry(type="Polygon", coordinates=polygons[0])
    return types.Geometry(type="MultiPolygon", coordinates=polygons)


def _around(boxes: Iterable[list[float]]) -> list[float]:
    sides = list(zip(*boxes, strict=True))
    if not sides:
        return []
    west, south, east, north = sides
    return [min(west), min(south), max(east), max(north)]
