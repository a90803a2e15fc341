"""Rows as the interface answers them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from tavolo.territory import models
from tavolo.territory.queries import Residents
from tavolo.territory.queries.members import Member
from tavolo.territory.queries.records import Neighbour, Record
from tavolo.territory.web.api import types


def municipality(
    record: Record,
    areas: Iterable[models.Area],
    people: models.Population | None,
    units: Iterable[models.SubMunicipalUnit],
) -> types.Municipality:
    return types.Municipality(
        **municipality_in_list(record.version, record.municipality),
        predecessors=[neighbour(each) for each in record.before],
        successors=[neighbour(each) for each in record.after],
        areas=[area_ref(each) for each in areas],
        population=population(people),
        versions=[name(version) for version in record.versions],
        units=[types.Unit(code=unit.code, name=unit.name, term=unit.term) for unit in units],
    )


def municipality_in_list(
    version: models.MunicipalityVersion, municipality: models.Municipality
) -> types.MunicipalityInList:
    return types.MunicipalityInList(uid=municipality.uid, **name(version))


def name(version: models.MunicipalityVersion) -> types.Name:
    return types.Name(
        istat_code=version.istat_code,
        cadastral_code=version.cadastral_code,
        name=version.name,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
    )


def neighbour(found: Neighbour) -> types.Neighbour:
    return {"istat_code": found.istat_code, "name": found.name, "from": found.day}


def population(found: models.Population | None) -> types.People | None:
    if found is None:
        return None
    people = types.People(year=found.year, total=found.total, women=found.women, men=found.men)
    if found.derived:
        people["derived"] = True
    return people


def by_age(found: models.Population) -> types.PeopleByAge:
    people = types.PeopleByAge(
        year=found.year,
        total=found.total,
        women=found.women,
        men=found.men,
        source=found.source,
        ages=list(_ages(found.bands)),
    )
    if found.derived:
        people["derived"] = True
    return people


def _ages(bands: Mapping[str, Sequence[int]]) -> Iterator[types.AgeBand]:
    """Each column of the bands becomes a row; the last band has no end."""
    firsts = bands.get("from", ())
    lasts = [*(first - 1 for first in firsts[1:]), None]
    rows = zip(firsts, lasts, bands.get("women", ()), bands.get("men", ()), strict=False)
    for first, last, women, men in rows:
        yield types.AgeBand(first=first, last=last, women=women, men=men)


def area(
    found: models.Area,
    predecessors: Iterable[models.Area],
    residents: Residents,
    members: Sequence[Member],
) -> types.Area:
    invented = any(member.demonstration for member in members)
    return types.Area(
        **area_in_list(found, residents, demonstration=invented),
        predecessors=[area_ref(each) for each in predecessors],
        successor=area_ref(found.successor) if found.successor else None,
        municipalities=list(municipalities(members)),
    )


def municipalities(members: Sequence[Member]) -> Iterator[types.Member]:
    """Each municipality once; the parts that belong, where it does not belong as a whole."""
    for same in by_municipality(members):
        found = types.Member(istat_code=same[0].istat_code, name=same[0].name)
        if parts := parts_of(same):
            found["units"] = parts
        yield found


def by_municipality(members: Iterable[Member]) -> Iterator[list[Member]]:
    """The memberships of one municipality together: one, or one for each of its parts."""
    for _key, same in groupby(members, key=lambda member: member.key):
        yield list(same)


def parts_of(same: Sequence[Member]) -> list[str]:
    """The parts that belong of a municipality; empty where all of it does."""
    parts = [member.unit for member in same]
    return parts if all(parts) else []


def area_ref(found: models.Area) -> types.AreaRef:
    return types.AreaRef(kind=found.kind, code=found.code, name=found.name)


def area_in_list(
    found: models.Area, residents: Residents | None, *, demonstration: bool
) -> types.AreaInList:
    return types.AreaInList(
        **area_ref(found),
        uid=found.uid,
        title=found.title,
        short=found.short,
        parent=area_ref(found.parent) if found.parent else None,
        population=people(residents),
        demonstration=demonstration,
    )


def people(residents: Residents | None) -> types.PeopleOfArea | None:
    """Nothing where nobody is known: that is not 0."""
    if residents is None or residents.total is None:
        return None
    return types.PeopleOfArea(
        year=residents.year,
        total=residents.total,
        women=residents.women,
        men=residents.men,
        known=residents.known,
        municipalities=residents.municipalities,
    )
